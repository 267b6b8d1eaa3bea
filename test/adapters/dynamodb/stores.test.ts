import { dynamoCalls } from '../../../src/adapters/dynamodb/calls.ts'
import { dynamoContacts } from '../../../src/adapters/dynamodb/contacts.ts'
import { dynamoExecutions } from '../../../src/adapters/dynamodb/executions.ts'
import { dynamoFiles } from '../../../src/adapters/dynamodb/files.ts'
import { dynamoLinks } from '../../../src/adapters/dynamodb/links.ts'
import { dynamoMutes } from '../../../src/adapters/dynamodb/mutes.ts'
import { dynamoPlans } from '../../../src/adapters/dynamodb/plans.ts'
import { dynamoRooms } from '../../../src/adapters/dynamodb/rooms.ts'
import { dynamoThreads } from '../../../src/adapters/dynamodb/threads.ts'
import { dynamoTickets } from '../../../src/adapters/dynamodb/tickets.ts'
import { manualClock } from '../../../src/adapters/memory/clock.ts'
import { describeCallStore } from '../call-store.contract.ts'
import { describeExecutionStore } from '../execution-store.contract.ts'
import { describePlanStore } from '../plan-store.contract.ts'
import { describeRoomStore } from '../room-store.contract.ts'
import {
  describeContactStore,
  describeFileStore,
  describeLinkStore,
  describeMuteStore,
} from '../small-stores.contract.ts'
import { describeThreadStore } from '../thread-store.contract.ts'
import { describeTicketStore } from '../ticket-store.contract.ts'
import { freshTable } from './fresh-table.ts'

describeExecutionStore('executions in DynamoDB', async () => dynamoExecutions(...(await freshTable())))
describePlanStore('plans in DynamoDB', async () => dynamoPlans(...(await freshTable())))
describeThreadStore('threads in DynamoDB', async () => dynamoThreads(...(await freshTable())))
describeCallStore('calls in DynamoDB', async () => dynamoCalls(...(await freshTable())))
describeTicketStore('tickets in DynamoDB', async () => dynamoTickets(...(await freshTable())))
describeRoomStore('rooms in DynamoDB', async () => dynamoRooms(...(await freshTable())))
describeContactStore('contacts in DynamoDB', async () => dynamoContacts(...(await freshTable())))
describeFileStore('files in DynamoDB', async () => dynamoFiles(...(await freshTable()), manualClock()))
describeLinkStore('links in DynamoDB', async () => dynamoLinks(...(await freshTable())))
describeMuteStore('mutes in DynamoDB', async () => dynamoMutes(...(await freshTable())))
