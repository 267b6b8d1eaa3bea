import { randomUUID } from 'node:crypto'
import { type Caller, callerOf, readAuthorization } from './caller.ts'
import { type Call, remember } from './calls.ts'
import type { Estate } from './estate.ts'
import type { Operation } from './operation.ts'
import type { Asked, WireAnswer, WireRequest } from './protocols/protocol.ts'
import { type AwsRefusal, isRefusal, refuse } from './refusal.ts'
import { fateOf, type Occasion, wireAction } from './rules.ts'
import type { WireAction } from './scenario.ts'
import type { AwsApi } from './services/api.ts'
import { likelyService, SERVICES } from './services/index.ts'
import type { World } from './world.ts'

/** What the connection is to do. */
export type Delivery =
  | { readonly kind: 'answer'; readonly answer: WireAnswer; readonly lateSeconds: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'cut' }

export interface Ground {
  readonly world: World
  readonly estate: Estate
  readonly now: Date
  /** How many AWS seconds pass in one second of the clock. */
  readonly speed: number
  /** Keeps the world where it is kept. */
  keep(): void
}

/** One request: recognise it, let the scenario have its say, do the work, remember it, keep it, then answer. */
export function serve(request: WireRequest, ground: Ground): Delivery {
  const { world } = ground
  const heard = hear(request, ground)
  const countedBefore = world.matched.join()
  const action = wireAction(world, heard.occasion)
  const cutBefore = action !== undefined && 'cutBefore' in action
  const output = cutBefore ? undefined : decide(heard, action, ground)

  remember(world, callOf(heard, action, output, ground))
  if (heard.operation?.changes || world.matched.join() !== countedBefore) ground.keep()

  if (!output || (action && 'loseReply' in action)) return { kind: 'cut' }
  if (action && 'hang' in action) return { kind: 'hang' }
  const lateSeconds = action && 'lateSeconds' in action ? action.lateSeconds : 0
  return { kind: 'answer', answer: written(heard, output), lateSeconds }
}

/** A request, recognised. */
interface Heard {
  /** The service, or for an unknown one the likeliest: its client must be able to read the refusal. */
  readonly api: AwsApi
  readonly asked: Asked
  readonly operation: Operation | undefined
  readonly prepared: ReturnType<Operation['prepare']> | undefined
  readonly occasion: Occasion
  readonly accessKey: string
  readonly caller: Caller | AwsRefusal
}

function hear(request: WireRequest, ground: Ground): Heard {
  const signed = readAuthorization(request.headers.authorization)
  const known = signed && SERVICES.find(({ name }) => name === signed.service)
  const api = known ?? likelyService(request)
  const asked = api.protocol.read(request)
  const operation = known?.operations[asked.operation]
  const prepared = operation?.prepare(asked.input, ground.estate)
  const occasion = {
    service: signed?.service ?? api.name,
    operation: asked.operation,
    region: signed?.region ?? '(none)',
    attempt: Number(/attempt=(\d+)/.exec(request.headers['amz-sdk-request'] ?? '')?.[1] ?? 1),
    concerns: prepared && 'concerns' in prepared ? prepared.concerns : {},
  }
  const caller = callerOf(request, signed, api.protocol, ground)
  return { api, asked, operation, prepared, occasion, accessKey: signed?.accessKey ?? '(unsigned)', caller }
}

function decide(heard: Heard, action: WireAction | undefined, ground: Ground): object {
  const { api, asked, prepared, occasion, caller } = heard
  if (isRefusal(caller)) return caller
  const forced = action && forcedRefusal(action, api)
  if (forced) return forced
  if (!prepared) {
    const what = `${occasion.service}:${occasion.operation}`
    return refuse(api.protocol.codes.unknownOperation, `The practice ground does not know ${what}.`)
  }
  if (asked.unreadable) return refuse('SerializationException', asked.unreadable)
  if ('problem' in prepared) return refuse(api.codes.invalidInput, prepared.problem)
  return prepared.run({ ...ground, caller, region: occasion.region, fate: fateOf(ground.world, occasion) })
}

function forcedRefusal(action: WireAction, { codes }: AwsApi): AwsRefusal | undefined {
  if ('throttle' in action) {
    const { retryAfterSeconds } = action
    return refuse(codes.throttled, 'Rate exceeded', { status: codes.throttledStatus, retryAfterSeconds })
  }
  if (!('error' in action)) return undefined
  const { code, message, status = likelyStatus(code), retryAfterSeconds } = action.error
  return refuse(code, message ?? `${code}, as the scenario wants it.`, { status, retryAfterSeconds })
}

/** The status that goes with a code, where the scenario leaves it out. */
function likelyStatus(code: string): number {
  if (code.startsWith('Internal')) return 500
  if (code.startsWith('ServiceUnavailable')) return 503
  if (code.startsWith('AccessDenied')) return 403
  return code === 'ConflictException' ? 409 : 400
}

function callOf(
  heard: Heard,
  action: WireAction | undefined,
  output: object | undefined,
  ground: Ground,
): Call {
  const { asked, operation, occasion, accessKey, caller } = heard
  const { service, region, attempt } = occasion
  return {
    at: ground.now.toISOString(),
    service,
    operation: asked.operation,
    region,
    caller: accessKey,
    callerArn: isRefusal(caller) ? undefined : caller.arn,
    attempt,
    input: asked.input,
    outcome: outcomeOf(action, output),
    error: output && isRefusal(output) ? output.code : undefined,
    changes: operation?.changes ?? false,
  }
}

function outcomeOf(action: WireAction | undefined, output: object | undefined): Call['outcome'] {
  if (!output) return 'cut'
  if (action && 'loseReply' in action) return 'lost'
  if (action && 'hang' in action) return 'hung'
  return isRefusal(output) ? 'refused' : 'answered'
}

function written({ api, asked }: Heard, output: object): WireAnswer {
  const requestId = randomUUID()
  if (!isRefusal(output)) return api.protocol.answer(asked.operation, output, requestId)
  const answer = api.protocol.refuse(output, requestId)
  const { retryAfterSeconds } = output
  if (retryAfterSeconds === undefined) return answer
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } }
}
