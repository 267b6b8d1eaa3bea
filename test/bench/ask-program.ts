import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { z } from 'zod'

/** Runs a program that says one thing over its channel and ends. */
export async function ask<Answer>(
  file: string,
  words: readonly string[],
  shape: z.ZodType<Answer>,
): Promise<Answer> {
  const child = fork(file, [...words], {
    // Only so can a program collect its garbage before it looks at what it holds.
    execArgv: [...process.execArgv, '--expose-gc'],
    env: { PATH: '/usr/bin:/bin', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  })
  const exited = once(child, 'exit')
  const [said] = await Promise.race([
    once(child, 'message'),
    exited.then(([code, signal]) => {
      throw new Error(`${file} ended without an answer (${code ?? signal}).`)
    }),
  ])
  await exited
  return shape.parse(said)
}
