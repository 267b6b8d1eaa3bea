import type { Reply } from '../conversation/card.ts'
import type { Command } from '../conversation/commands.ts'
import { nothingRunsCard, noticeCard } from '../conversation/help-card.ts'
import { say } from '../conversation/words/index.ts'
import type { Talk } from '../domain/decide.ts'
import { type Execution, type ExecutionId, isFinished, type Place } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Actor } from '../domain/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { Asker, Door } from '../ports/door.ts'
import { chooseRun } from './choose.ts'
import { type Refusing, refusing } from './who-may.ts'

export interface TalkParts extends Refusing {
  readonly door: Door
  readonly clock: Clock
  /** The run whose room the channel is. */
  readonly roomAt?: (place: Place) => Promise<ExecutionId | undefined>
}

/** So long after its end, what is said where a run was told is still about that run. */
const ABOUT_HOURS = 24
const LOOKED_THROUGH = 20

/** Answers what is said about a run: notes, roles, its room. It is possible after the end as well. */
export function talking(parts: TalkParts) {
  const { door, clock, roomAt } = parts
  const whisper = (text: string): Reply => ({ kind: 'whisper', card: noticeCard(text), no: 'refused' })

  /** The run that is named, whose room this is, or that was told here last; a sentence where there is none. */
  async function meant(
    named: string | undefined,
    asker: Asker,
    place: Place | undefined,
  ): Promise<Execution | string | Refusal> {
    const id = named ?? (place && (await roomAt?.(place)))
    const seen = id === undefined ? undefined : await door.see(id, asker)
    if (seen?.kind === 'done') return seen.execution
    const active = await door.active(asker)
    if (!named && place && !active.some(isToldAt(place))) {
      const since = clock.now().getTime() - ABOUT_HOURS * 3_600_000
      const past = (await door.recent(asker, LOOKED_THROUGH)).find(isToldAt(place))
      if (past?.endedAt && Date.parse(past.endedAt) > since) return past
    }
    const chosen = chooseRun(active, named, place)
    if (chosen.kind === 'run') return chosen.execution
    return seen?.refusal ?? (chosen.kind === 'none' ? nothingRunsCard().text : chosen.say)
  }

  async function ask(execution: Execution, request: Talk, asker: Asker): Promise<Reply> {
    if (request.asks === 'close-room' && !isFinished(execution)) {
      return whisper(say().answers.talk.stillUnderWay)
    }
    const handled = await door.handle(execution.id, request, asker)
    return handled.kind === 'done'
      ? { kind: 'silent', run: execution.id }
      : refusing(parts)(handled.refusal, asker, { run: execution.id })
  }

  return {
    async command(
      command: Extract<Command, { kind: 'talk' }>,
      asker: Asker,
      place: Place | undefined,
    ): Promise<Reply> {
      const run = await meant(command.run, asker, place)
      if (typeof run === 'string') return whisper(run)
      if ('why' in run) return refusing(parts)(run, asker)
      if (command.asks === 'note') return ask(run, { asks: 'note', reason: command.text }, asker)
      if (command.asks !== 'assign') return ask(run, { asks: command.asks }, asker)
      const to = holder(command.to, asker, place?.platform ?? '')
      return ask(run, { asks: 'assign', role: command.role, ...optional('to', to) }, asker)
    },
  }
}

function holder(
  to: 'me' | 'nobody' | { readonly id: string; readonly name: string },
  asker: Asker,
  platform: string,
): Actor | undefined {
  if (to === 'nobody') return undefined
  if (to === 'me') return asker.actor
  return { kind: 'person', id: `${platform}:${to.id}`, name: to.name }
}

const isToldAt =
  (place: Place) =>
  ({ places }: Execution): boolean =>
    places.some(({ platform, channel }) => platform === place.platform && channel === place.channel)
