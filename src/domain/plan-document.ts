import { z } from 'zod'

export const TASKS = 2_000
export const EDGES = 10_000
export const INPUT_BYTES = 32_768
export const NAME_LENGTH = 150
/** Longer than any recovery takes, short enough that a forgotten approval does not wait for ever. */
const WAIT_MINUTES = 30 * 24 * 60

const id = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'expected 1 to 64 letters, digits, dots, dashes and underscores, with a letter or digit first',
  )
const line = (most: number) =>
  z
    .string()
    .max(most, `expected at most ${most} characters`)
    .regex(/^[^\p{Cc}]*\S[^\p{Cc}]*$/u, 'expected one line of text')
const text = (most: number) =>
  z.string().regex(/\S/, 'expected some text').max(most, `expected at most ${most} characters`)
const minutes = z
  .int('expected a whole number of minutes')
  .min(1, 'expected at least 1 minute')
  .max(WAIT_MINUTES, `expected at most ${WAIT_MINUTES} minutes (30 days)`)
const addresses = z.array(z.email('expected one e-mail address such as dr-team@example.com')).max(50)

const approval = z.strictObject({
  description: text(1_000).optional(),
  timeout_minutes: minutes.optional(),
})

/** A task as a plan's author writes it. */
export const taskDocument = z.strictObject({
  task_id: id,
  task_type: z.string(),
  name: line(NAME_LENGTH).optional(),
  task_successors: z.array(z.string()).optional(),
  // Its content is checked with the schema of the task's type.
  inputs: z.record(z.string(), z.json()).optional(),
  approval: z.preprocess((written) => (written === true ? {} : written), approval).optional(),
  timeout_minutes: minutes.optional(),
  expected_minutes: minutes.optional(),
  /** Completed, it shows that the application is well again. */
  health_check: z.boolean().optional(),
  retries: z.int('expected a whole number').min(0, 'expected 0 to 10').max(10, 'expected 0 to 10').optional(),
})
export type TaskDocument = z.infer<typeof taskDocument>

const notifications = z.strictObject({
  enabled: z.boolean().optional(),
  default_recipients: addresses.optional(),
  default_groups: z.array(line(NAME_LENGTH)).max(50).optional(),
  task_level_settings: z
    .array(
      z.strictObject({
        task_id: z.string(),
        enabled: z.boolean().optional(),
        override_defaults: z.boolean().optional(),
        recipients: addresses.optional(),
        email_body: text(1_000).optional(),
      }),
    )
    .max(TASKS)
    .optional(),
})

/** The whole document. Its tasks, and those of its waves, are read one by one: a broken one does not hide the others. */
export const planDocument = z.strictObject({
  recovery_plan_id: id,
  name: line(NAME_LENGTH).optional(),
  description: text(1_000).optional(),
  tasks: z.array(z.unknown()).default([]),
  waves: z
    .array(
      z.strictObject({
        wave_name: line(NAME_LENGTH).optional(),
        /** The id of one of the plan's tasks, or a task. */
        tasks: z.array(z.unknown()).min(1, 'expected at least one task'),
      }),
    )
    .default([]),
  objectives: z
    .strictObject({
      rto_minutes: minutes.optional(),
      rpo_minutes: z.int().min(0).max(WAIT_MINUTES).optional(),
    })
    .default({}),
  notifications: notifications.optional(),
  /** Free. `runbook` and `bridge`, where they are https addresses, become links of the war room. */
  custom_attributes: z.record(z.string(), z.json()).default({}),
})
export type PlanDocument = z.infer<typeof planDocument>
