import { setTimeout as pause } from 'node:timers/promises'
import { renderWords } from '../adapters/terminal/render.ts'
import type { Reply, Told } from '../conversation/card.ts'
import { answered } from './answered.ts'
import type { Asking } from './asking.ts'
import { type Bot, NoAnswer } from './bot.ts'
import { EXIT, type Exit } from './exit.ts'
import { type Filled, fill } from './fill.ts'
import type { Papers } from './paper.ts'
import { type Showing, showing } from './showing.ts'

const LOOK_EVERY_MS = 1_000
/** A bot that is being replaced is back by then. */
const SILENT_LOOKS = 300

export interface Watching {
  readonly bot: Bot
  readonly papers: Papers
  readonly asking: Asking | undefined
  /** Shows the run once instead of following it. */
  readonly isOnce: boolean
}

/** Follows a run to its end; what is typed meanwhile presses its buttons or is asked of the desk. */
export async function watch(run: string | undefined, watching: Watching): Promise<Exit> {
  const { bot, papers, isOnce } = watching
  const asking = isOnce ? undefined : watching.asking
  const shown = showing(papers.out, asking, !isOnce && papers.out.isLive)
  let seen = await bot.thread(run, 0)
  let typing = asking?.next().then((line) => ({ line }))
  for (;;) {
    papers.json?.(seen)
    if (seen.kind !== 'told') return answered(noForm(seen), papers)
    shown.show(seen)
    if (seen.outcome) return seen.outcome === 'completed' ? EXIT.done : EXIT.refused
    if (isOnce) return EXIT.done
    const typed = await Promise.race([pause(LOOK_EVERY_MS, undefined), ...(typing ? [typing] : [])])
    if (typed) {
      shown.clear(1)
      if (typed.line === undefined) return left(papers)
      const came = await press(typed.line.trim(), shown, watching)
      if (came) answered(came, papers)
      typing = asking?.next().then((line) => ({ line }))
    }
    seen = await lookAgain(seen, watching)
  }
}

/** A bot that does not answer now is asked again for a while: the run goes on without it. */
async function lookAgain({ run, version }: Told, { bot, papers }: Watching): Promise<Told | Reply> {
  for (let look = 1; ; look++) {
    try {
      return await bot.thread(run, version)
    } catch (error) {
      if (!(error instanceof NoAnswer) || look === SILENT_LOOKS) throw error
      if (look === 1) say('The bot does not answer; still trying.', papers)
      await pause(LOOK_EVERY_MS)
    }
  }
}

/** The number of a button that was shown, or a command. */
async function press(typed: string, shown: Showing, watching: Watching): Promise<Filled | undefined> {
  const { bot, papers, asking } = watching
  if (typed === '') return undefined
  const click = shown.buttons.get(typed)
  if (!click && /^\d+$/.test(typed)) return { kind: 'wrong-answer', say: `There is no button ${typed}.` }
  const reply = await (click ? bot.click(click) : bot.command(typed))
  if (reply.kind !== 'form') return reply
  return fill(reply.form, { bot, asking, answers: {}, paper: papers.errors })
}

function left(papers: Papers): Exit {
  say('The run goes on without you.', papers)
  return EXIT.left
}

const say = (text: string, { errors }: Papers) => errors.write(`${renderWords(text, errors.screen)}\n`)

const noForm = (reply: Reply): Filled =>
  reply.kind === 'form' ? { kind: 'wrong-answer', say: 'The bot asks a question instead.' } : reply
