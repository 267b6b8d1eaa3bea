import { z } from 'zod'

const commandSchema = z.object({
  command: z.string().regex(/^\/\S{1,31}$/),
  description: z.string().max(2000),
  usage_hint: z.string().max(1000).default(''),
  should_escape: z.boolean().default(false),
})

const shortcutSchema = z.object({
  name: z.string().min(1).max(24),
  type: z.enum(['global', 'message']),
  callback_id: z.string().min(1).max(255),
  description: z.string().min(1).max(150),
})

const manifestSchema = z.object({
  display_information: z.object({ name: z.string().min(1).max(35) }),
  features: z.object({
    app_home: z
      .object({
        home_tab_enabled: z.boolean().default(false),
        messages_tab_enabled: z.boolean().default(false),
        messages_tab_read_only_enabled: z.boolean().default(false),
      })
      .prefault({}),
    bot_user: z.object({ display_name: z.string().min(1).max(80) }),
    slash_commands: z.array(commandSchema).max(50).default([]),
    shortcuts: z.array(shortcutSchema).max(10).default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z
    .object({
      event_subscriptions: z
        .object({ bot_events: z.array(z.string()).default([]) })
        .default({ bot_events: [] }),
    })
    .default({ event_subscriptions: { bot_events: [] } }),
})

/** What the app declares of itself, as far as a workspace acts on it. */
export interface Manifest {
  readonly name: string
  readonly botName: string
  readonly scopes: readonly string[]
  /** The events it is subscribed to. */
  readonly events: readonly string[]
  readonly hasHomeTab: boolean
  readonly hasMessagesTab: boolean
  /** People may write to the app directly. */
  readonly takesDirectMessages: boolean
  readonly commands: readonly Command[]
  readonly shortcuts: readonly Shortcut[]
}

export interface Command {
  readonly command: string
  readonly description: string
  readonly usageHint: string
  /** Names in its text arrive as ids. */
  readonly escapes: boolean
}

export interface Shortcut {
  readonly name: string
  readonly type: 'global' | 'message'
  readonly callbackId: string
  readonly description: string
}

export function readManifest(manifest: unknown): Manifest {
  const read = manifestSchema.safeParse(manifest)
  if (!read.success) throw new Error(`The Slack manifest cannot be used:\n${z.prettifyError(read.error)}`)
  const { display_information, features, oauth_config, settings } = read.data
  const { home_tab_enabled, messages_tab_enabled, messages_tab_read_only_enabled } = features.app_home
  return {
    name: display_information.name,
    botName: features.bot_user.display_name,
    scopes: oauth_config.scopes.bot,
    events: settings.event_subscriptions.bot_events,
    hasHomeTab: home_tab_enabled,
    hasMessagesTab: messages_tab_enabled,
    takesDirectMessages: messages_tab_enabled && !messages_tab_read_only_enabled,
    shortcuts: features.shortcuts.map(({ callback_id, ...shortcut }) => ({
      ...shortcut,
      callbackId: callback_id,
    })),
    commands: features.slash_commands.map(({ command, description, usage_hint, should_escape }) => ({
      command,
      description,
      usageHint: usage_hint,
      escapes: should_escape,
    })),
  }
}
