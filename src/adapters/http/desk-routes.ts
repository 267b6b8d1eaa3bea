import { z } from 'zod'
import { clickSchema } from '../../conversation/click.ts'
import { replySchema, toldSchema } from '../../conversation/reply-schema.ts'
import type { Desk } from '../../ports/door.ts'
import type { Route } from './routes.ts'

const commandBody = z.strictObject({
  text: z.string().max(10_000).describe('As in chat, without the /dr: "status", "plan payments".'),
})
const clickBody = z.strictObject({
  click: clickSchema.describe('What the button of a card carries, as it came.'),
})
const submitBody = z.strictObject({
  memory: z.string().max(5_000).describe('The memory of the form, as it came.'),
  values: z
    .record(z.string().max(100), z.string().max(20_000))
    .describe('The answers, by the names of the fields.'),
})
const threadQuery = z.strictObject({
  run: z
    .string()
    .max(200)
    .optional()
    .describe('The execution_id; without it the only run under way, or else the last one.'),
  after: z.coerce.number().int().min(0).default(0).describe('The version that was read before.'),
})

/** What people do in chat, for a terminal: a no is an answer like any other here, and carries its words. */
export const deskRoutes = (desk: Desk): readonly Route[] => [
  {
    method: 'post',
    path: '/desk/command',
    summary: 'Ask in words, as in chat; answered by a card, a form or neither',
    body: commandBody,
    gives: replySchema,
    success: 200,
    run: async ({ body, asker }) => ({
      status: 200,
      body: { ...(await desk.command(commandBody.parse(body).text, asker)) },
    }),
  },
  {
    method: 'post',
    path: '/desk/click',
    summary: 'Press a button of a card',
    body: clickBody,
    gives: replySchema,
    success: 200,
    run: async ({ body, asker }) => ({
      status: 200,
      body: { ...(await desk.click(clickBody.parse(body).click, asker)) },
    }),
  },
  {
    method: 'post',
    path: '/desk/submit',
    summary: 'Answer a form; the same start sent twice is one run',
    body: submitBody,
    gives: replySchema,
    success: 200,
    async run({ body, asker }) {
      const { memory, values } = submitBody.parse(body)
      return { status: 200, body: { ...(await desk.submit(memory, values, asker)) } }
    },
  },
  {
    method: 'get',
    path: '/desk/thread',
    summary: 'What the thread of a run shows: its headline, the news, and the cards that wait for a decision',
    query: threadQuery,
    gives: z.union([toldSchema, replySchema]),
    success: 200,
    async run({ query, asker }) {
      const { run, after } = threadQuery.parse(query)
      return { status: 200, body: { ...(await desk.thread(run, after, asker)) } }
    },
  },
]
