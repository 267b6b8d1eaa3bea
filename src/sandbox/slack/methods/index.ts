import { app } from './app.ts'
import { bookmarks } from './bookmarks.ts'
import { channelChanges } from './channel-changes.ts'
import { channelMembers } from './channel-members.ts'
import { chat } from './chat.ts'
import { conversations } from './conversations.ts'
import { files } from './files.ts'
import { conversationHistory } from './history.ts'
import type { Method } from './method.ts'
import { pins } from './pins.ts'
import { presence } from './presence.ts'
import { reactions } from './reactions.ts'
import { users } from './users.ts'
import { views } from './views.ts'

/** Every method of the Web API that this workspace has. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...app,
    ...chat,
    ...conversations,
    ...channelChanges,
    ...conversationHistory,
    ...users,
    ...views,
    ...channelMembers,
    ...pins,
    ...bookmarks,
    ...reactions,
    ...files,
    ...presence,
  }),
)
