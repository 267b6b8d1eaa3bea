import { z } from 'zod'
import { MODES, type Mode } from './execution.ts'

const platformId = (sample: string) => z.array(z.string().regex(/^[a-z]+:\S+$/, `write it as "${sample}"`))

/** People by platform id, user groups, and addresses that the platform has verified. */
export const named = {
  people: platformId('slack:U0123').default([]),
  groups: platformId('slack:S0123').default([]),
  emails: z.array(z.email().toLowerCase()).default([]),
}
const somebody = z.strictObject(named)
export type Named = z.infer<typeof somebody>

const VOTES = 10

/** What a gate asks of people. The first rule that fits a gate decides; a gate that none fits takes one person with the approver role. */
export const gateRule = z
  .strictObject({
    /** Only for these plans, gates (ids of approval tasks, "approve-*" for all that begin so) and modes; absent: for all. */
    plans: z.array(z.string()).optional(),
    gates: z.array(z.string()).optional(),
    modes: z.array(z.enum(MODES)).optional(),
    /** One person fills one seat of one row. A row that names nobody takes anybody with the approver role. */
    needs: z
      .array(z.strictObject({ ...named, count: z.int().min(1).max(VOTES).default(1) }))
      .min(1)
      .max(VOTES)
      .default([{ people: [], groups: [], emails: [], count: 1 }]),
    /** Neither who started the run nor who edited the plan last may decide. */
    four_eyes: z.boolean().default(false),
    /** Whose "no" ends it; absent: that of anybody who may decide. Any other "no" is on record and stops nobody. */
    veto: somebody.optional(),
    /** What happens when nobody decides in time. Nothing is ever approved by silence. */
    on_silence: z.enum(['hold', 'decline']).default('hold'),
    /** Deciding takes a fresh sign-in of its own. */
    step_up: z.boolean().default(false),
    /** Any two of these may open the gate in an emergency, each with a reason. Everybody is told. */
    break_glass: somebody.optional(),
  })
  .refine(({ on_silence, modes }) => on_silence === 'hold' || (modes?.length === 1 && modes[0] === 'drill'), {
    path: ['on_silence'],
    message: 'only a drill may be declined by silence; add "modes: [drill]", or let it hold',
  })
export type GateRule = z.infer<typeof gateRule>

/** What one gate asks of people. */
export type Requirement = Pick<
  GateRule,
  'needs' | 'four_eyes' | 'veto' | 'on_silence' | 'step_up' | 'break_glass'
>

/** What the gate asks of people; the parsed defaults of a rule that says nothing where no rule fits. */
export function requirementFor(
  rules: readonly GateRule[],
  gate: { readonly plan: string; readonly id: string; readonly mode: Mode },
): Requirement {
  const fits = ({ plans, gates, modes }: GateRule) =>
    (!plans || plans.includes(gate.plan)) &&
    (!gates || gates.some((pattern) => covers(pattern, gate.id))) &&
    (!modes || modes.includes(gate.mode))
  return rules.find(fits) ?? DEFAULT
}

const DEFAULT: Requirement = gateRule.parse({})

const covers = (pattern: string, id: string): boolean =>
  pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : pattern === id

/** How many people it takes. */
export const seatsOf = ({ needs }: Requirement): number => needs.reduce((sum, { count }) => sum + count, 0)

/** A row that takes anybody with the role. */
export const isOpen = ({ people, groups, emails }: Named): boolean =>
  people.length + groups.length + emails.length === 0
