import { plainText } from '../conversation/as-text.ts'
import type { Reply } from '../conversation/card.ts'
import { clip, listed } from '../conversation/in-words.ts'
import { refusalCard } from '../conversation/refusals.ts'
import { say } from '../conversation/words/index.ts'
import { askedBy, onCall, roleHolders } from '../domain/called.ts'
import type { Execution } from '../domain/execution.ts'
import { isOpen, type Named } from '../domain/gate-rules.ts'
import type { Policy } from '../domain/permission.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Asker, Door } from '../ports/door.ts'
import { TransientFailure } from '../ports/failure.ts'
import type { Member } from '../ports/roster.ts'
import { taskNamed } from './choose.ts'
import { type Explaining, rosterFor } from './explain.ts'
import { linkOwed } from './link.ts'
import { requirementOf } from './voting.ts'

/** What was refused: the start of a plan, or something about a run. */
export type About = { readonly plan: string } | { readonly run: string }

export interface Refusing {
  readonly door: Pick<Door, 'see'>
  readonly explaining: Explaining
}

const SHOWN = 5

/** The refusal, for the asker alone. */
export const refuse = (refusal: Refusal, asker: Asker): Extract<Reply, { kind: 'whisper' }> => ({
  kind: 'whisper',
  card: refusalCard(refusal, asker.actor.id),
  no: 'refused',
})

/**
 * Answers with the refusal and, where others may what the asker may not, with who they are: those on call first, then who is at
 * hand. Only whoever may see the run hears of them. While the platform does not say who they are, it is the refusal alone. Whom
 * nobody knows by an address may link their account.
 */
export const refusing =
  (parts: Refusing) =>
  async (refusal: Refusal, asker: Asker, about?: About): Promise<Extract<Reply, { kind: 'whisper' }>> => {
    const reply = refuse(await linkOwed(refusal, undefined, asker, parts.explaining), asker)
    if (!about) return reply
    const names = await whoMay(refusal.why === 'link-needed' ? refusal.because : refusal, asker, about, parts)
    if (names.length === 0) return reply
    const { card } = reply
    const line = [say().refusals.whoMay(listed(names, SHOWN))]
    const text = `${card.text} ${plainText(line)}`
    const blocks = [...card.blocks, { kind: 'text' as const, text: line }]
    return { ...reply, card: { ...card, text, blocks } }
  }

async function whoMay(
  refusal: Refusal,
  asker: Asker,
  about: About,
  { door, explaining }: Refusing,
): Promise<string[]> {
  const { policy, rosters, clock } = explaining
  const roster = rosterFor(asker, rosters)
  if (!roster || !isAboutPeople(refusal)) return []
  const seen = 'run' in about ? await door.see(about.run, asker) : undefined
  if (seen?.kind === 'refused') return []
  const plan = 'plan' in about ? about.plan : seen?.execution.plan.id
  if (plan === undefined) return []
  const those = thoseMeant(refusal, plan, seen?.execution, policy)
  if (!those || isOpen(those)) return []
  try {
    const duty = await roster.members(onCall(policy, plan, clock.now()))
    return namesOf(await roster.members(those), new Set(duty.map(idOf)), asker.actor.id)
  } catch (error) {
    if (error instanceof TransientFailure) return []
    throw error
  }
}

type AboutPeople = Extract<Refusal, { why: 'no-permission' | 'not-asked' | 'own-work' | 'nobody' }>

const isAboutPeople = (refusal: Refusal): refusal is AboutPeople =>
  ['no-permission', 'not-asked', 'own-work', 'nobody'].includes(refusal.why)

function thoseMeant(
  refusal: AboutPeople,
  plan: string,
  execution: Execution | undefined,
  policy: Policy,
): Named | undefined {
  if (refusal.why === 'no-permission') {
    const [role] = refusal.needs
    return role && roleHolders(policy, role, plan)
  }
  const gate = execution && taskNamed(execution, refusal.task)
  return gate && askedBy(policy, requirementOf(policy, execution, gate), plan)
}

function namesOf(members: readonly Member[], duty: ReadonlySet<string>, asker: string): string[] {
  const rank = (member: Member) => (duty.has(idOf(member)) ? 0 : member.state === 'active' ? 1 : 2)
  return members
    .filter((member) => idOf(member) !== asker)
    .sort((a, b) => rank(a) - rank(b))
    .map((member) => {
      const name = clip(member.identity.actor.name, 60)
      return duty.has(idOf(member)) ? say().refusals.whoIsOnCall(name) : name
    })
}

const idOf = ({ identity }: Member): string => identity.actor.id
