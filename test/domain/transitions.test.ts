import { describe, expect, test } from 'vitest'
import {
  ENGINE_EVENTS,
  next,
  PERSON_EVENTS,
  parseStatus,
  personEvents,
  STATUSES,
} from '../../src/domain/transitions.ts'

/** Written by hand from the design, not from the code. */
const CELLS = `
PENDING start IN_PROGRESS | PENDING askApproval PENDING_APPROVAL | PENDING cascade ABANDONED | PENDING cancel CANCELLED
PENDING hold PAUSED | PENDING skip SKIPPED | PENDING abandon ABANDONED
PAUSED cascade ABANDONED | PAUSED cancel CANCELLED | PAUSED release PENDING | PAUSED skip SKIPPED | PAUSED abandon ABANDONED
PENDING_APPROVAL expire FAILED | PENDING_APPROVAL cancel CANCELLED | PENDING_APPROVAL approve COMPLETED
PENDING_APPROVAL reject FAILED | PENDING_APPROVAL skip SKIPPED | PENDING_APPROVAL abandon ABANDONED
PENDING_APPROVAL decline ABANDONED
IN_PROGRESS complete COMPLETED | IN_PROGRESS fail FAILED | IN_PROGRESS cancel CANCELLED
FAILED cancel CANCELLED | FAILED adopt IN_PROGRESS | FAILED retry RETRY | FAILED skip SKIPPED | FAILED abandon ABANDONED
RETRY start IN_PROGRESS | RETRY askApproval PENDING_APPROVAL | RETRY cascade ABANDONED | RETRY cancel CANCELLED
COMPLETED retry RETRY | SKIPPED retry RETRY | ABANDONED revive PENDING | ABANDONED retry RETRY`
const expected = new Map(
  CELLS.split(/[|\n]/)
    .map((cell) => cell.trim().split(' '))
    .map(([from, event, to]) => [`${from} ${event}`, to]),
)

describe('the table', () => {
  test.each(
    STATUSES.flatMap((status) =>
      [...PERSON_EVENTS, ...ENGINE_EVENTS].map((event) => [status, event] as const),
    ),
  )('%s × %s leads where the design says, or nowhere', (status, event) => {
    expect(next(status, event)).toBe(expected.get(`${status} ${event}`))
  })

  test.each([
    ['PENDING', ['hold', 'skip', 'abandon']],
    ['PAUSED', ['release', 'skip', 'abandon']],
    ['PENDING_APPROVAL', ['approve', 'reject', 'skip', 'abandon']],
    ['IN_PROGRESS', []],
    ['FAILED', ['adopt', 'retry', 'skip', 'abandon']],
    ['RETRY', []],
    ['COMPLETED', ['retry']],
    ['SKIPPED', ['retry']],
    ['ABANDONED', ['retry']],
    ['CANCELLED', []],
  ] as const)('people may ask of a task that is %s: %j', (status, events) => {
    expect(personEvents(status)).toEqual(events)
  })

  test.each([
    ['Not Started', 'PENDING'],
    ['Complete', 'COMPLETED'],
    ['skip', 'SKIPPED'],
    [' pending-approval ', 'PENDING_APPROVAL'],
    ['Banana', undefined],
    ['constructor', undefined],
  ])('the status written as "%s" is read as %s', (text, status) => {
    expect(parseStatus(text)).toBe(status)
  })
})
