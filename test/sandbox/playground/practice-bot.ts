import {
  type Activity,
  ActivityHandler,
  type AdaptiveCardInvokeResponse,
  type AdaptiveCardInvokeValue,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  MessageFactory,
  TurnContext,
} from 'botbuilder'
import express from 'express'
import { freePort } from '../../../src/sandbox/embedded/free-port.ts'

export interface PracticeBot {
  readonly endpoint: string
  /** All that the bot received, oldest first. */
  readonly received: readonly Partial<Activity>[]
  /** Repaints its newest gate for everybody. */
  repaint(text: string): Promise<void>
  close(): Promise<void>
}

/** A bot without app id that does one of each thing Lifeboat may want to do in the Playground. */
export async function startPracticeBot(
  answerOthers: (words: string) => Partial<Activity> = (words) => MessageFactory.text(`I heard "${words}".`),
): Promise<PracticeBot> {
  const received: Partial<Activity>[] = []
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
  let newest: { reference: Partial<ConversationReference>; card: string } | undefined

  const repaint = async (text: string) => {
    if (!newest) throw new Error('There is no gate yet.')
    const { reference, card } = newest
    await adapter.continueConversationAsync('', reference, async (turn) => {
      await turn.updateActivity({ ...cardMessage(decided(text)), id: card })
    })
  }

  class Bot extends ActivityHandler {
    constructor() {
      super()
      this.onMessage(async (turn, next) => {
        const words = TurnContext.removeRecipientMention(turn.activity).trim()
        if (words === 'gate') {
          const sent = await turn.sendActivity(cardMessage(gate()))
          if (sent) newest = { reference: TurnContext.getConversationReference(turn.activity), card: sent.id }
        } else await turn.sendActivity(answerOthers(words))
        await next()
      })
    }

    protected override async onAdaptiveCardInvoke(
      turn: TurnContext,
      { action }: AdaptiveCardInvokeValue,
    ): Promise<AdaptiveCardInvokeResponse> {
      const who = turn.activity.from.name
      if (action.verb === 'ask') return said(`${who}, ask Avery.`)
      const why = typeof action.data.why === 'string' ? action.data.why : ''
      return { statusCode: 200, type: CARD, value: decided(`Approved by ${who}: ${why}`) }
    }
  }

  const bot = new Bot()
  const app = express()
  app.use(express.json())
  app.post('/api/messages', async (request, response) => {
    // The SDK changes what it is given.
    received.push(structuredClone(request.body))
    await adapter.process(request, response, (turn) => bot.run(turn))
  })
  const port = await freePort()
  const server = app.listen(port, '127.0.0.1')
  return {
    endpoint: `http://127.0.0.1:${port}/api/messages`,
    received,
    repaint,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const CARD = 'application/vnd.microsoft.card.adaptive'
const cardMessage = (card: object) => MessageFactory.attachment(CardFactory.adaptiveCard(card))

/** The definitions want a record as `value`; for a message Teams wants the words. */
const said = (words: string): AdaptiveCardInvokeResponse =>
  JSON.parse(
    JSON.stringify({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: words }),
  )

const card = (...body: object[]) => ({ type: 'AdaptiveCard', version: '1.5', body })

const gate = () => ({
  ...card(
    { type: 'TextBlock', text: 'DNS cutover waits', weight: 'Bolder', wrap: true },
    { type: 'Input.Text', id: 'why', label: 'Why now?', isMultiline: true },
    { type: 'Input.Toggle', id: 'told', title: 'I have told the customers' },
    {
      type: 'Input.ChoiceSet',
      id: 'how',
      label: 'How',
      placeholder: 'Choose',
      choices: [
        { title: 'step by step', value: 'steps' },
        { title: 'all at once', value: 'once' },
      ],
    },
  ),
  actions: [
    { type: 'Action.Execute', title: 'Approve', verb: 'approve', data: { task: 'dns' }, style: 'positive' },
    { type: 'Action.Execute', title: 'May I?', verb: 'ask' },
  ],
})

const decided = (text: string) => card({ type: 'TextBlock', text, wrap: true })
