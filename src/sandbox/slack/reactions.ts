import type { Message } from './workspace.ts'

export const REACTION_NAME = /^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/

export function hasReacted({ reactions }: Message, name: string, user: string): boolean {
  return reactions.some((reaction) => reaction.name === name && reaction.users.includes(user))
}

/** The message with this person's reaction, behind those that were there before. */
export function withReaction(message: Message, name: string, user: string): Message {
  const isThere = message.reactions.some((reaction) => reaction.name === name)
  const before = isThere ? message.reactions : [...message.reactions, { name, users: [] }]
  const reactions = before.map((one) => (one.name === name ? { name, users: [...one.users, user] } : one))
  return { ...message, reactions }
}

export function withoutReaction(message: Message, name: string, user: string): Message {
  const reactions = message.reactions
    .map((one) => (one.name === name ? { name, users: one.users.filter((other) => other !== user) } : one))
    .filter(({ users }) => users.length > 0)
  return { ...message, reactions }
}
