import type { Execution } from '../domain/execution.ts'

/** As many characters as Slack gives a channel's name. */
const NAME_LIMIT = 80

/**
 * "dr-real-20261123-payments-41c9": the same whenever it is asked, so that a room which was made but not recorded is found again.
 * Its end is the end of the run's id, by which commands name the run.
 */
export function roomName({ id, mode, plan, startedAt }: Execution): string {
  const head = `dr-${mode === 'recovery' ? 'real' : 'drill'}-${startedAt.slice(0, 10).replaceAll('-', '')}-`
  const tail = `-${plainName(id).slice(-4)}`
  return `${head}${plainName(plan.id).slice(0, NAME_LIMIT - head.length - tail.length)}${tail}`
}

const plainName = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
