import { app } from './app.ts'
import { channelChanges } from './channel-changes.ts'
import { channelExtras } from './channel-extras.ts'
import { chat } from './chat.ts'
import { conversations } from './conversations.ts'
import { conversationHistory } from './history.ts'
import type { Method } from './method.ts'
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
    ...channelExtras,
  }),
)
