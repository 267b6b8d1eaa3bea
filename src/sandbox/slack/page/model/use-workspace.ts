import { useCallback, useEffect, useReducer, useState } from 'react'
import { type Connection, follow } from './follow.ts'
import { type Change, evolve, type World } from './world.ts'

export interface Workspace {
  world: World | undefined
  connection: Connection
  /** Banners, oldest first. */
  troubles: readonly string[]
  report(trouble: string): void
  dismissTroubles(): void
}

/** One person's live view of the workspace. While another person's is being read, the last one stays. */
export function useWorkspace(as: string | undefined, nobody: () => void): Workspace {
  const [world, change] = useReducer(next, undefined)
  const [connection, setConnection] = useState<Connection>('connecting')
  const [troubles, setTroubles] = useState<readonly string[]>([])
  const report = useCallback((trouble: string) => setTroubles((before) => [...before, trouble].slice(-3)), [])
  const dismissTroubles = useCallback(() => setTroubles([]), [])

  useEffect(() => {
    setTroubles([])
    return follow(as, {
      loaded: (loaded) => change({ kind: 'loaded', world: loaded }),
      changed: change,
      trouble: report,
      connection: setConnection,
      nobody,
    })
  }, [as, report, nobody])
  return { world, connection, troubles, report, dismissTroubles }
}

function next(
  world: World | undefined,
  change: Change | { kind: 'loaded'; world: World },
): World | undefined {
  if (change.kind === 'loaded') return change.world
  return world === undefined ? undefined : evolve(world, change)
}
