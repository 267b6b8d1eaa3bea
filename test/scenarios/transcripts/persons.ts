import type { Form, Reply } from '../../../src/conversation/card.ts'
import type { Place } from '../../../src/domain/execution.ts'
import type { Actor } from '../../../src/domain/task.ts'
import type { Desk } from '../../../src/ports/door.ts'
import type { Town } from './chat.ts'
import type { Paper } from './paper.ts'

export interface Persons {
  /** Types a command in a channel. */
  types(person: string, text: string, place: Place): Promise<void>
  /** Presses the newest button of that label. */
  presses(person: string, label: string): Promise<void>
  /** Answers the form that they were asked last. */
  fills(person: string, values: { readonly [field: string]: string }): Promise<void>
}

interface Around {
  readonly desk: Desk
  readonly paper: Paper
  readonly town: Town
  readonly actorOf: (id: string) => Actor
  readonly settle: () => Promise<void>
}

/** People who do things at the front door, and what each of them alone is answered. */
export function persons({ desk, paper, town, actorOf, settle }: Around): Persons {
  const asked = new Map<string, Form>()
  const askerOf = (person: string) => ({ actor: actorOf(`slack:${person}`), source: 'slack' })

  async function answered(person: string, reply: Reply): Promise<void> {
    const { name } = actorOf(`slack:${person}`)
    if (reply.kind === 'whisper') paper.card(`${name} alone is told`, reply.card)
    if (reply.kind === 'errors') paper.write(`${name} alone is told`, Object.values(reply.errors).join('\n'))
    if (reply.kind === 'form') {
      asked.set(person, reply.form)
      paper.form(`${name} is asked`, reply.form)
    }
    await settle()
  }

  return {
    async types(person, text, place) {
      paper.write(`${actorOf(`slack:${person}`).name} types  /dr ${text}`)
      await answered(person, await desk.command(text, askerOf(person), place))
    },
    async presses(person, label) {
      const found = town.button(label)
      if (!found) throw new Error(`There is no button "${label}".`)
      paper.write(`${actorOf(`slack:${person}`).name} presses  [${label}]`)
      await answered(person, await desk.click(found.click, askerOf(person), found.place))
    },
    async fills(person, values) {
      const form = asked.get(person)
      if (!form) throw new Error(`${person} is not asked anything.`)
      const said = Object.entries(values).map(([field, value]) => `${field}: ${value}`)
      paper.write(`${actorOf(`slack:${person}`).name} answers`, said.join('\n'))
      asked.delete(person)
      await answered(person, await desk.submit(form.memory, values, askerOf(person)))
    },
  }
}
