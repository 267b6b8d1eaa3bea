import type { World } from '../../../src/engine/task-types/task-type.ts'
import type { AutomationRun } from '../../../src/ports/aws.ts'
import type { Clock } from '../../../src/ports/clock.ts'

const TAKES_MILLISECONDS = 20_000

/** Automations that take twenty seconds and fail as often as they are told to; the plans of the stories ask for nothing else. */
export function cloud(clock: Clock, fails: { readonly [document: string]: number }): World {
  const started: { document: string; at: number; isToFail: boolean }[] = []
  const unused = async (): Promise<never> => {
    throw new Error('No story asks for this.')
  }
  return {
    clock,
    automation: {
      async start(_target, { document }) {
        const before = started.filter((one) => one.document === document).length
        started.push({ document, at: clock.now().getTime(), isToFail: before < (fails[document] ?? 0) })
        return `execution-${started.length}`
      },
      find: async () => [],
      async run(_target, id): Promise<AutomationRun | undefined> {
        const one = started[Number(id.split('-')[1]) - 1]
        if (!one) return undefined
        const isOver = clock.now().getTime() - one.at >= TAKES_MILLISECONDS
        if (!isOver) return { id, state: 'running', status: 'InProgress', steps: [] }
        return one.isToFail
          ? {
              id,
              state: 'failed',
              status: 'Failed',
              message: 'step check Failed: No answer.',
              steps: ['check: Failed'],
            }
          : { id, state: 'succeeded', status: 'Success', steps: ['check: Success'] }
      },
      stop: async () => {},
    },
    recovery: { start: unused, find: unused, job: unused, log: unused, active: unused },
    recoveryPoints: { of: unused },
    quotas: { drs: unused },
    commands: { send: unused, find: unused, command: unused, cancel: unused },
    databases: { cluster: unused, move: unused },
    dns: { records: unused, upsert: unused, inSync: unused },
  }
}
