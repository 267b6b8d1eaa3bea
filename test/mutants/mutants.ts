import { IN_AWS } from './in-aws.ts'
import { IN_TEAMS } from './in-teams.ts'
import { IN_THE_DOMAIN } from './in-the-domain.ts'
import { IN_THE_DOORS } from './in-the-doors.ts'
import { IN_THE_ENGINE } from './in-the-engine.ts'
import { IN_THE_SIGN_IN } from './in-the-sign-in.ts'
import { IN_THE_STORES } from './in-the-stores.ts'
import { IN_THE_TELLING } from './in-the-telling.ts'
import type { Mutant } from './mutant.ts'

/** Every planted bug. Those with a "b.1" are bugs of the ancestor, Cloud Migration Factory. */
export const MUTANTS: readonly Mutant[] = [
  ...IN_THE_DOMAIN,
  ...IN_THE_ENGINE,
  ...IN_THE_TELLING,
  ...IN_AWS,
  ...IN_THE_STORES,
  ...IN_THE_DOORS,
  ...IN_THE_SIGN_IN,
  ...IN_TEAMS,
]
