import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { executionId } from '../../domain/execution.ts'
import type { Room, RoomStore } from '../../ports/room-store.ts'
import { asking } from './failure.ts'
import { kept } from './items.ts'
import { type Key, roomAtKey, roomKey } from './keys.ts'
import { saveRevised } from './revisions.ts'

const roomShape = z.object({
  execution: z.string(),
  openedAt: z.string(),
  done: z.record(z.string(), z.string()),
  trouble: z.record(z.string(), z.unknown()),
  revision: z.number(),
})
const roomItem = z.object({ json: kept<Room>(roomShape) })
const roomAtItem = z.object({ execution: executionId })

export function dynamoRooms(client: DynamoDBDocumentClient, table: string): RoomStore {
  const read = async (key: Key): Promise<unknown> => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))
    return Item
  }
  return {
    get: (execution) =>
      asking(`read the room of ${execution}`, async () => {
        const item = await read(roomKey(execution))
        return item === undefined ? undefined : roomItem.parse(item).json
      }),
    at: (place) =>
      asking(`read whose room ${place.channel} is`, async () => {
        const item = await read(roomAtKey(place))
        return item === undefined ? undefined : roomAtItem.parse(item).execution
      }),
    save: (room) =>
      asking(`save the room of ${room.execution}`, async () => {
        // First, for nobody finds it before the room itself is there; and a channel is only ever one run's.
        if (room.place) {
          const at = { ...roomAtKey(room.place), execution: room.execution }
          await client.send(new PutCommand({ TableName: table, Item: at }))
        }
        return saveRevised(client, table, roomKey(room.execution), room)
      }),
  }
}
