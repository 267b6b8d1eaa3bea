import { LifeRing } from './conversation/avatar.tsx'
import type { Connection } from './model/follow.ts'

/** Says on every screen that this is practice. */
export function Ribbon({ connection }: { connection: Connection }) {
  return (
    <div className="ribbon">
      <LifeRing />
      <p>
        Practice workspace<span className="ribbon-more"> – nothing real happens here</span>
      </p>
      <p role="status" className="ribbon-status">
        {connection === 'lost' && (
          <>
            <span className="spinner" /> Reconnecting…
          </>
        )}
      </p>
    </div>
  )
}
