import type { Clock } from '../../src/ports/clock.ts'
import { AmbiguousFailure, TransientFailure } from '../../src/ports/failure.ts'
import type { Chance } from './chance.ts'
import type { Fault, Faults } from './faults.ts'
import type { Timeline } from './timeline.ts'

/** The faults of the road to a neighbour. */
export interface Road {
  /** The call does not get there. */
  readonly away: Fault
  /** It gets there, and its reply does not get back. */
  readonly lost: Fault
  readonly late?: Fault
  /** It answers with an error before it does anything, as one that might have done it. */
  readonly broken?: Fault
  /** Whether a call without a reply leaves its sender in doubt; what only looks, or may be repeated, does not. */
  readonly doubtful?: boolean
}

/** A caller waits this long for a reply. The call itself may still arrive. */
const PATIENCE_MILLISECONDS = 10_000

/** A process that may die or sleep at every call it makes. What it had begun is then forgotten; what it had sent arrives. */
export interface Process {
  readonly clock: Clock
  isAlive(): boolean
  isAsleep(): boolean
  /** One call: it travels, has its effect, and the reply travels back to whoever is still there to hear it. */
  call<Reply>(road: Road, effect: () => Promise<Reply>): Promise<Reply>
  die(): void
}

export interface Ground {
  readonly time: Timeline
  readonly chance: Chance
  readonly faults: Faults
}

export function startProcess({ time, chance, faults }: Ground, onDeath: () => void): Process {
  let alive = true
  let wakesAt = 0
  // Machines keep their clocks within seconds of each other; the protocol's quiet time allows for that much.
  const skew = faults.strikes('clocks differ') ? chance.between(-5_000, 5_000) : 0

  /** Runs it in this process: never after its death, and not before it wakes. */
  const here = (run: () => void) => {
    if (!alive) return
    if (time.now() < wakesAt) time.after(wakesAt - time.now(), () => here(run))
    else run()
  }
  const die = () => {
    if (!alive) return
    alive = false
    onDeath()
  }

  return {
    isAlive: () => alive,
    isAsleep: () => time.now() < wakesAt,
    die,
    clock: {
      now: () => new Date(time.now() + skew),
      after: (milliseconds, run) => time.after(milliseconds, () => here(run)),
    },
    call: (road, effect) =>
      new Promise((resolve, reject) => {
        // A reply that comes at once costs the simulation no step of its own; it is as good as one that takes its time.
        const back = (settle: () => void) =>
          chance.happens(0.6) ? here(settle) : time.after(chance.between(0, 20), () => here(settle))
        const silence = (fault: Fault) =>
          road.doubtful ? new AmbiguousFailure(`${fault}.`) : new TransientFailure(`${fault}.`)
        if (faults.strikes('process dies before a call')) return die()
        if (faults.strikes('process sleeps for minutes'))
          wakesAt = time.now() + chance.between(20_000, 900_000)
        const travel =
          road.late && faults.strikes(road.late) ? chance.between(1_000, 600_000) : chance.between(0, 30)
        // What is not sent yet waits for the process; what was sent arrives without it.
        const sent = chance.happens(0.5)
        const go = () => {
          if (faults.strikes(road.away)) return back(() => reject(new TransientFailure(`${road.away}.`)))
          const { broken } = road
          if (broken && faults.strikes(broken)) return back(() => reject(silence(broken)))
          effect().then(
            (reply) => {
              if (faults.strikes('process dies after a call')) return die()
              if (faults.strikes(road.lost)) return back(() => reject(silence(road.lost)))
              back(() => resolve(reply))
            },
            (error: unknown) => back(() => reject(error)),
          )
        }
        time.after(travel, sent ? go : () => here(go))
        if (road.late && travel > PATIENCE_MILLISECONDS)
          time.after(PATIENCE_MILLISECONDS, () => here(() => reject(silence(road.late ?? road.lost))))
      }),
  }
}
