import type { PersonEvent } from '../domain/transitions.ts'

/** The whole vocabulary of a message. What comes from plans, AWS or people is plain text in it: it can forge nothing. */
export interface Card {
  /** The same in plain words: notifications and screen readers read it. */
  readonly text: string
  readonly tone: 'neutral' | 'attention' | 'bad' | 'good'
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: Rich }
  /** Label and value, one a line. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: Rich])[] }
  | { readonly kind: 'list'; readonly items: readonly Rich[] }
  /** Small print. */
  | { readonly kind: 'note'; readonly text: Rich }
  /** A checklist; left out where a platform has none, so the other blocks say what matters. */
  | { readonly kind: 'steps'; readonly title: string; readonly steps: readonly Step[] }
  /** Preformatted lines, e.g. of a job's log. */
  | { readonly kind: 'log'; readonly lines: readonly string[] }
  | { readonly kind: 'divider' }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }

export interface Step {
  readonly id: string
  readonly title: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
}

export type Rich = readonly Inline[]
export type Inline =
  | string
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** A person or token, by platform id ("slack:U1"); `name` where the platform cannot mention them. */
  | { readonly kind: 'person'; readonly id: string; readonly name: string }
  | { readonly kind: 'group'; readonly id: string }
  /** Only to where we lead people ourselves, by http or https: nothing from plans, AWS or people becomes a link. */
  | { readonly kind: 'link'; readonly url: string; readonly text: string }
  | { readonly kind: 'channel'; readonly id: string; readonly platform: string; readonly name: string }
  /** A time, shown in the reader's zone. */
  | { readonly kind: 'time'; readonly at: string; readonly style: 'clock' | 'day-and-clock' }

export interface Button {
  readonly label: string
  /** What a screen reader says: names the object ("Approve DNS cutover"). At most 75 characters. */
  readonly spoken: string
  readonly style: 'primary' | 'danger' | 'plain'
  /** secondary: in the overflow menu. */
  readonly rank: 'first' | 'secondary'
  readonly click: Click
}

/** What a pressed button carries. It comes back from the client: nothing in it is trusted. */
export type Click = TaskClick | CommandClick

/** A decision about a task, and what its card showed. */
export interface TaskClick {
  readonly execution: string
  readonly task: string
  readonly attempt: number
  readonly asks: PersonEvent
  readonly digest: string
  /** adopt only: which work in AWS is meant. */
  readonly reference?: string | undefined
}

/** A command, as if whoever pressed had typed it: "drill payments". */
export interface CommandClick {
  readonly command: string
}

/** A dialog: what Slack calls a modal. */
export interface Form {
  readonly title: string
  readonly blocks: readonly Block[]
  readonly fields: readonly Field[]
  readonly submit: string
  /** Comes back with the answer, unseen; at most 2,900 characters. */
  readonly memory: string
}
export interface Field {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly required: boolean
  readonly multiline: boolean
  readonly placeholder?: string
  /** One of these is the answer, by its value; absent: any text. */
  readonly choices?: readonly Choice[]
}

export interface Choice {
  /** At most 75 characters, as is its label. */
  readonly value: string
  readonly label: string
}

/** The answer to a command, click or form, for the one who asked. `silent`: the cards say it all. */
export type Reply =
  /** `no`: nothing was done, because it cannot or may not be, or because nobody could tell what was meant. */
  | { readonly kind: 'whisper'; readonly card: Card; readonly no?: 'refused' | 'unclear' }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'errors'; readonly errors: { readonly [field: string]: string } }
  /** `run` is what was started or changed. */
  | { readonly kind: 'silent'; readonly run?: string }

/** What the thread of a run shows, for who reads it outside a chat. */
export interface Told {
  readonly kind: 'told'
  readonly run: string
  /** Every change up to this one is in `lines`: ask again from here. */
  readonly version: number
  readonly outcome?: 'completed' | 'incomplete'
  readonly headline: Card
  readonly lines: readonly Rich[]
  /** What waits for a decision now; how it ended, once it has. */
  readonly cards: readonly Card[]
}
