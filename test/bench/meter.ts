import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { z } from 'zod'
import type { Metered } from './messages.ts'

const units = z.object({ CapacityUnits: z.number().default(0) })
const consumed = z.object({
  ConsumedCapacity: z.union([units.transform((one) => [one]), z.array(units)]).default([]),
})

const READS = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems'])
const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'])

export interface Meter {
  /** What was counted since the last time. */
  take(): Metered
}

/** Counts what the clients ask of DynamoDB, and the capacity that it says it consumed. Asked for by a middleware, so no caller knows. */
export function meter(...clients: DynamoDBClient[]): Meter {
  let counted: { requests: Record<string, number>; readUnits: number; writeUnits: number } = fresh()
  const count = (name: string) => {
    counted.requests[name] = (counted.requests[name] ?? 0) + 1
  }
  for (const client of clients) {
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const name = (context.commandName ?? '').replace(/Command$/, '')
        if (!READS.has(name) && !WRITES.has(name)) return next(args)
        count(name)
        try {
          const done = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } })
          const { ConsumedCapacity } = consumed.parse(done.output)
          const sum = ConsumedCapacity.reduce((total, { CapacityUnits }) => total + CapacityUnits, 0)
          if (READS.has(name)) counted.readUnits += sum
          else counted.writeUnits += sum
          return done
        } catch (error) {
          count(`${name} refused`)
          throw error
        }
      },
      { step: 'initialize', name: 'meter' },
    )
  }
  return {
    take: () => {
      const taken = counted
      counted = fresh()
      return taken
    },
  }
}

const fresh = () => ({ requests: {}, readUnits: 0, writeUnits: 0 })

export const sumOf = (...parts: Metered[]): Metered => ({
  requests: parts.reduce<Record<string, number>>((sum, { requests }) => {
    for (const [name, count] of Object.entries(requests)) sum[name] = (sum[name] ?? 0) + count
    return sum
  }, {}),
  readUnits: parts.reduce((sum, { readUnits }) => sum + readUnits, 0),
  writeUnits: parts.reduce((sum, { writeUnits }) => sum + writeUnits, 0),
})
