import { renderCard, renderWords } from '../adapters/terminal/render.ts'
import { CLI_SETTINGS, type CliConfig, readCliConfig, type Settings } from '../config.ts'
import { answered } from './answered.ts'
import { asking } from './asking.ts'
import { type Bot, bot, NoAnswer } from './bot.ts'
import { EXIT, type Exit } from './exit.ts'
import { type Filling, fill } from './fill.ts'
import { type Papers, papersOf, type Stream } from './paper.ts'
import { completion, usage } from './usage.ts'
import { watch } from './watch.ts'
import { asTyped, readWords, type Words } from './words.ts'

/** What the command line stands in. */
export interface Surroundings {
  readonly settings: Settings
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: Stream
  readonly errors: Stream & NodeJS.WritableStream
  readonly version: string
  /** The text of the file; undefined where it cannot be read. */
  readonly readFile: (path: string) => string | undefined
}

/** One command, from its words to its exit status. Its grammar is the desk's; only what the desk cannot do is done here. */
export async function run(words: readonly string[], around: Surroundings): Promise<Exit> {
  const configured = readCliConfig(around.settings)
  const config = configured.kind === 'config' ? configured.config : PLAIN
  const read = readWords(words)
  const papers = papersOf(around.output, around.errors, config, read.kind === 'words' && read.isJson)
  const say = (text: string): Exit => {
    around.output.write(`${text}\n`)
    return EXIT.done
  }
  const stop = (exit: Exit, text: string): Exit => {
    papers.errors.write(`${renderWords(text, papers.errors.screen)}\n`)
    return exit
  }

  if (read.kind === 'wrong') return stop(EXIT.unclear, read.say)
  if (read.kind === 'help') return say(usage(papers.out.screen))
  if (read.kind === 'version') return say(around.version)
  if (read.said[0] === 'completion') return say(completion())
  if (configured.kind === 'invalid') return stop(EXIT.noBot, configured.problems.join(' '))
  const token = tokenOf(config, read.tokenFile, around)
  if ('wrong' in token) return stop(EXIT.noBot, token.wrong)

  // Only somebody who sees the questions can be asked them.
  const isAttended = around.input.isTTY === true && around.errors.isTTY === true && !read.isJson
  const keyboard = isAttended ? asking(around.input, around.errors) : undefined
  try {
    return await carryOut(read, papers, {
      bot: bot(config.url, token.is),
      paper: papers.errors,
      answers: read.answers,
      asking: keyboard,
    })
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    return stop(EXIT.noBot, error.message)
  } finally {
    keyboard?.close()
  }
}

async function carryOut(
  { said }: Extract<Words, { kind: 'words' }>,
  papers: Papers,
  filling: Filling,
): Promise<Exit> {
  const { bot, answers, paper } = filling
  const [own, named] = said
  if (own === 'watch' || own === 'thread') {
    return watch(named?.replace(/^run:/i, ''), { ...filling, papers, isOnce: own === 'thread' })
  }
  const reply = await bot.command(asTyped(said))
  const came = reply.kind === 'form' ? await fill(reply.form, filling) : reply
  papers.json?.(came.kind === 'unanswered' || came.kind === 'wrong-answer' ? reply : came)
  const exit = answered(came, papers)
  if (reply.kind !== 'form' && Object.keys(answers).length > 0) {
    paper.write(`${renderWords('Nothing was asked, so --answer was left aside.', paper.screen)}\n`)
  }
  if (came.kind === 'silent' && came.run) await showRun(came.run, bot, papers)
  return exit
}

/** Where the run stands after what was done to it, and how to follow it. What was done is done, whatever becomes of this. */
async function showRun(run: string, bot: Bot, { out }: Papers): Promise<void> {
  const reply = await bot.command(`status run:${run}`).catch((error: unknown) => {
    if (!(error instanceof NoAnswer)) throw error
    return undefined
  })
  if (reply?.kind !== 'whisper') return
  const command = { kind: 'code' as const, text: `lifeboat watch run:${run}` }
  const follow = { kind: 'note' as const, text: ['Follow it with ', command] }
  out.write(`${renderCard({ ...reply.card, blocks: [...reply.card.blocks, follow] }, out.screen)}\n`)
}

type Token = { readonly is: string } | { readonly wrong: string }

/** What is said of a token never repeats it. */
function tokenOf({ token }: CliConfig, file: string | undefined, { readFile }: Surroundings): Token {
  if (file === undefined) return token ? { is: token } : { wrong: NO_TOKEN }
  const text = readFile(file)
  if (text === undefined) return { wrong: `The token file ${file} cannot be read.` }
  const read = CLI_SETTINGS.LIFEBOAT_TOKEN.schema.safeParse(text)
  return read.success
    ? { is: read.data }
    : { wrong: `The token file ${file} holds no token: one line of 16 to 512 characters without spaces.` }
}

const NO_TOKEN = 'There is no token. Set LIFEBOAT_TOKEN, or name its file with --token-file.'

/** How it speaks of settings that it cannot read. */
const PLAIN: CliConfig = { url: '', isColourful: false, isClever: false }
