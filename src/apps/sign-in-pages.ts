import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { dynamoTickets } from '../adapters/dynamodb/tickets.ts'
import { openIdentity } from '../adapters/http/step-up/identity.ts'
import { CALLBACK, stepUpRoutes } from '../adapters/http/step-up/router.ts'
import { stepUpLinks } from '../adapters/http/step-up/tickets.ts'
import type { Config } from '../config.ts'
import { humanOf, type Policy } from '../domain/permission.ts'
import { isTaken } from '../engine/link.ts'
import type { Waking } from '../engine/wake.ts'
import type { Directory } from '../ports/directory.ts'
import type { Door } from '../ports/door.ts'
import type { LinkStore } from '../ports/link-store.ts'
import type { Roster } from '../ports/roster.ts'
import { inLanguageOf } from './language.ts'

interface Around {
  readonly policy: Policy
  readonly directory: Directory
  readonly documents: DynamoDBDocumentClient
  readonly waking: Waking
  readonly links: LinkStore
  readonly rosters: ReadonlyMap<string, Roster>
}

/** Where people sign in anew, wired: the links for the engine, and the pages they lead to; undefined where none is set up. */
export function signInPages(
  { signIn, aws }: Config,
  { policy, directory, documents, waking, links, rosters }: Around,
) {
  if (!signIn) return undefined
  const { clock, log, keep } = waking
  const tickets = dynamoTickets(documents, aws.table)
  const redirectUri = `${signIn.publicUrl}${CALLBACK}`
  const identity = openIdentity({ ...signIn, redirectUri, clock, log })
  return {
    stepUp: stepUpLinks(signIn.publicUrl, tickets, identity),
    routes: (door: Door) =>
      stepUpRoutes({
        ...signIn,
        identity,
        tickets,
        door,
        execution: (id) => keep.current(id),
        humanOf: async (actor) => humanOf(policy, await directory.identify(actor)),
        links,
        inLanguageOf,
        isTaken: (email, actor) => isTaken(email, actor, { policy, rosters }),
        clock,
        log,
      }),
  }
}
