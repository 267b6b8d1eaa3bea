/** A manifest with everything declared that these tests reach for, or only what they name. */
export function declared(own: { scopes?: string[]; events?: string[]; home?: object } = {}) {
  const { scopes = SCOPES, events = EVENTS, home = HOME } = own
  return {
    display_information: { name: 'Rehearser' },
    features: {
      app_home: home,
      bot_user: { display_name: 'Rehearser' },
      slash_commands: [{ command: '/dr', description: 'Rehearse', usage_hint: 'help' }],
      shortcuts: [
        { name: 'Start a drill', type: 'global', callback_id: 'drill', description: 'Rehearses a plan' },
        { name: 'Note in timeline', type: 'message', callback_id: 'note', description: 'Keeps it' },
      ],
    },
    oauth_config: { scopes: { bot: scopes } },
    settings: { event_subscriptions: { bot_events: events } },
  }
}

const HOME = { home_tab_enabled: true, messages_tab_enabled: true }

const SCOPES = [
  ...['commands', 'chat:write', 'files:write', 'files:read', 'users:read', 'usergroups:read', 'dnd:read'],
  ...['channels:manage', 'channels:join', 'channels:read', 'channels:history', 'groups:write', 'groups:read'],
  ...['groups:history', 'im:write', 'im:read', 'im:history', 'app_mentions:read', 'reactions:write'],
  ...['reactions:read', 'pins:write', 'pins:read', 'bookmarks:write', 'bookmarks:read'],
]

const EVENTS = [
  ...['app_home_opened', 'app_mention', 'member_joined_channel', 'reaction_added', 'reaction_removed'],
  ...['message.channels', 'message.groups', 'message.im'],
]
