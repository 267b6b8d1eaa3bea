import { z } from 'zod'
import type { Card, Form, Reply, Rich, Told } from './card.ts'
import { clickSchema } from './click.ts'

/** The answers of the desk as JSON, for both ends of a wire. */
const inline = z.union([
  z.string(),
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('strong'), text: z.string() }),
    z.object({ kind: z.literal('code'), text: z.string() }),
    z.object({ kind: z.literal('person'), id: z.string(), name: z.string() }),
    z.object({ kind: z.literal('group'), id: z.string() }),
    z.object({ kind: z.literal('channel'), id: z.string(), platform: z.string(), name: z.string() }),
    z.object({ kind: z.literal('link'), url: z.string().regex(/^https?:\/\//), text: z.string() }),
    z.object({ kind: z.literal('time'), at: z.string(), style: z.enum(['clock', 'day-and-clock']) }),
  ]),
])
const rich = z.array(inline)

const button = z.object({
  label: z.string(),
  spoken: z.string(),
  style: z.enum(['primary', 'danger', 'plain']),
  rank: z.enum(['first', 'secondary']),
  click: clickSchema,
})

const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text: z.string() }),
  z.object({ kind: z.literal('text'), text: rich }),
  z.object({ kind: z.literal('facts'), rows: z.array(z.tuple([z.string(), rich])) }),
  z.object({ kind: z.literal('list'), items: z.array(rich) }),
  z.object({ kind: z.literal('note'), text: rich }),
  z.object({
    kind: z.literal('steps'),
    title: z.string(),
    steps: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        state: z.enum(['waiting', 'running', 'done', 'failed']),
      }),
    ),
  }),
  z.object({ kind: z.literal('log'), lines: z.array(z.string()) }),
  z.object({ kind: z.literal('divider') }),
  z.object({ kind: z.literal('buttons'), buttons: z.array(button) }),
])

const card = z.object({
  text: z.string(),
  tone: z.enum(['neutral', 'attention', 'bad', 'good']),
  blocks: z.array(block),
})

const field = z.object({
  name: z.string(),
  label: z.string(),
  hint: z.exactOptional(z.string()),
  required: z.boolean(),
  multiline: z.boolean(),
  placeholder: z.exactOptional(z.string()),
  choices: z.exactOptional(z.array(z.object({ value: z.string(), label: z.string() }))),
})

const form = z.object({
  title: z.string(),
  blocks: z.array(block),
  fields: z.array(field),
  submit: z.string(),
  memory: z.string(),
})

export const replySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whisper'), card, no: z.exactOptional(z.enum(['refused', 'unclear'])) }),
  z.object({ kind: z.literal('form'), form }),
  z.object({ kind: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('silent'), run: z.exactOptional(z.string()) }),
])

export const toldSchema = z.object({
  kind: z.literal('told'),
  run: z.string(),
  version: z.int(),
  outcome: z.exactOptional(z.enum(['completed', 'incomplete'])),
  headline: card,
  lines: z.array(rich),
  cards: z.array(card),
})

type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T
/** With every optional part required: one that only one side has would go unseen. */
type Whole<T> = T extends object ? { readonly [Key in keyof T]-?: Whole<T[Key]> } : T
type Same<A, B> = [A, Frozen<B>, Whole<A>, Whole<B>] extends [Frozen<B>, A, Whole<B>, Whole<A>] ? true : false

/** Does not compile once card.ts and these schemas differ. */
export const SAME_AS_CARD: [
  Same<Rich, z.output<typeof rich>>,
  Same<Card, z.output<typeof card>>,
  Same<Form, z.output<typeof form>>,
  Same<Reply, z.output<typeof replySchema>>,
  Same<Told, z.output<typeof toldSchema>>,
] = [true, true, true, true, true]
