import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rolledBack, verify } from '../../src/domain/audit.ts'
import { type ChangeRecord, recordOf } from '../../src/domain/change.ts'
import { digest } from '../../src/domain/digest.ts'
import { executionId } from '../../src/domain/execution.ts'
import { type Found, type FoundTask, foundHead, foundRecord, foundTask } from '../../src/domain/found.ts'
import { foundOf, historyOf } from '../support/histories.ts'
import { changedSomewhere } from './change-somewhere.ts'
import { planFrom } from './run.ts'

const plan = planFrom({ gate0: ['a', 'b'], a: ['c'], b: ['c'], c: [], d: [] }, 1)
const dice = fc.array(fc.nat(), { minLength: 8, maxLength: 60, size: 'max' })
const DICE = { numRuns: 150 }

const kinds = (found: Found) => new Set(verify(found, plan).map(({ kind }) => kind))
/** The history with its records in other places: what somebody with the right to write can make of it. */
const placed = (found: Found, records: readonly (readonly [number, ChangeRecord | undefined])[]): Found => ({
  ...found,
  records: new Map(records),
})
const at = (found: Found, version: number): ChangeRecord => {
  const record = found.records.get(version)
  if (!record) throw new Error(`no record ${version}`)
  return record
}
/** As one who knows how the hash is made would do it. */
const withItsHash = ({ hash: _hash, ...body }: ChangeRecord): ChangeRecord => ({
  ...body,
  hash: digest(body),
})

/** Any history, and two different versions of it. */
const histories = fc.tuple(dice, fc.nat(), fc.nat()).map(([rolled, first, second]) => {
  const history = historyOf(plan, rolled)
  const size = history.records.length
  const one = 1 + (first % size)
  return {
    found: foundOf(history),
    history,
    size,
    one,
    other: 1 + ((one - 1 + 1 + (second % (size - 1))) % size),
  }
})

test('an untouched execution has no findings, whatever happened in it', () => {
  fc.assert(
    fc.property(dice, (rolled) => {
      expect(verify(foundOf(historyOf(plan, rolled)), plan)).toEqual([])
    }),
    DICE,
  )
})

test('the rolled histories hold every kind of change', () => {
  const rolls = fc.sample(dice, { numRuns: 200, seed: 1 }).map((rolled) => historyOf(plan, rolled))
  const changes = rolls.flatMap(({ records }) => records.flatMap((record) => record.changes))
  const every = ['begun', 'moved', 'intended', 'withdrawn', 'running', 'progressed', 'paused', 'resumed']
  expect([...new Set(changes.map(({ what }) => what))]).toEqual(expect.arrayContaining(every))
})

