import { ulid } from 'ulid'
import type { Card, Reply, Told } from '../conversation/card.ts'
import { parseClick } from '../conversation/click.ts'
import {
  type Command,
  lacksReason,
  opensForm,
  parseCommand,
  type ReportForm,
} from '../conversation/commands.ts'
import { parseMemory, reasonForm, startForm } from '../conversation/forms.ts'
import { headlineCard } from '../conversation/headline-card.ts'
import { helpCard, nothingRunsCard, noticeCard, unclearCard } from '../conversation/help-card.ts'
import { homeCard } from '../conversation/home-card.ts'
import { pendingCard } from '../conversation/pending-card.ts'
import { pickerCard } from '../conversation/picker-card.ts'
import { planCard } from '../conversation/plan-card.ts'
import { plansCard } from '../conversation/plans-card.ts'
import { say } from '../conversation/words/index.ts'
import type { Request } from '../domain/decide.ts'
import { type Execution, type ExecutionId, executionId, type Place } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import { recoveryRegion } from '../domain/recovery-region.ts'
import { needsReason } from '../domain/transitions.ts'
import type { Clock } from '../ports/clock.ts'
import type { Asker, Desk, Door } from '../ports/door.ts'
import type { ExecutionStore } from '../ports/execution-store.ts'
import type { MuteStore } from '../ports/mute-store.ts'
import { answering } from './answering.ts'
import { chooseRun, runsIn, taskNamed } from './choose.ts'
import { askWhich, chosenIn } from './choosing.ts'
import { type Explaining, pendingIn } from './explain.ts'
import { homeNow, homeOf, type Unmet } from './home.ts'
import { mute } from './muting.ts'
import { gateAhead, gatesOf } from './reach.ts'
import { submitted } from './submitted.ts'
import { talking } from './talk.ts'
import { describing, type TaskType } from './task-types/task-type.ts'
import { toldOf } from './told.ts'
import { refuse, refusing } from './who-may.ts'

export interface DeskParts {
  readonly door: Door
  readonly types: ReadonlyMap<string, TaskType>
  readonly clock: Clock
  /** The run whose room the channel is. */
  readonly roomAt?: (place: Place) => Promise<ExecutionId | undefined>
  /** Which neighbour does not answer, in words; said with every status. */
  readonly trouble: () => Promise<string | undefined>
  readonly store: Pick<ExecutionStore, 'changesSince'>
  readonly explaining: Explaining
  readonly mutes: MuteStore
  /** One for each platform: where runs are told that are not started there. */
  readonly toldIn: readonly Place[]
  /** Where runs recover to: a REAL failover is confirmed with its name. */
  readonly region?: string
  /** Sends the report of a run to the asker. */
  readonly sendReport?: (execution: Execution, asker: Asker, form?: ReportForm) => Promise<Card>
  /** Where it is known whom there is to decide. */
  readonly unmet?: Unmet
}

/** Where a run is told that is started here: in this place, and where the other platforms are told of everything. */
const placesFrom = (place: Place | undefined, toldIn: readonly Place[]): readonly Place[] => [
  ...(place ? [place] : []),
  ...toldIn.filter(({ platform }) => platform !== place?.platform),
]

