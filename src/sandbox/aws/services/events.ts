import type { PutEventsResponse, PutEventsResultEntry } from '@aws-sdk/client-eventbridge'
import { z } from 'zod'
import { newUuid } from '../identity.ts'
import { type Context, operation } from '../operation.ts'
import { json } from '../protocols/json.ts'
import type { AwsApi } from './api.ts'

export const eventSchema = z.object({
  id: z.string(),
  at: z.string(),
  account: z.string(),
  region: z.string(),
  bus: z.string(),
  source: z.string(),
  detailType: z.string(),
  detail: z.string(),
})

const putEventsInput = z.strictObject({
  Entries: z
    .array(
      z.strictObject({
        Source: z.string().optional(),
        DetailType: z.string().optional(),
        Detail: z.string().optional(),
        EventBusName: z.string().default('default'),
        Time: z.number().optional(),
        Resources: z.array(z.string()).optional(),
        TraceHeader: z.string().optional(),
      }),
    )
    .min(1)
    .max(10),
})

type Entry = z.output<typeof putEventsInput>['Entries'][number]

/** Answers 200 whatever happens to the entries, as AWS does: each of them is accepted or failed by itself. */
function putEvents({ Entries }: z.output<typeof putEventsInput>, context: Context): PutEventsResponse {
  const failing = context.fate('entriesFail')?.entriesFail ?? 0
  const results = Entries.map((entry, index): PutEventsResultEntry => {
    if (index < failing)
      return { ErrorCode: 'InternalFailure', ErrorMessage: 'The entry could not be taken.' }
    return problemOf(entry) ?? { EventId: accept(entry, context) }
  })
  return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode).length, Entries: results }
}

function problemOf({ Source, DetailType, Detail }: Entry): PutEventsResultEntry | undefined {
  for (const [name, value] of Object.entries({ Source, DetailType, Detail }))
    if (!value)
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      }
  if (!isJsonObject(Detail)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
  if (Source?.startsWith('aws.'))
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    }
  return undefined
}

function accept(entry: Entry, { world, now, caller, region }: Context): string {
  const id = newUuid(world, 'event')
  world.events.push({
    id,
    at: now.toISOString(),
    account: caller.account,
    region,
    bus: entry.EventBusName,
    source: entry.Source ?? '',
    detailType: entry.DetailType ?? '',
    detail: entry.Detail ?? '',
  })
  return id
}

function isJsonObject(text = ''): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

export const events: AwsApi = {
  name: 'events',
  protocol: json,
  codes: { invalidInput: 'ValidationException', throttled: 'ThrottlingException', throttledStatus: 400 },
  operations: { PutEvents: operation({ input: putEventsInput, changes: true, run: putEvents }) },
}
