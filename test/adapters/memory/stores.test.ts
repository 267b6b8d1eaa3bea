import { memoryCalls } from '../../../src/adapters/memory/calls.ts'
import { memoryContacts } from '../../../src/adapters/memory/contacts.ts'
import { memoryExecutions } from '../../../src/adapters/memory/executions.ts'
import { memoryFiles } from '../../../src/adapters/memory/files.ts'
import { memoryLinks } from '../../../src/adapters/memory/links.ts'
import { memoryMutes } from '../../../src/adapters/memory/mutes.ts'
import { memoryPlans } from '../../../src/adapters/memory/plans.ts'
import { memoryRooms } from '../../../src/adapters/memory/rooms.ts'
import { memoryThreads } from '../../../src/adapters/memory/threads.ts'
import { memoryTickets } from '../../../src/adapters/memory/tickets.ts'
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

describeExecutionStore('executions in memory', async () => memoryExecutions())
describePlanStore('plans in memory', async () => memoryPlans())
describeThreadStore('threads in memory', async () => memoryThreads())
describeCallStore('calls in memory', async () => memoryCalls())
describeTicketStore('tickets in memory', async () => memoryTickets())
describeRoomStore('rooms in memory', async () => memoryRooms())
describeContactStore('contacts in memory', async () => memoryContacts())
describeFileStore('files in memory', async () => memoryFiles())
describeLinkStore('links in memory', async () => memoryLinks())
describeMuteStore('mutes in memory', async () => memoryMutes())
