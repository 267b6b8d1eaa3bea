import { isActiveIn } from '../connector/place.ts'
import type { Conversation } from '../conversation.ts'
import type { DeliveryKind } from '../faults.ts'
import type { Site } from '../site.ts'
import type { TenantPerson } from '../tenant.ts'
import { activityOf, type Own } from '../transport/activity.ts'
import type { Outcome } from '../transport/deliver.ts'

/** What became of what somebody did. `not-told`: the bot is not there any more, or is not meant to hear of it. */
export type Reached = Outcome | { readonly kind: 'not-told' }

/** Tells the bot what this person did, where it still is. */
export async function tell(
  site: Site,
  person: TenantPerson,
  conversation: Conversation,
  kind: DeliveryKind,
  own: Own,
): Promise<Reached> {
  if (!isActiveIn(site, conversation)) return { kind: 'not-told' }
  return site.deliver(kind, activityOf(site, person, conversation, own))
}