/** Answers what people do in chat, the same on every platform. It decides nothing itself: everything goes through the door. */
export function desk(parts: DeskParts): Desk {
  const { door, types, clock, trouble, store, toldIn, region, explaining, mutes, roomAt, unmet } = parts
  const questions = answering(parts)
  const talk = talking({ door, clock, explaining, ...optional('roomAt', roomAt) })
  const whisper = (card: Card): Reply => ({ kind: 'whisper', card })
  const decline = (card: Card, no: 'refused' | 'unclear'): Reply => ({ kind: 'whisper', card, no })

  const refuseWithNames = refusing(parts)

  async function ask(id: string, request: Request, asker: Asker): Promise<Reply> {
    const handled = await door.handle(id, request, asker)
    return handled.kind === 'done'
      ? { kind: 'silent', run: id }
      : refuseWithNames(handled.refusal, asker, { run: id })
  }

  async function status(found: readonly Execution[]): Promise<Reply> {
    const wrong = await trouble()
    const warning: Card['blocks'] = wrong ? [{ kind: 'note', text: [say().answers.desk.trouble(wrong)] }] : []
    if (found.length === 0) {
      const card = nothingRunsCard()
      return whisper({ ...card, blocks: [...card.blocks, ...warning] })
    }
    const cards = found.slice(0, 5).map((execution) => headlineCard(execution, clock.now()))
    const blocks = cards.flatMap((card) => [...card.blocks, { kind: 'divider' as const }])
    return whisper({
      text: cards.map(({ text }) => text).join(' '),
      tone: 'neutral',
      blocks: [...blocks.slice(0, -1), ...warning],
    })
  }

  async function start(
    command: Pick<Extract<Command, { kind: 'start' }>, 'plan' | 'mode'>,
    asker: Asker,
    places: readonly Place[],
  ): Promise<Reply> {
    const found = await door.plan(command.plan, asker)
    if (found.kind === 'refused') return refuseWithNames(found.refusal, asker)
    const { plan } = found
    if (plan.missing.length > 0) {
      return refuse({ why: 'inputs-missing', plan: plan.id, missing: plan.missing }, asker)
    }
    const id = executionId.parse(ulid(clock.now().getTime()))
    const roster = explaining.rosters.get(places[0]?.platform ?? '')
    const reaching = { policy: explaining.policy, roster }
    const gates = (await gatesOf(plan, command.mode, asker.actor.id, reaching)).map(gateAhead)
    return {
      kind: 'form',
      form: startForm({
        plan,
        mode: command.mode,
        id,
        places,
        describe: describing(types),
        gates,
        ...optional('region', recoveryRegion(plan, region)),
      }),
    }
  }

  /** The run that is meant, or the answer that says why none is. */
  async function meant(named: string | undefined, asker: Asker, place?: Place) {
    const run = named ?? (place && (await roomAt?.(place)))
    const chosen = chooseRun(await door.active(asker), run, place)
    if (chosen.kind === 'run') return chosen
    const seen = run ? await door.see(run, asker) : undefined
    if (seen?.kind === 'done') return { kind: 'run' as const, execution: seen.execution }
    if (seen?.kind === 'refused') return refuseWithNames(seen.refusal, asker)
    return chosen.kind === 'none'
      ? decline(nothingRunsCard(), 'refused')
      : decline(noticeCard(chosen.say, 'attention'), 'unclear')
  }

  async function steer(
    command: Extract<Command, { kind: 'task' | 'run' }>,
    asker: Asker,
    place: Place | undefined,
  ): Promise<Reply> {
    const found = await meant(command.run, asker, place)
    if (found.kind !== 'run') return found
    const { execution } = found
    const task = command.kind === 'task' ? taskNamed(execution, command.task) : undefined
    const reason = optional('reason', command.reason)
    const breakGlass = optional('breakGlass', command.kind === 'task' ? command.breakGlass : undefined)
    if (lacksReason(command) && (command.kind === 'run' || task)) {
      return {
        kind: 'form',
        form: reasonForm(execution, task, command.asks, { ...breakGlass, now: clock.now() }),
      }
    }
    if (command.kind === 'run') return ask(execution.id, { asks: command.asks, ...reason }, asker)
    const said = { ...reason, ...breakGlass, ...optional('reference', command.reference) }
    return ask(execution.id, { asks: command.asks, task: task?.id ?? command.task, ...said }, asker)
  }

  /** No words: the run that is told here, or else what there is to choose from. */
  async function here(asker: Asker, place: Place | undefined): Promise<Reply> {
    const told = runsIn(place, await door.active(asker))
    return told.length > 0 ? status(told) : whisper(pickerCard(await homeNow(door, asker, unmet)))
  }

  const answers: Desk = {
    opensForm: (text) => opensForm(parseCommand(text)),
    home: async (asker) => homeCard(await homeOf(door, asker, unmet)),
    async command(text, asker, place) {
      const command = parseCommand(text)
      const places = placesFrom(place, toldIn)
      switch (command.kind) {
        case 'here':
          return here(asker, place)
        case 'choose':
          return askWhich(door, asker, places)
        case 'unclear':
          return decline(unclearCard(command), 'unclear')
        case 'help':
          return whisper(helpCard())
        case 'plans':
          return whisper(plansCard(await door.plans(asker)))
        case 'plan': {
          const found = await door.plan(command.plan, asker)
          if (found.kind === 'refused') return refuseWithNames(found.refusal, asker)
          const titles = new Map([...types].map(([type, { title }]) => [type, title()]))
          return whisper(planCard(found.plan, titles))
        }
        case 'status': {
          if (!command.run) return status(await door.active(asker))
          const seen = await door.see(command.run, asker)
          return seen.kind === 'refused' ? refuseWithNames(seen.refusal, asker) : status([seen.execution])
        }
        case 'pending':
          return whisper(pendingCard(await pendingIn(await door.active(asker), asker, explaining)))
        case 'who':
        case 'why':
        case 'report': {
          const found = await meant(command.run, asker, place)
          return found.kind === 'run' ? questions.about(found.execution, command, asker) : found
        }
        case 'mute': {
          const found = await meant(command.run, asker, place)
          if (found.kind !== 'run') return found
          return mute(found.execution, command.minutes, asker, { ...explaining, mutes })
        }
        case 'start':
          return start(command, asker, places)
        case 'talk':
          return talk.command(command, asker, place)
        default:
          return steer(command, asker, place)
      }
    },
    async click(carried, asker, place) {
      const click = parseClick(carried)
      if (!click) return decline(noticeCard(say().answers.desk.oldButton, 'bad'), 'refused')
      if ('command' in click) return answers.command(click.command, asker, place)
      const { execution: id, task, attempt, asks, digest, reference } = click
      if (needsReason(asks)) {
        const seen = await door.see(id, asker)
        if (seen.kind === 'refused') return refuseWithNames(seen.refusal, asker)
        return {
          kind: 'form',
          form: reasonForm(seen.execution, taskNamed(seen.execution, task), asks, {
            click,
            now: clock.now(),
          }),
        }
      }
      return ask(id, { asks, task, seen: { attempt, digest }, ...optional('reference', reference) }, asker)
    },
    async submit(text, values, asker) {
      const memory = parseMemory(text)
      if (!memory) return decline(noticeCard(say().answers.desk.oldDialog, 'bad'), 'refused')
      if (memory.form === 'choose') {
        const chosen = await chosenIn(values, door, asker)
        return chosen.kind === 'errors' ? chosen : start(chosen, asker, memory.places)
      }
      return submitted(memory, values, asker, parts)
    },
    async thread(run, after, asker): Promise<Told | Reply> {
      // Whoever asks a moment after the end wants to see the end.
      const isQuiet = !run && (await door.active(asker)).length === 0
      const [last] = isQuiet ? await door.recent(asker, 1) : []
      const found = last ? { kind: 'run' as const, execution: last } : await meant(run, asker)
      if (found.kind !== 'run') return found
      const records = await store.changesSince(found.execution.id, after)
      return toldOf(found.execution, records, after, clock.now())
    },
  }
  return answers
}
