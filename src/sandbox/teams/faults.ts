import { z } from 'zod'
import { takeFault } from '../take-fault.ts'

export const ROUTES = [
  'token',
  'create-conversation',
  'send',
  'reply',
  'update',
  'delete',
  'members',
  'member',
  'paged-members',
  'activity-members',
  'team',
  'channels',
  'upload',
  'graph',
] as const
export type RouteName = (typeof ROUTES)[number]

const times = z.exactOptional(z.int().min(1))
const route = z.enum([...ROUTES, '*'])

const callFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('http'),
    route,
    status: z.int().min(400).max(599),
    code: z.exactOptional(z.string().min(1)),
    retryAfterSeconds: z.exactOptional(z.int().min(0)),
    times,
  }),
  /** Nothing is done, and no answer ever comes. */
  z.strictObject({ kind: z.literal('hang'), route, times }),
  /** It is done, but the connection breaks before the answer. */
  z.strictObject({ kind: z.literal('reset-after-processing'), route, times }),
])
export type CallFault = z.output<typeof callFaultSchema>

export const TOKEN_FAULTS = [
  'unsigned',
  'forged',
  'expired',
  'other-audience',
  'other-issuer',
  'other-service-url',
  'unendorsed',
  'other-tenant',
] as const

const deliveryFaultSchema = z.strictObject({
  kind: z.enum(['drop', 'duplicate', ...TOKEN_FAULTS]),
  /** Which deliveries; without it, every one. */
  of: z.exactOptional(z.enum(['message', 'invoke', 'installation'])),
  times,
})
export type DeliveryFault = z.output<typeof deliveryFaultSchema>
export type DeliveryKind = NonNullable<DeliveryFault['of']>

export const teamsFaultsSchema = z.strictObject({
  calls: z.exactOptional(z.array(callFaultSchema)),
  deliveries: z.exactOptional(z.array(deliveryFaultSchema)),
  rateLimits: z.exactOptional(z.enum(['on', 'off'])),
})

/** What goes wrong. The first that fits decides; `times` is how often it does so, without it always. */
export type TeamsFaults = z.output<typeof teamsFaultsSchema>

export interface FaultBoard {
  /** From now on these, counted from nothing. */
  set(faults: TeamsFaults): void
  takeForCall(name: RouteName): CallFault | undefined
  takeForDelivery(kind: DeliveryKind): DeliveryFault | undefined
  limitsRates(): boolean
}

export function createFaultBoard(begin: TeamsFaults): FaultBoard {
  let faults = teamsFaultsSchema.parse(begin)
  return {
    set: (next) => {
      faults = teamsFaultsSchema.parse(next)
    },
    takeForCall: (name) => {
      const { found, left } = takeFault(faults.calls ?? [], (fault) => ['*', name].includes(fault.route))
      faults = { ...faults, calls: left }
      return found
    },
    takeForDelivery: (kind) => {
      const { found, left } = takeFault(faults.deliveries ?? [], ({ of = kind }) => of === kind)
      faults = { ...faults, deliveries: left }
      return found
    },
    limitsRates: () => faults.rateLimits !== 'off',
  }
}
