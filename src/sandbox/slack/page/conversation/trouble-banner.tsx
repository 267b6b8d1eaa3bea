import { Icon } from '../icon.tsx'
import { inOrder } from '../in-order.ts'

/** What went wrong between the person and the app: "/dr failed with the error …". */
export function TroubleBanner({ troubles, onDismiss }: { troubles: readonly string[]; onDismiss(): void }) {
  return (
    <div role="alert" className={troubles.length === 0 ? 'trouble-none' : 'trouble'}>
      {troubles.length > 0 && (
        <>
          <Icon name="warning" />
          <div>
            {inOrder(troubles, (text) => (
              <p>{text}</p>
            ))}
          </div>
          <button type="button" className="icon-button" aria-label="Dismiss the warning" onClick={onDismiss}>
            <Icon name="close" />
          </button>
        </>
      )}
    </div>
  )
}
