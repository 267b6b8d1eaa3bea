import { PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge'
import type { Notice } from '../../conversation/notices.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import type { Notifier } from '../../ports/notifier.ts'
import type { AwsClients } from './clients.ts'
import { asking, plain } from './failure.ts'

const ENTRIES_PER_CALL = 10
/** A call takes 256 KiB in all; the rest is for what goes with each entry. */
const BYTES_PER_CALL = 240_000
/** How often one call's failed entries are sent again at once; what then still fails comes again later. */
const TRIES = 3

/** Codes of entries that fail however often they are sent. */
const FINAL_CODES = [
  'AccessDeniedException',
  'InvalidAccountIdException',
  'InvalidArgument',
  'MalformedDetail',
  'NotAuthorizedForSourceException',
  'NotAuthorizedForDetailTypeException',
]

/** EventBridge: every notice as an event of the source "lifeboat". */
export function awsEvents({ eventbridge }: Pick<AwsClients, 'eventbridge'>, bus: string): Notifier {
  return {
    async send(notices) {
      const refused: string[] = []
      for (const entries of calls(notices.map((notice) => entryOf(notice, bus)))) {
        try {
          refused.push(...(await putAll(entries)))
        } catch (error) {
          if (!(error instanceof FinalFailure)) throw error
          refused.push(error.message)
        }
      }
      if (refused.length > 0) throw new FinalFailure(`The event bus ${bus} refused: ${refused.join('; ')}`)
    },
  }

  /** Sends the failed entries again, and only these. Gives why entries were refused for good. */
  async function putAll(entries: readonly PutEventsRequestEntry[]): Promise<string[]> {
    const refused: string[] = []
    let left = entries
    let trouble = ''
    for (let tries = 1; tries <= TRIES && left.length > 0; tries += 1) {
      const sent = left
      const failed: PutEventsRequestEntry[] = []
      // An event twice is no harm, its id tells: an unclear answer counts as none.
      const call = { service: 'EventBridge', operation: 'PutEvents', about: `the bus ${bus}`, reads: true }
      const { Entries = [] } = await asking(call, () =>
        eventbridge.reading({}).send(new PutEventsCommand({ Entries: [...sent] })),
      )
      for (const [index, entry] of sent.entries()) {
        const { EventId, ErrorCode, ErrorMessage } = Entries[index] ?? {}
        if (EventId) continue
        trouble = [ErrorCode, ErrorMessage].map((text) => plain(text ?? '')).join(' – ')
        if (ErrorCode && FINAL_CODES.includes(ErrorCode)) refused.push(`${entry.DetailType}: ${trouble}`)
        else failed.push(entry)
      }
      left = failed
    }
    if (left.length === 0) return refused
    throw new TransientFailure(
      `EventBridge did not take ${left.length} of ${entries.length} events for the bus ${bus}: ${trouble}. They are sent again.`,
    )
  }
}

function entryOf(notice: Notice, bus: string): PutEventsRequestEntry {
  return {
    Source: 'lifeboat',
    DetailType: notice.type,
    Detail: JSON.stringify(detailOf(notice)),
    EventBusName: bus,
    Time: new Date(notice.at),
  }
}

/** In the words of the API. */
const detailOf = ({ id, type, at, execution, plan, mode, task, ...rest }: Notice) => ({
  notice_id: id,
  type,
  at,
  execution_id: execution,
  recovery_plan_id: plan.id,
  recovery_plan_name: plan.name,
  mode,
  ...(task ? { task_id: task.id, task_name: task.name, attempt: task.attempt } : {}),
  ...rest,
})

/** The entries, as many to a call as it takes. */
function calls(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const made: PutEventsRequestEntry[][] = []
  let bytes = 0
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.Detail ?? '')
    const last = made.at(-1)
    if (last && last.length < ENTRIES_PER_CALL && bytes + size <= BYTES_PER_CALL) {
      last.push(entry)
      bytes += size
    } else {
      made.push([entry])
      bytes = size
    }
  }
  return made
}