describe('one thing is done to any history, and it is found:', () => {
  const isFound = (
    mutate: (made: { found: Found; size: number; one: number; other: number }, die: number) => Found,
  ) =>
    fc.assert(
      fc.property(histories, fc.nat(), (made, die) => {
        const mutated = mutate(made, die)
        // A change of nothing into nothing is none: two equal values swapped, say.
        fc.pre(digest(plain(mutated)) !== digest(plain(made.found)))
        expect(verify(readable(mutated), plan)).not.toEqual([])
      }),
      DICE,
    )
  /** What is no head, task or record any more is none, as in any store that reads by these shapes. */
  const readable = (found: Found): Found => ({
    ...found,
    head: foundHead.safeParse(found.head).data,
    tasks: found.tasks.filter(({ task }) => foundTask.safeParse(task).success),
    records: new Map([...found.records].map(([at, record]) => [at, foundRecord.safeParse(record).data])),
  })
  const plain = (found: Found) => ({ ...found, records: [...found.records] })
  const with_ = (found: Found, version: number, record: ChangeRecord | undefined) =>
    placed(found, [...found.records, [version, record]])

  test('a field of a record is changed, dropped or added', () =>
    isFound(({ found, one }, die) => with_(found, one, changedSomewhere(at(found, one), die))))
  test('the same, and the hash of the record is made anew', () =>
    isFound(({ found, one }, die) => with_(found, one, withItsHash(changedSomewhere(at(found, one), die)))))
  test('a record becomes unreadable', () => isFound(({ found, one }) => with_(found, one, undefined)))
  test('a record is deleted', () =>
    isFound(({ found, one }) =>
      placed(
        found,
        [...found.records].filter(([version]) => version !== one),
      ),
    ))
  test('two records are swapped', () =>
    isFound(({ found, one, other }) =>
      placed(found, [...found.records, [one, at(found, other)], [other, at(found, one)]]),
    ))
  test('a record is copied over another', () =>
    isFound(({ found, one, other }) => with_(found, one, at(found, other))))
  test('a record is copied behind the last', () =>
    isFound(({ found, one, size }) => with_(found, size + 1, at(found, one))))
  test('a record is inserted, and those behind it move on', () =>
    isFound(({ found, one }) => {
      const moved = [...found.records].map(
        ([version, record]) => [version < one ? version : version + 1, record] as const,
      )
      return placed(found, [...moved, [one, at(found, one)]])
    }))
  test('a record that fits is added behind the last', () =>
    isFound(({ found, size }) => {
      const { execution, hash, at: time, by } = at(found, size)
      const changes = [{ what: 'paused', reason: 'forged' } as const]
      const before = { id: execution, version: size, lastChangeHash: hash }
      return with_(found, size + 1, recordOf(before, { at: time, by, source: 'slack', changes }))
    }))
  test('a field of the head is changed, dropped or added', () =>
    isFound(({ found }, die) => {
      if (!found.head) throw new Error('no head')
      return { ...found, head: changedSomewhere(found.head, die) }
    }))
  const withTask = (found: Found, which: number, mutate: (one: FoundTask) => FoundTask): Found => ({
    ...found,
    tasks: found.tasks.map((one, place) => (place === which % found.tasks.length ? mutate(one) : one)),
  })
  test('a field of a task is changed, dropped or added', () =>
    isFound(({ found, one }, die) =>
      withTask(found, one, (stored) => ({ ...stored, task: changedSomewhere(stored.task, die) })),
    ))
  test('the place of a task, or the version that it is marked with, is changed', () =>
    isFound(({ found, one }, die) =>
      withTask(found, one, ({ task, ...marks }) => {
        const [place, writtenAt] = die % 2 === 0 ? [1, 0] : [0, 1]
        return { task, place: marks.place + place, writtenAt: marks.writtenAt + writtenAt }
      }),
    ))
  test('a task is deleted', () =>
    isFound(({ found }, die) => ({ ...found, tasks: found.tasks.toSpliced(die % 5, 1) })))
  test('the tasks of another run of the plan stand there', () =>
    isFound(({ found }, die) => ({ ...found, tasks: foundOf(historyOf(plan, [1, 2, die])).tasks })))
})

describe('what is found is named', () => {
  const found = foundOf(historyOf(plan, [1, 4, 65, 7, 129, 9, 193, 11, 257, 13]))
  const last = found.records.size
  const records = [...found.records]

  test('with the kind of what was done', () => {
    const changed = { ...at(found, 2), source: 'elsewhere' }
    expect(kinds(placed(found, [...records, [2, changed]]))).toEqual(new Set(['changed']))
    expect(kinds(placed(found, records.slice(1)))).toEqual(new Set(['missing']))
    expect(kinds(placed(found, records.slice(0, -1)))).toEqual(new Set(['missing']))
    expect(kinds(placed(found, [...records, [last + 1, at(found, last)]]))).toEqual(new Set(['added']))
    expect(kinds(placed(found, [...records, [2, at(found, 3)], [3, at(found, 2)]]))).toEqual(
      new Set(['out-of-order']),
    )
    expect(kinds(placed(found, [...records, [2, withItsHash(changed)]]))).toEqual(new Set(['broken-link']))
    expect(kinds({ ...found, strays: ['An item "X".'] })).toEqual(new Set(['added']))
    expect(kinds({ ...found, head: undefined })).toEqual(new Set(['missing']))
    expect(kinds({ ...found, tasks: [] })).toEqual(new Set(['state-differs']))
  })

  test('in words for an auditor', () => {
    const record = { ...at(found, 2), by: { ...at(found, 2).by, name: 'Mallory' } }
    expect(verify(placed(found, [...records, [2, record]]), plan)).toEqual([
      {
        execution: '01SAMPLE',
        version: 2,
        kind: 'changed',
        message: expect.stringMatching(
          /^In the place of record 2 of execution 01SAMPLE stands a record that does not/,
        ),
      },
    ])
    const tasks = found.tasks.map((one) =>
      one.task.id === 'c' ? { ...one, task: { ...one.task, status: 'COMPLETED' as const } } : one,
    )
    expect(verify({ ...found, tasks }, plan).map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^Task "c" is not what its records make: status is "COMPLETED", not "[A-Z_]+"\. It was changed without a record\.$/,
      ),
    ])
  })

  test('a head set to a version far away is one finding, not a million', () => {
    if (!found.head) throw new Error('no head')
    const far = { ...found, head: { ...found.head, version: 999_999_999 } }
    expect(verify(far, plan)).toHaveLength(1)
  })

  test('a plan that was changed after the run began is found, and so is a record of another execution', () => {
    const other = planFrom({ gate0: ['a', 'b'], a: ['c'], b: ['c'], c: [] })
    expect(verify(found, other)).toMatchObject([
      { kind: 'changed', message: expect.stringMatching('the stored plan') },
    ])
    const foreign = foundOf(historyOf(plan, [1, 2], '01OTHER'))
    expect(verify(placed(found, [...records, [2, at(foreign, 2)]]), plan)).toMatchObject([
      { kind: 'added', message: expect.stringMatching('record of execution 01OTHER') },
    ])
  })
})

