import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { manualClock } from '../../../src/adapters/memory/clock.ts'
import type { Action, Rule } from '../../../src/sandbox/aws/scenario.ts'
import { type PracticeAwsOptions, startAws } from '../../../src/sandbox/aws/start.ts'

interface ClientSettings {
  endpoint: string
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  maxAttempts: number
  requestHandler: { requestTimeout: number; throwOnRequestTimeout: boolean }
}

interface SdkClient {
  readonly config: { systemClockOffset: number }
  destroy(): void
}

/** A practice ground on a clock that the test turns, and the real SDK clients to speak to it. Ends with the test. */
export async function practise(options: Partial<PracticeAwsOptions> = {}) {
  const clock = manualClock()
  const aws = await startAws({ clock, ...options })
  const clients: SdkClient[] = []
  onTestFinished(async () => {
    for (const client of clients) client.destroy()
    await aws.close()
  })

  return {
    ...aws,
    clock,
    /** Turns the clock by so many AWS minutes at the usual speed. */
    passAwsMinutes: (minutes: number) => clock.advance((minutes * 60_000) / (options.speed ?? 60)),
    client<Client extends SdkClient>(
      Client: new (settings: ClientSettings) => Client,
      settings: Partial<ClientSettings> = {},
    ): Client {
      const client = new Client({
        endpoint: aws.url,
        region: 'us-west-2',
        credentials: { accessKeyId: 'AKIASAMPLE', secretAccessKey: 'sample' },
        maxAttempts: 1,
        // Long: on a busy machine an answer may take its time, and only tests of silence wait for the end of it.
        requestHandler: { requestTimeout: 30_000, throwOnRequestTimeout: true },
        ...settings,
      })
      // Requests are signed with the test's clock, wherever it stands.
      Object.defineProperty(client.config, 'systemClockOffset', {
        get: () => clock.now().getTime() - Date.now(),
        set: () => {},
      })
      clients.push(client)
      return client
    },
  }
}

/** One rule of a scenario. */
export const rule = (
  when: Rule['when'],
  action: Action,
  counts: Pick<Rule, 'times' | 'skip'> = {},
): Rule => ({
  when,
  ...counts,
  // biome-ignore lint/suspicious/noThenProperty: the word of a scenario's author; no rule is ever awaited.
  then: action,
})

/** What a call that must fail failed with. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    return error
  }
  throw new Error('The call was answered, and should have failed.')
}

/** A path for a state file, gone when the test is over. */
export function stateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-practice-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'aws.json')
}
