import { verify } from '../../src/domain/audit.ts'
import { GATE_EVENTS } from '../../src/domain/ballot.ts'
import type { ChangeRecord } from '../../src/domain/change.ts'
import { type Execution, isFinished, statusOf, taskOf } from '../../src/domain/execution.ts'
import type { Plan } from '../../src/domain/plan.ts'
import type { Task } from '../../src/domain/task.ts'
import { opensTheWay } from '../../src/domain/transitions.ts'
import { foundOf } from '../support/histories.ts'
import type { Cloud } from './cloud.ts'
import type { Asked } from './crew.ts'
import type { Fleet } from './fleet.ts'
import type { Town } from './town.ts'

export interface History {
  readonly plan: Plan
  readonly execution: Execution | undefined
  readonly records: readonly ChangeRecord[]
}

/** An auditor finds nothing: the records follow each other, each is legal, and they give the state as it is stored. */
export function brokenByHistory(histories: readonly History[]): string[] {
  return histories.flatMap(({ plan, execution, records }) => {
    if (!execution) return records.length > 0 ? [`${plan.id} has records and no head`] : []
    return verify(foundOf({ execution, records }), plan).map(({ message }) => `${execution.id}: ${message}`)
  })
}

/** AWS has seen one start an attempt, and what counts as done is done. */
export function brokenOutside(histories: readonly History[], sky: Cloud): string[] {
  const twice = [...sky.started].flatMap(([key, times]) =>
    times > 1 ? [`${key} was started ${times} times`] : [],
  )
  const notDone = histories.flatMap(({ execution, records }) =>
    execution
      ? [...execution.tasks.values()].flatMap((task) => [
          ...unproven(execution, task, sky),
          ...ranAfterAbandoned(execution, task, records),
        ])
      : [],
  )
  return [...twice, ...notDone]
}

function unproven({ id, mode }: Execution, task: Task, sky: Cloud): string[] {
  if (task.status !== 'COMPLETED') return []
  const { source_servers: servers, instances, global_cluster: cluster, target_cluster: writer } = task.inputs
  if (Array.isArray(servers)) {
    const missing = servers.filter((server) => !sky.isLaunched(String(server)))
    return missing.length > 0 ? [`${task.id} of ${id} is completed without ${missing.join()}`] : []
  }
  if (Array.isArray(instances)) {
    const missing = instances.filter((instance) => !sky.hasRunOn(String(instance)))
    return missing.length > 0 ? [`${task.id} of ${id} is completed without ${missing.join()}`] : []
  }
  return cluster && mode === 'recovery' && sky.writerOf(String(cluster)) !== writer
    ? [`${task.id} of ${id} is completed, and its writer did not move`]
    : []
}

/** What was done before its predecessor was given up stays done; nothing else may have been done. */
function ranAfterAbandoned(execution: Execution, task: Task, records: readonly ChangeRecord[]): string[] {
  const lost = task.predecessors.some((id) => taskOf(execution, id).status === 'ABANDONED')
  if (!lost || execution.cancelled || !isFinished(execution) || task.status === 'ABANDONED') return []
  const moves = records.flatMap(({ changes }) => changes)
  const wasDone = moves.some((move) => move.what === 'moved' && move.task === task.id && opensTheWay(move.to))
  return wasDone ? [] : [`${task.id} of ${execution.id} is ${task.status} after an abandoned one`]
}

/** Whoever was told "done" is on record once, whoever was refused is not, and nobody is twice. */
export function brokenByDecisions(histories: readonly History[], asked: readonly Asked[]): string[] {
  const recorded = new Map<string, number>()
  for (const { records } of histories)
    for (const { changes } of records) {
      // A vote that settles a gate stands with its move in one record.
      const reasons = changes.flatMap((change) => ('reason' in change && change.reason) || [])
      for (const reason of new Set(reasons)) recorded.set(reason, (recorded.get(reason) ?? 0) + 1)
    }
  return asked.flatMap(({ mark, told }) => {
    const times = recorded.get(mark) ?? 0
    const right = told === 'done' ? times === 1 : told === 'refused' ? times === 0 : times <= 1
    return right ? [] : [`${mark} was answered "${told}" and is recorded ${times} times`]
  })
}

/** Of a run that has ended no card asks for anything. */
export async function brokenByThreads(
  executions: readonly Execution[],
  ships: Fleet,
  town: Town,
): Promise<string[]> {
  const broken: string[] = []
  for (const { id, places } of executions.filter(isFinished)) {
    for (const place of places) {
      const cards = Object.entries((await ships.threads.get(id, place))?.cards ?? {})
      for (const [key, { message }] of cards)
        if (town.cardOf(message)?.blocks.some(({ kind }) => kind === 'buttons'))
          broken.push(`${key} of ${id} still has buttons`)
    }
  }
  return broken
}

export const standing = (execution: Execution): string =>
  `${statusOf(execution)}: ${[...execution.tasks.values()]
    .map(
      ({ id, type, status, attempt, effect }) => `${id} ${type} ${status}@${attempt} ${effect?.phase ?? ''}`,
    )
    .join(', ')}`

/** A real gate is passed or gone around by two people, each of whom said so of just this attempt. */
export function brokenByVotes(histories: readonly History[]): string[] {
  return histories.flatMap(({ execution, records }) => {
    if (execution?.mode !== 'recovery') return []
    const gates = new Set(
      [...execution.tasks.values()].filter(({ type }) => type === 'approval').map(({ id }) => id),
    )
    const all = records.flatMap(({ changes, by }) => changes.map((change) => ({ change, by })))
    return all.flatMap(({ change }, place) => {
      const event = change.what === 'moved' && GATE_EVENTS.find((one) => one === change.event)
      if (change.what !== 'moved' || !gates.has(change.task) || !event || event === 'reject') return []
      const voices = all
        .slice(0, place)
        .flatMap(({ change: vote, by }) =>
          vote.what === 'voted' &&
          vote.task === change.task &&
          vote.attempt === change.attempt &&
          vote.for === event
            ? [by.id]
            : [],
        )
      const few = new Set(voices).size
      return few >= 2 ? [] : [`${change.task} of ${execution.id} was passed (${event}) by ${few} people`]
    })
  })
}
