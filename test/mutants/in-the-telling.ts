import type { Mutant } from './mutant.ts'

const OUT_OF_REACH = ['test/engine/out-of-reach.test.ts']

/** Where threads are told: cards, news, files, and who is at it. */
export const IN_THE_TELLING: readonly Mutant[] = [
  {
    name: 'what could not be told is forgotten',
    file: 'src/engine/soon.ts',
    from: 'again(id, error instanceof TransientFailure ? error.retryAfterSeconds : undefined)',
    to: '',
    caughtBy: ['test/engine/soon.test.ts'],
  },
  {
    name: 'a room that is the thread of the run shows nobody who leads',
    file: 'src/engine/tell.ts',
    from: 'if (isWithin || place === room?.place) return room?.panel',
    to: 'if (place === room?.place) return room?.panel',
    caughtBy: ['test/engine/room.test.ts'],
  },
  {
    name: 'two processes tell a thread at the same time',
    file: 'src/engine/thread-hand.ts',
    from: "if (!(await threads.save(next))) throw new TransientFailure('Another process tells this thread now.')",
    to: 'await threads.save(next)',
    caughtBy: ['test/engine/tell.test.ts'],
  },
  {
    name: 'a step of a telling that finds no room stops the ones after it',
    file: 'src/engine/how-far.ts',
    from: 'if (!(error instanceof QuotaFailure)) throw error',
    to: 'throw error',
    caughtBy: OUT_OF_REACH,
  },
  {
    name: 'a place where nothing can be said is tried all the time',
    file: 'src/engine/tell-thread.ts',
    from: 'if (telling.isKnownBroken && waitMs > 0)',
    to: 'if (telling.isKnownBroken && waitMs > 600_000)',
    caughtBy: OUT_OF_REACH,
  },
  {
    name: 'after an outage the news is told line by line',
    file: 'src/engine/what-is-new.ts',
    from: 'behindSeconds > CATCH_UP_SECONDS + progressSeconds',
    to: 'behindSeconds > 60 * CATCH_UP_SECONDS + progressSeconds',
    caughtBy: OUT_OF_REACH,
  },
  {
    name: 'a card that was painted over stays as it is',
    file: 'src/engine/doubts.ts',
    from: 'about: (message) => raised.has(nameOf(message)),',
    to: 'about: () => false,',
    caughtBy: ['test/engine/tell.test.ts'],
  },
  {
    name: 'a process that knows an old state paints it over a new one',
    file: 'src/engine/tell-thread.ts',
    from: 'before.shows > execution.version',
    to: 'before.shows > execution.version + 1_000_000',
    caughtBy: ['test/engine/tell.test.ts'],
  },
  {
    name: 'a hold that was renewed in sleep is believed',
    file: 'src/engine/thread-hand.ts',
    from: 'if (!isHeldFor(CALL_SECONDS)) throw new TransientFailure',
    to: 'if (!isHeldFor(-1_000_000)) throw new TransientFailure',
    caughtBy: ['test/engine/tell.test.ts'],
  },
]
