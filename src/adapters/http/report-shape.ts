import { z } from 'zod'
import { type AfterAction, FORMAT } from '../../domain/after-action.ts'
import { MODES } from '../../domain/execution.ts'
import { STATUSES } from '../../domain/transitions.ts'
import { brokenGlass } from './shapes.ts'
import { snaked } from './snake-case.ts'

const minutes = z.number()
const at = z.iso.datetime()
const record = z.int().describe('The version of the record that tells of it.')
const by = z.strictObject({ kind: z.enum(['person', 'token', 'engine']), id: z.string(), name: z.string() })
const reason = z.string().optional()
/** The report as the API gives it; `npm start -- audit verify --report` takes the same. */
export const reportShape = z
  .strictObject({
    format: z.literal(FORMAT),
    drawn_up_at: at.describe('What still lasted then is counted up to then.'),
    run: z.strictObject({
      id: z.string(),
      plan: z.strictObject({ id: z.string(), name: z.string(), version: z.int(), hash: z.string() }),
      mode: z.enum(MODES),
      status: z.enum(STATUSES),
      started_at: at,
      started_by: by,
      reason,
      ended_at: at.optional(),
    }),
    objectives: z.strictObject({
      rto: z.strictObject({
        objective_minutes: minutes.optional(),
        actual_minutes: minutes.optional().describe('From the declaration to the end of the last task.'),
        met: z.boolean().optional(),
        to_health_minutes: minutes
          .optional()
          .describe('To the end of the last task that the plan marks as its check of health.'),
        health_checks: z.int(),
      }),
      rpo: z.strictObject({
        objective_minutes: minutes.optional(),
        worst_minutes: minutes
          .optional()
          .describe(
            'From the oldest recovery point used to the declaration; absent where no task recorded one.',
          ),
        met: z.boolean().optional(),
        recovery_points: z.int(),
        oldest: z.strictObject({ task: z.string(), of: z.string(), at }).optional(),
      }),
    }),
    critical_path: z.array(z.string()),
    waiting: z.strictObject({
      total_minutes: minutes,
      critical_minutes: minutes,
      paused_minutes: minutes,
      waits: z.array(
        z.strictObject({
          task: z.string(),
          attempt: z.int(),
          for: z.enum(['approval', 'failure']),
          from: at,
          to: at,
          minutes,
          critical: z.boolean(),
          ended_by: z.strictObject({ record, event: z.string(), by }).optional(),
        }),
      ),
    }),
    decisions: z.array(
      z.strictObject({
        record,
        at,
        by,
        source: z.string(),
        what: z.string(),
        vote: z.string().optional(),
        break_glass: brokenGlass.optional(),
        task: z.string().optional(),
        attempt: z.int().optional(),
        reason,
        waited_minutes: minutes.optional(),
        receipt: z.string().optional(),
      }),
    ),
    failures: z.array(
      z.strictObject({
        record,
        at,
        task: z.string(),
        attempt: z.int(),
        kind: z.string(),
        message: z.string(),
        minutes: z.int().optional(),
        left: z.array(z.string()).optional(),
        became: z.strictObject({ record, at, event: z.string(), by, reason }).optional(),
      }),
    ),
    deviations: z.array(
      z.strictObject({
        kind: z.string(),
        at,
        task: z.string(),
        record: record.optional(),
        attempt: z.int().optional(),
        by: by.optional(),
        reason,
        minutes: minutes.optional(),
      }),
    ),
    tasks: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        type: z.string(),
        status: z.enum(STATUSES),
        attempts: z.int(),
        failures: z.int(),
        critical: z.boolean(),
        planned: z.strictObject({ from: at, to: at, minutes }),
        actual: z.strictObject({ from: at, to: at.optional(), minutes }).optional(),
        late_minutes: minutes.optional(),
        over_minutes: minutes.optional(),
        waited_minutes: minutes,
        summary: z.string().optional(),
      }),
    ),
    timeline: z.array(
      z.strictObject({
        record,
        at,
        by,
        source: z.string(),
        kind: z.string(),
        task: z.string().optional(),
        attempt: z.int().optional(),
        reason,
        text: z.string().optional(),
        failure: z.string().optional(),
        minutes: z.int().optional(),
        left: z.array(z.string()).optional(),
        vote: z.string().optional(),
        break_glass: brokenGlass.optional(),
        rung: z.string().optional(),
        role: z.string().optional(),
        person: by.optional(),
        references: z.array(z.string()).optional(),
        lines: z.array(z.string()).optional(),
      }),
    ),
    chain: z.strictObject({
      records: z.int(),
      first_hash: z.string(),
      last_hash: z.string(),
      intact: z.boolean(),
    }),
  })
  .meta({ id: 'AfterActionReport' })

/** A report as the API shows it. */
export const reportBody = (report: AfterAction): z.input<typeof reportShape> => snaked(report)
