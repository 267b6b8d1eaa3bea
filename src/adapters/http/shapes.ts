import { z } from 'zod'
import { GATE_EVENTS } from '../../domain/ballot.ts'
import { type Execution, MODES, statusOf } from '../../domain/execution.ts'
import { optional } from '../../domain/optional.ts'
import { receipt, voteReceipt } from '../../domain/receipt.ts'
import { STATUSES } from '../../domain/transitions.ts'

/** Bodies of the API, in the seed's snake_case; the OpenAPI document is made of these same schemas. */
export const startBody = z
  .strictObject({
    recovery_plan_id: z.string().min(1).max(64),
    mode: z.enum(MODES).describe('drill: a rehearsal. recovery: the real thing. There is no default.'),
    reason: z.string().max(3000).optional(),
  })
  .meta({ id: 'StartExecution' })

export const decisionBody = z
  .strictObject({
    task_id: z.string().min(1).max(128),
    attempt: z.int().min(1).optional().describe('The attempt that was seen; another one by now is refused.'),
    status: z
      .enum(STATUSES)
      .optional()
      .describe('The status that was seen, with the attempt; another one by now is refused.'),
    reason: z.string().max(3000).optional(),
  })
  .meta({ id: 'TaskDecision' })

/** Of a voice that is on record. */
export const brokenGlass = z
  .union([z.literal(true), z.literal('without-sign-in')])
  .describe('An emergency; "without-sign-in": it took one, and the identity provider did not answer.')

export const approveBody = decisionBody
  .extend({
    break_glass: z
      .literal(true)
      .optional()
      .describe(
        'An emergency: it counts with a second person whom the policy names for it, and takes a reason.',
      ),
  })
  .meta({ id: 'Approval' })

export const adoptBody = decisionBody
  .extend({
    reference: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .describe('What in AWS is followed; needless where the attempt left one thing only.'),
  })
  .meta({ id: 'Adoption' })

export const runBody = z
  .strictObject({
    task_id: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .describe('pause and resume only: holds or releases this task.'),
    reason: z.string().max(3000).optional(),
  })
  .meta({ id: 'RunRequest' })

export const taskShape = z
  .object({
    task_id: z.string(),
    name: z.string(),
    task_type: z.string(),
    status: z.enum(STATUSES),
    attempt: z.int(),
    task_predecessors: z.array(z.string()),
    task_successors: z.array(z.string()),
    started_at: z.string().optional(),
    ended_at: z.string().optional(),
    deadline: z.string().optional(),
    summary: z.string().optional(),
    failure: z.object({ kind: z.string(), message: z.string() }).optional(),
    decision: z
      .object({
        event: z.string(),
        by: z.string(),
        at: z.string(),
        reason: z.string().optional(),
        receipt: z.string().describe('As the card shows it: a decision without one is not on record.'),
      })
      .optional(),
    votes: z
      .array(
        z.object({
          for: z.enum(GATE_EVENTS),
          by: z.string(),
          at: z.string(),
          reason: z.string().optional(),
          receipt: z.string(),
          break_glass: brokenGlass.optional(),
        }),
      )
      .optional()
      .describe('Of an approval that takes several people: the last word of each.'),
    references: z.array(z.string()).optional(),
  })
  .meta({ id: 'Task' })

export const executionShape = z
  .object({
    execution_id: z.string(),
    recovery_plan_id: z.string(),
    plan_version: z.int(),
    plan_hash: z.string(),
    mode: z.enum(MODES),
    status: z.string(),
    version: z.int(),
    started_at: z.string(),
    started_by: z.string(),
    ended_at: z.string().optional(),
    reason: z.string().optional(),
    paused: z.boolean(),
    cancelled: z.boolean(),
    tasks: z.array(taskShape),
  })
  .meta({ id: 'Execution' })

/** An execution as the API shows it. */
export function executionBody(execution: Execution): z.input<typeof executionShape> {
  return {
    execution_id: execution.id,
    recovery_plan_id: execution.plan.id,
    plan_version: execution.plan.version,
    plan_hash: execution.plan.hash,
    mode: execution.mode,
    status: statusOf(execution),
    version: execution.version,
    started_at: execution.startedAt,
    started_by: execution.startedBy.id,
    ...(execution.endedAt ? { ended_at: execution.endedAt } : {}),
    ...(execution.reason ? { reason: execution.reason } : {}),
    paused: execution.paused !== undefined,
    cancelled: execution.cancelled !== undefined,
    tasks: [...execution.tasks.values()].map((task) => ({
      task_id: task.id,
      name: task.name,
      task_type: task.type,
      status: task.status,
      attempt: task.attempt,
      task_predecessors: [...task.predecessors],
      task_successors: [...task.successors],
      ...(task.startedAt ? { started_at: task.startedAt } : {}),
      ...(task.endedAt ? { ended_at: task.endedAt } : {}),
      ...(task.deadline ? { deadline: task.deadline } : {}),
      ...(task.summary ? { summary: task.summary } : {}),
      ...(task.failure ? { failure: { ...task.failure } } : {}),
      ...(task.decision
        ? {
            decision: {
              event: task.decision.event,
              by: task.decision.by.id,
              at: task.decision.at,
              receipt: receipt(execution.id, task.id, task.attempt, task.decision),
              ...(task.decision.reason ? { reason: task.decision.reason } : {}),
            },
          }
        : {}),
      ...(task.votes
        ? {
            votes: task.votes.map((vote) => ({
              ...{ for: vote.for, by: vote.by.id, at: vote.at },
              receipt: voteReceipt(execution.id, task.id, task.attempt, vote),
              ...optional('reason', vote.reason),
              ...optional('break_glass', vote.breakGlass),
            })),
          }
        : {}),
      ...(task.effect?.phase === 'running' ? { references: [...task.effect.references] } : {}),
    })),
  }
}
