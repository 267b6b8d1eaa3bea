import { z } from 'zod'
import { executionId, type Place } from '../../domain/execution.ts'
import { optional } from '../../domain/optional.ts'
import type { PersonEvent } from '../../domain/transitions.ts'
import type { Asker, Door, Handled } from '../../ports/door.ts'
import { type ProblemAnswer, refusalProblem } from './problem.ts'
import { type ReportParts, reportRoutes } from './report-routes.ts'
import {
  adoptBody,
  approveBody,
  decisionBody,
  executionBody,
  executionShape,
  runBody,
  startBody,
} from './shapes.ts'

export interface Call {
  readonly parameters: { readonly [name: string]: string }
  readonly query: unknown
  readonly body: unknown
  readonly asker: Asker
  /** For runs started here: where they are told. */
  readonly toldIn: readonly Place[]
  /** The id of a run started by this call. */
  readonly newId: string
}
/** What is no JSON: bytes or text of the route's type. */
export interface FileAnswer {
  readonly status: number
  readonly content: string | Uint8Array
  readonly name: string
}
export type Answer = ProblemAnswer | FileAnswer

export interface Route {
  readonly method: 'get' | 'post' | 'put'
  /** As OpenAPI writes it: /executions/{id}. */
  readonly path: string
  readonly summary: string
  readonly body?: z.ZodType
  readonly query?: z.ZodType
  readonly gives: z.ZodType
  /** Of what it gives where it succeeds; JSON where nothing is said. */
  readonly type?: 'text/markdown' | 'application/pdf'
  readonly success: number
  run(call: Call): Promise<Answer>
}

const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  before: z.string().max(64).optional().describe('The last execution_id of the page before.'),
})
const planShape = z.object({
  recovery_plan_id: z.string(),
  version: z.int(),
  hash: z.string(),
  document: z.unknown(),
})
const planDocument = z.looseObject({ recovery_plan_id: z.string() }).meta({ id: 'RecoveryPlan' })

const anyDecision = adoptBody.extend(approveBody.shape)

/** Every route of the API. The router and the OpenAPI document are both made of this table. */
export function routes(door: Door, reporting: ReportParts): readonly Route[] {
  const answer = (handled: Handled, success = 200): Answer =>
    handled.kind === 'done'
      ? { status: success, body: executionBody(handled.execution) }
      : refusalProblem(handled.refusal)

  const onTask = (asks: PersonEvent): Route => ({
    method: 'post',
    path: `/executions/{id}/${asks}`,
    summary: `${asks.charAt(0).toUpperCase()}${asks.slice(1)} a task`,
    body: asks === 'adopt' ? adoptBody : asks === 'approve' ? approveBody : decisionBody,
    gives: executionShape,
    success: 200,
    async run({ parameters, body, asker }) {
      const { task_id, attempt, status, reason, reference, break_glass } = anyDecision.parse(body)
      const seen = attempt === undefined ? undefined : { attempt, ...optional('status', status) }
      const said = {
        ...optional('reason', reason),
        ...optional('reference', reference),
        ...optional('breakGlass', break_glass),
      }
      const request = { asks, task: task_id, ...optional('seen', seen), ...said }
      return answer(await door.handle(parameters.id ?? '', request, asker))
    },
  })

  const onRun = (asks: 'pause' | 'resume' | 'cancel', taskAsks?: 'hold' | 'release'): Route => ({
    method: 'post',
    path: `/executions/{id}/${asks}`,
    summary: taskAsks ? `${asks} the run, or ${taskAsks} one task` : `${asks} the run`,
    body: runBody,
    gives: executionShape,
    success: 200,
    async run({ parameters, body, asker }) {
      const { task_id, reason } = runBody.parse(body)
      const why = optional('reason', reason)
      const request = taskAsks && task_id ? { asks: taskAsks, task: task_id, ...why } : { asks, ...why }
      return answer(await door.handle(parameters.id ?? '', request, asker))
    },
  })

  return [
    {
      method: 'post',
      path: '/executions',
      summary: 'Start a failover or a drill',
      body: startBody,
      gives: executionShape,
      success: 201,
      async run({ body, asker, toldIn, newId }) {
        const { recovery_plan_id, mode, reason } = startBody.parse(body)
        const order = {
          id: executionId.parse(newId),
          plan: recovery_plan_id,
          mode,
          places: toldIn,
          ...optional('reason', reason),
        }
        return answer(await door.start(order, asker), 201)
      },
    },
    {
      method: 'get',
      path: '/executions',
      summary: 'The executions you may see, newest first',
      query: listQuery,
      gives: z.object({ executions: z.array(executionShape) }),
      success: 200,
      async run({ query, asker }) {
        const { limit, before } = listQuery.parse(query)
        const found = await door.recent(asker, limit, before)
        return { status: 200, body: { executions: found.map(executionBody) } }
      },
    },
    {
      method: 'get',
      path: '/executions/{id}',
      summary: 'One execution with its tasks',
      gives: executionShape,
      success: 200,
      run: async ({ parameters, asker }) => answer(await door.see(parameters.id ?? '', asker)),
    },
    ...reportRoutes(door, reporting),
    ...(['adopt', 'retry', 'skip', 'abandon', 'approve', 'reject'] as const).map(onTask),
    onRun('pause', 'hold'),
    onRun('resume', 'release'),
    onRun('cancel'),
    {
      method: 'get',
      path: '/plans',
      summary: 'The plans you may see',
      gives: z.object({ plans: z.array(z.object({ recovery_plan_id: z.string(), name: z.string() })) }),
      success: 200,
      async run({ asker }) {
        const plans = (await door.plans(asker)).map((plan) => ({
          recovery_plan_id: plan.id,
          name: plan.name,
          hash: plan.hash,
          tasks: plan.tasks.length,
          missing: plan.missing,
        }))
        return { status: 200, body: { plans } }
      },
    },
    {
      method: 'get',
      path: '/plans/{id}',
      summary: 'The latest version of a plan',
      gives: planShape,
      success: 200,
      async run({ parameters, asker }) {
        return planAnswer(await door.plan(parameters.id ?? '', asker))
      },
    },
    {
      method: 'put',
      path: '/plans/{id}',
      summary: 'Save a plan as its next version; an unchanged plan stays what it is',
      body: planDocument,
      gives: planShape,
      success: 200,
      async run({ parameters, body, asker }) {
        return planAnswer(await door.putPlan(parameters.id ?? '', body, asker))
      },
    },
  ]
}

function planAnswer(found: Awaited<ReturnType<Door['plan']>>): Answer {
  if (found.kind === 'refused') return refusalProblem(found.refusal)
  const { id, version, hash, document } = found.stored
  const { missing, warnings } = found.plan
  return { status: 200, body: { recovery_plan_id: id, version, hash, document, missing, warnings } }
}