describe('a rewritten history', () => {
  /** The last record is replaced by another one that is right in itself, and the head fits. */
  const rewritten = (changes: ChangeRecord['changes']): Found => {
    const found = foundOf(historyOf(plan, [1]))
    if (!found.head) throw new Error('no head')
    const before = { id: found.id, version: 1, lastChangeHash: at(found, 1).hash }
    const record = recordOf(before, { ...at(found, 2), changes })
    return {
      ...placed(found, [...found.records, [2, record]]),
      head: { ...found.head, lastChangeHash: record.hash },
    }
  }
  const move = {
    what: 'moved',
    task: plan.tasks[0]?.id,
    event: 'skip',
    from: 'FAILED',
    to: 'SKIPPED',
    attempt: 1,
  } as const

  test('that the table of transitions does not allow is found without an anchor', () => {
    const { task = undefined, ...rest } = move
    if (!task) throw new Error('no task')
    expect(verify(rewritten([{ task, ...rest }]), plan)).toMatchObject([{ kind: 'illegal', version: 2 }])
    expect(verify(rewritten([{ task, ...rest, from: 'PENDING', attempt: 2 }]), plan)).toMatchObject([
      { kind: 'illegal' },
    ])
    expect(verify(rewritten([{ what: 'resumed' }]), plan)).toMatchObject([{ kind: 'illegal' }])
    expect(
      verify(rewritten([{ what: 'begun', plan: 'sample', planVersion: 1, mode: 'drill', frozen: '' }]), plan),
    ).toMatchObject([{ kind: 'illegal' }])
  })

  const long = foundOf(historyOf(plan, [1, 65, 129]))
  const short = foundOf(historyOf(plan, [1]))
  const anchor = {
    execution: executionId.parse('01SAMPLE'),
    version: long.records.size,
    hash: long.head?.lastChangeHash ?? '',
  }

  test('or one cut off with everything made to fit is found by an anchor, and by nothing else', () => {
    expect(verify(short, plan)).toEqual([])
    expect(rolledBack(anchor, short)).toMatchObject({
      kind: 'rolled-back',
      message: expect.stringMatching('it is not there now'),
    })
    expect(rolledBack(anchor, undefined)).toMatchObject({ kind: 'rolled-back' })
    const other = foundOf(historyOf(plan, [1, 129, 65, 3]))
    expect(verify(other, plan)).toEqual([])
    expect(rolledBack(anchor, other)).toMatchObject({
      message: expect.stringMatching('another record stands there now'),
    })
  })

  test('an execution that only went on still has its anchor', () => {
    const further = foundOf(historyOf(plan, [1, 65, 129, 7, 193]))
    expect(further.records.size).toBeGreaterThan(long.records.size)
    expect(rolledBack(anchor, further)).toBeUndefined()
  })
})
