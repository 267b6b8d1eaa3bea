import type { Block, Card, Inline, Rich } from '../../conversation/card.ts'
import { say } from '../../conversation/words/index.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import { objectIdOf } from './ids.ts'
import type { People } from './people.ts'

/**
 * The card with the names of those whom the policy names by id alone: Slack puts a name to an id by itself, Teams shows what
 * it is given. Who cannot be looked up now is "somebody".
 */
export async function withNames(card: Card, { lookUp }: Pick<People, 'lookUp'>): Promise<Card> {
  const ids = new Set(card.blocks.flatMap(richIn).flatMap((rich) => rich.flatMap(unnamed)))
  if (ids.size === 0) return card
  const names = new Map(
    await Promise.all([...ids].map(async (id) => [id, await nameOf(id, lookUp)] as const)),
  )
  const named = (rich: Rich): Rich =>
    rich.map((inline) => {
      const [id] = unnamed(inline)
      return id !== undefined && typeof inline !== 'string' && inline.kind === 'person'
        ? { ...inline, name: names.get(id) ?? inline.name }
        : inline
    })
  return { ...card, blocks: card.blocks.map((block) => mapped(block, named)) }
}

const unnamed = (inline: Inline): string[] =>
  typeof inline !== 'string' &&
  inline.kind === 'person' &&
  inline.name === inline.id &&
  objectIdOf(inline.id) !== undefined
    ? [inline.id]
    : []

async function nameOf(id: string, lookUp: People['lookUp']): Promise<string> {
  const person = objectIdOf(id) ?? ''
  try {
    const { name, standing } = await lookUp(person)
    return standing === 'gone' ? say().answers.teams.hasLeft : name
  } catch (error) {
    if (error instanceof TransientFailure || error instanceof FinalFailure)
      return say().answers.teams.somebody
    throw error
  }
}

function richIn(block: Block): readonly Rich[] {
  switch (block.kind) {
    case 'text':
    case 'note':
      return [block.text]
    case 'facts':
      return block.rows.map(([, value]) => value)
    case 'list':
      return block.items
    default:
      return []
  }
}

function mapped(block: Block, change: (rich: Rich) => Rich): Block {
  switch (block.kind) {
    case 'text':
    case 'note':
      return { ...block, text: change(block.text) }
    case 'facts':
      return { ...block, rows: block.rows.map(([label, value]) => [label, change(value)]) }
    case 'list':
      return { ...block, items: block.items.map(change) }
    default:
      return block
  }
}
