import { createInterface, type Interface } from 'node:readline'

/** Somebody at the keyboard, heard from the first question on. */
export interface Asking {
  /** The answer; undefined once they have left, by Ctrl-C or Ctrl-D. */
  ask(question: string): Promise<string | undefined>
  /** What is typed next without being asked. */
  next(): Promise<string | undefined>
  /** Shows the prompt again, with what was typed so far. */
  prompt(): void
  close(): void
}

const PROMPT = '> '

export function asking(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Asking {
  const early: string[] = []
  let waiting: ((line: string | undefined) => void) | undefined
  let hasLeft = false
  let opened: Interface | undefined

  function open(): Interface {
    const lines = createInterface({ input, output, prompt: PROMPT })
    lines.on('line', (line) => {
      if (!waiting) early.push(line)
      waiting?.(line)
      waiting = undefined
    })
    lines.on('SIGINT', () => lines.close())
    lines.on('close', () => {
      hasLeft = true
      waiting?.(undefined)
    })
    return lines
  }
  const lines = () => {
    opened ??= open()
    return opened
  }
  const next = (): Promise<string | undefined> => {
    lines()
    if (early.length > 0 || hasLeft) return Promise.resolve(early.shift())
    return new Promise((resolve) => {
      waiting = resolve
    })
  }

  return {
    next,
    async ask(question) {
      if (hasLeft) return undefined
      lines().setPrompt(question)
      lines().prompt()
      const line = await next()
      lines().setPrompt(PROMPT)
      return line
    },
    prompt() {
      if (!hasLeft) lines().prompt(true)
    },
    close: () => opened?.close(),
  }
}
