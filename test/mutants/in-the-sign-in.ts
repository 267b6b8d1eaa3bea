import type { Mutant } from './mutant.ts'

const GATE = ['test/engine/step-up.test.ts']
const PAGES = ['test/adapters/http/step-up.test.ts']
const LINKS = ['test/adapters/http/link.test.ts']
const TICKETS = ['test/adapters/dynamodb/stores.test.ts']

/** Where a decision takes a fresh sign-in. */
export const IN_THE_SIGN_IN: readonly Mutant[] = [
  {
    name: 'an account is linked to an address that another one has',
    file: 'src/adapters/http/step-up/router.ts',
    from: '(await parts.isTaken(email, ticket.actor))',
    to: '!(await parts.isTaken(email, ticket.actor))',
    caughtBy: LINKS,
  },
  {
    name: 'a link that links an account works again and again',
    file: 'src/adapters/http/step-up/router.ts',
    from: 'if (!(await tickets.use(keyOf(id), now)))',
    to: 'if (!isLink(ticket) && !(await tickets.use(keyOf(id), now)))',
    caughtBy: LINKS,
  },
  {
    name: 'a link calls somebody whom the platform knows by another address',
    file: 'src/engine/link.ts',
    from: '!linked.includes(actor.id) ||',
    to: "actor.id !== '' ||",
    caughtBy: ['test/engine/link.test.ts'],
  },
  {
    name: 'whoever is known by an address may become somebody else',
    file: 'src/engine/link.ts',
    from: "?.includes('@')) return refusal",
    to: "?.includes('@@')) return refusal",
    caughtBy: LINKS,
  },
  {
    name: 'a link goes before what the platform says',
    file: 'src/engine/link.ts',
    from: 'if (identity.email !== undefined || ',
    to: 'if (',
    caughtBy: GATE,
  },
  {
    name: 'a sign-in for one decision counts for every other',
    file: 'src/domain/step-up.ts',
    from: 'FIELDS.every((field) => proof[field] === decision[field])',
    to: 'FIELDS.some((field) => proof[field] === decision[field])',
    caughtBy: GATE,
  },
  {
    name: 'while the provider is away every decision goes without a sign-in',
    file: 'src/engine/step-up.ts',
    from: 'if (decides.request.breakGlass && !(await stepUp?.answers()))',
    to: 'if (!(await stepUp?.answers()))',
    caughtBy: GATE,
  },
  {
    name: 'an emergency takes no sign-in though one could be had',
    file: 'src/engine/step-up.ts',
    from: 'if (decides.request.breakGlass && !(await stepUp?.answers()))',
    to: 'if (decides.request.breakGlass)',
    caughtBy: GATE,
  },
  {
    name: 'the sign-in of one approver counts for another',
    file: 'src/domain/step-up.ts',
    from: 'proof.human === human &&',
    to: "proof.human !== '' &&",
    caughtBy: GATE,
  },
  {
    name: 'a sign-in counts for ever',
    file: 'src/domain/step-up.ts',
    from: 'age < STEP_UP_MINUTES * 60_000',
    to: 'age < STEP_UP_MINUTES * 60_000_000',
    caughtBy: GATE,
  },
  {
    name: 'whoever signs in decides for whoever asked',
    file: 'src/adapters/http/step-up/router.ts',
    from: '(email !== open.ticket.human || email !== (await parts.humanOf(ticket.actor)))',
    to: "email === ''",
    caughtBy: PAGES,
  },
  {
    name: 'a token that the provider has not signed is taken',
    file: 'src/adapters/http/step-up/identity.ts',
    from: 'execute: [openid.enableNonRepudiationChecks, ...',
    to: 'execute: [...',
    caughtBy: PAGES,
  },
  {
    name: 'a sign-in of an hour ago is fresh',
    file: 'src/adapters/http/step-up/identity.ts',
    from: 'claims.auth_time < since',
    to: 'claims.auth_time < 0',
    caughtBy: PAGES,
  },
  {
    name: 'an address that nobody verified is one',
    file: 'src/adapters/http/step-up/identity.ts',
    from: 'email_verified: z.literal(true)',
    to: 'email_verified: z.boolean()',
    caughtBy: PAGES,
  },
  {
    name: 'another page can begin a sign-in',
    file: 'src/adapters/http/step-up/router.ts',
    from: "site === 'same-origin'",
    to: "site !== ''",
    caughtBy: PAGES,
  },
  {
    name: 'a cookie is taken though its signature is not ours',
    file: 'src/adapters/http/step-up/cookie.ts',
    from: '|| !timingSafeEqual(found, expected)) return undefined',
    to: '&& !timingSafeEqual(found, found)) return undefined',
    caughtBy: PAGES,
  },
  {
    name: 'a link decides as often as it is pressed',
    file: 'src/adapters/dynamodb/tickets.ts',
    from: 'attribute_exists(pk) AND attribute_not_exists(used_at) AND ends_at > :now',
    to: 'attribute_exists(pk) AND ends_at > :now',
    caughtBy: TICKETS,
  },
]
