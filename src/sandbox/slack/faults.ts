import { z } from 'zod'
import { takeFault } from '../take-fault.ts'
import type { DeliveryKind } from './transport/delivery.ts'

const times = z.exactOptional(z.int().min(1))
/** The name of a Web API method, or "*" for every one. */
const method = z.string().min(1)

const methodFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('error'), method, error: z.string().min(1), times }),
  z.strictObject({ kind: z.literal('ratelimited'), method, retryAfterSeconds: z.int().min(0), times }),
  z.strictObject({ kind: z.literal('http'), method, status: z.int().min(400).max(599), times }),
  /** Nothing is done, and no answer ever comes. */
  z.strictObject({ kind: z.literal('hang'), method, times }),
  /** It is done, but the connection breaks before the answer. */
  z.strictObject({ kind: z.literal('reset-after-processing'), method, times }),
])
export type MethodFault = z.output<typeof methodFaultSchema>

/** Which deliveries; without it, every one. */
const of = z.exactOptional(z.enum(['command', 'click', 'submission', 'closing', 'shortcut', 'event']))

const deliveryFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('drop'), of, times }),
  z.strictObject({ kind: z.literal('duplicate'), of, times }),
  z.strictObject({ kind: z.literal('delay'), of, milliseconds: z.int().min(0), times }),
])
export type DeliveryFault = z.output<typeof deliveryFaultSchema>

export const faultsSchema = z.strictObject({
  methods: z.exactOptional(z.array(methodFaultSchema)),
  deliveries: z.exactOptional(z.array(deliveryFaultSchema)),
  rateLimits: z.exactOptional(z.enum(['on', 'off'])),
})

/** What goes wrong. The first that fits decides; `times` is how often it does so, without it always. */
export type Faults = z.output<typeof faultsSchema>

export interface FaultBoard {
  /** From now on these, counted from nothing. */
  set(faults: Faults): void
  /** Those that still apply. */
  left(): Faults
  takeForMethod(name: string): MethodFault | undefined
  takeForDelivery(kind: DeliveryKind): DeliveryFault | undefined
  limitsRates(): boolean
}

export function createFaultBoard(begin: Faults): FaultBoard {
  let faults = begin
  return {
    set: (next) => {
      faults = next
    },
    left: () => faults,
    takeForMethod: (name) => {
      const { found, left } = takeFault(
        faults.methods ?? [],
        (fault) => fault.method === '*' || fault.method === name,
      )
      faults = { ...faults, methods: left }
      return found
    },
    takeForDelivery: (kind) => {
      const { found, left } = takeFault(
        faults.deliveries ?? [],
        (fault) => fault.of === undefined || fault.of === kind,
      )
      faults = { ...faults, deliveries: left }
      return found
    },
    limitsRates: () => faults.rateLimits !== 'off',
  }
}
