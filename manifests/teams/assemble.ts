import { z } from 'zod'
import { commandLists } from './command-lists.ts'

/** What differs by installation: the options of `npm run teams:package`, each with the placeholder it fills. */
const FIELDS = {
  'app-id': {
    placeholder: 'TEAMS_APP_ID',
    fits: /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/,
    isNot: 'no GUID',
    take: 'Take the Application (client) ID of the app registration, such as 11111111-2222-3333-4444-555555555555.',
    // Somebody may have pasted the client secret.
    shownLength: 8,
  },
  host: {
    placeholder: 'PUBLIC_HOST',
    // What validDomains can list and a certificate is made out to: no address of a machine, no name without a dot.
    fits: /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    isNot: 'no public host name',
    take: 'Write the name alone, without https://, port or path, such as lifeboat.example.com.',
    shownLength: 80,
  },
} as const

export const FIELD_NAMES = ['app-id', 'host'] as const satisfies readonly (keyof typeof FIELDS)[]
type Values = Readonly<Partial<Record<keyof typeof FIELDS, string>>> & {
  /** Asks for what it takes to make a channel for each war room, in the teams where the app is installed and nowhere else. */
  readonly graph?: boolean
}

/** https://learn.microsoft.com/microsoftteams/platform/graph-api/rsc/resource-specific-consent */
const GRAPH_PERMISSIONS = [
  'Channel.Create.Group',
  'ChannelSettings.ReadWrite.Group',
  'TeamsTab.Create.Group',
  'TeamsTab.Read.Group',
]

export type Assembled =
  | { readonly kind: 'manifest'; readonly manifest: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

const fields = z.record(z.string(), z.unknown())
const oneBot = z.tuple([fields])

/** The manifest of one installation: the text of manifest.json with its placeholders filled and the commands put in. */
export function assembleManifest(values: Values, text: string): Assembled {
  const found = FIELD_NAMES.map((name) => ({ name, value: values[name]?.trim().toLowerCase() ?? '' }))
  const problems = found.flatMap(({ name, value }) => problem(name, value))
  if (problems.length > 0) return { kind: 'refused', problems }

  const filled = found.reduce(
    (json, { name, value }) => json.replaceAll(`\${{${FIELDS[name].placeholder}}}`, value),
    text,
  )
  const open = /\$\{\{[^}]*\}\}/.exec(filled)?.[0]
  if (open) return refused(`it has ${open}, and nothing fills that. Write the value itself.`)
  const json = parsed(filled)
  if (json === undefined) return refused('it is no JSON. Look for a comma or a quote near your last change.')
  const manifest = fields.safeParse(json)
  const bots = oneBot.safeParse(manifest.data?.bots)
  if (!manifest.success || !bots.success) return refused('it must have exactly one bot, under "bots".')
  const bot = { ...bots.data[0], commandLists: commandLists() }
  const granted = values.graph ? graphConsent(found[0]?.value ?? '') : {}
  return { kind: 'manifest', manifest: { ...manifest.data, bots: [bot], ...granted } }
}

const graphConsent = (id: string) => ({
  // Teams asks for an address here, and does nothing with it where nobody signs in.
  webApplicationInfo: { id, resource: 'https://notUsed' },
  authorization: {
    permissions: { resourceSpecific: GRAPH_PERMISSIONS.map((name) => ({ name, type: 'Application' })) },
  },
})

function problem(name: keyof typeof FIELDS, value: string): string[] {
  const { fits, isNot, take, shownLength } = FIELDS[name]
  if (value === '') return [`--${name} is missing. ${take}`]
  if (fits.test(value)) return []
  const isLong = value.length > shownLength
  const shown = isLong ? `"${value.slice(0, shownLength)}…" (${value.length} characters)` : `"${value}"`
  return [`--${name} is ${shown}: that is ${isNot}. ${take}`]
}

const refused = (why: string): Assembled => ({ kind: 'refused', problems: [`manifest.json: ${why}`] })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
