import type { Concerns } from './operation.ts'
import type { Action, OutcomeKind, Outcomes, Rule, WireAction } from './scenario.ts'
import type { World } from './world.ts'

/** What a rule's `when` is compared with. */
export interface Occasion {
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly attempt: number
  readonly concerns: Concerns
}

/** An outcome rule is used up only by calls that can lead to that outcome. */
const OUTCOME_OPERATIONS: Record<OutcomeKind, readonly string[]> = {
  launchFails: ['StartRecovery'],
  jobHangs: ['StartRecovery', 'TerminateRecoveryInstances'],
  skipServer: ['StartRecovery'],
  previousSnapshot: ['StartRecovery'],
  automationFails: ['StartAutomationExecution'],
  automationHangs: ['StartAutomationExecution'],
  automationOutputs: ['StartAutomationExecution'],
  commandFails: ['SendCommand'],
  commandHangs: ['SendCommand'],
  failoverFails: ['SwitchoverGlobalCluster', 'FailoverGlobalCluster', 'FailoverDBCluster'],
  entriesFail: ['PutEvents'],
  listLagSeconds: ['DescribeJobs', 'DescribeAutomationExecutions', 'ListCommands', 'ListCommandInvocations'],
}

/** The first rule that applies to this call on the wire. Rules behind it are not used up. */
export function wireAction(world: World, occasion: Occasion): WireAction | undefined {
  for (const [index, rule] of world.scenario.entries()) {
    if (isWire(rule.then) && matches(rule, occasion) && spend(world, index, rule)) return rule.then
  }
  return undefined
}

/** Answers for one call which outcome rules apply to it. However many servers the call names, it uses up a rule once. */
export function fateOf(world: World, occasion: Occasion) {
  const applies = new Map<number, boolean>()
  return <Kind extends OutcomeKind>(kind: Kind, about: Concerns = {}): Outcomes[Kind] | undefined => {
    if (!OUTCOME_OPERATIONS[kind].includes(occasion.operation)) return undefined
    for (const [index, rule] of world.scenario.entries()) {
      if (!isKind(kind, rule.then) || !matches(rule, { ...occasion, concerns: about })) continue
      const applying = applies.get(index) ?? spend(world, index, rule)
      applies.set(index, applying)
      if (applying) return rule.then
    }
    return undefined
  }
}

function matches({ when }: Rule, occasion: Occasion): boolean {
  const { concerns } = occasion
  return (
    (when.operation ?? occasion.operation) === occasion.operation &&
    (when.service ?? occasion.service) === occasion.service &&
    (when.region ?? occasion.region) === occasion.region &&
    (when.attempt ?? occasion.attempt) === occasion.attempt &&
    concerned(when.server, concerns.server) &&
    concerned(when.document, concerns.document) &&
    concerned(when.cluster, concerns.cluster) &&
    concerned(when.zone, concerns.zone) &&
    concerned(when.role, concerns.role)
  )
}

const concerned = (wanted: string | undefined, names: readonly string[] = []): boolean =>
  wanted === undefined || names.includes(wanted)

/** Counts one more matching call, and says whether the rule applies to it. */
function spend(world: World, index: number, rule: Rule): boolean {
  const before = world.matched[index] ?? 0
  world.matched[index] = before + 1
  const skip = rule.skip ?? 0
  return before >= skip && before < skip + (rule.times ?? Number.POSITIVE_INFINITY)
}

const isWire = (action: Action): action is WireAction =>
  !Object.keys(OUTCOME_OPERATIONS).some((kind) => kind in action)

const isKind = <Kind extends OutcomeKind>(kind: Kind, action: Action): action is Action & Outcomes[Kind] =>
  kind in action
