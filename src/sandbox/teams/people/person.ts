import type { Message } from '../message.ts'
import type { Site } from '../site.ts'
import type { Told } from '../state-file.ts'
import { findPerson, mriOf, type TenantPerson } from '../tenant.ts'
import type { Outcome } from '../transport/deliver.ts'
import { answerFile, type FileAnswer } from './answer-file.ts'
import { type InstallPlace, install } from './install.ts'
import { open, type Pressed, type Pressing, press } from './press.ts'
import { type Said, say, type Where } from './say.ts'
import { type Seen, see } from './see.ts'
import type { Reached } from './tell.ts'

/** Acts for one person, as their own Teams would. Whatever that would not let them do throws. */
export interface TeamsPerson {
  readonly account: TenantPerson & { readonly mri: string }
  /** In a channel it begins a thread, or replies in the one that `thread` is in. Without either: the personal chat. */
  say(text: string, where?: Where): Promise<Said>
  /** By the title of an action of the card as this person sees it. Inputs are by id. */
  press(
    message: Message | string,
    title: string,
    inputs?: Pressing['inputs'],
    options?: Partial<Pick<Pressing, 'as'>>,
  ): Promise<Pressed>
  /** Comes by the message: a card that is to refresh itself for this person does. Undefined when it is not. */
  opens(message: Message | string): Promise<Pressed | undefined>
  /** Whether the bot may put the file, which it offers with that message, into this person's OneDrive. */
  answersFile(message: Message | string, answer: FileAnswer): Promise<Reached>
  sees(message: Message | string): Seen
  /** What this person alone was told in answer to a press, oldest first. */
  told(): readonly Told[]
  installs(place?: InstallPlace): Promise<readonly Outcome[]>
  removes(place?: InstallPlace): Promise<readonly Outcome[]>
}

export function personHere(site: Site, called: string): TeamsPerson {
  const person = findPerson(site.tenant, called)
  if (!person) throw new Error(`Nobody is called "${called}" in this tenant.`)
  return {
    account: { ...person, mri: mriOf(person) },
    say: (text, where = {}) => say(site, person, text, where),
    press: (message, title, inputs = {}, { as = 'execute' } = {}) =>
      press(site, person, message, { title, inputs, as }),
    opens: (message) => open(site, person, message),
    answersFile: (message, answer) => answerFile(site, person, message, answer),
    sees: (message) => see(site, person, message),
    told: () => site.state.told(mriOf(person)),
    installs: (place = 'personal') => install(site, person, place, 'installed'),
    removes: (place = 'personal') => install(site, person, place, 'removed'),
  }
}
