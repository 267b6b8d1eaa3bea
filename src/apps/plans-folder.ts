import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { readPlanFile } from '../adapters/files/plan-file.ts'
import type { TaskKind } from '../domain/plan.ts'
import { readPlan } from '../domain/read-plan.ts'
import type { Clock } from '../ports/clock.ts'
import type { PlanStore } from '../ports/plan-store.ts'

/**
 * Saves the plans of a folder as new versions where they have changed. A broken file is reported with all its problems and
 * left out; the others are loaded.
 */
export async function loadPlans(
  folder: string | undefined,
  into: { plans: PlanStore; kinds: ReadonlyMap<string, TaskKind>; clock: Clock; log: Logger },
): Promise<void> {
  if (!folder) return
  const names = (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort()
  for (const name of names) {
    const file = readPlanFile(await readFile(join(folder, name)), name)
    const read = file.kind === 'document' ? readPlan(file.document, into.kinds) : file
    if (read.kind === 'invalid' || file.kind === 'invalid') {
      into.log.error(
        { file: name, problems: read.kind === 'invalid' ? read.problems : [] },
        'plan not loaded',
      )
      continue
    }
    await into.plans.put({
      id: read.plan.id,
      hash: read.plan.hash,
      document: JSON.parse(JSON.stringify(file.document)),
      savedAt: into.clock.now().toISOString(),
      savedBy: 'plans-folder',
    })
  }
}
