import { z } from 'zod'
import { isRecord } from '../blocks/parts.ts'
import { checkBlocks, checkHome, checkView } from '../blocks/validate.ts'
import { groundOf } from '../files.ts'
import { decoded, refuse } from '../message-content.ts'
import { type Answer, invalidArgumentsSaying, type Method, method, ok } from './method.ts'

const testAuthentication = method({
  tier: 'special',
  args: z.object({}),
  run: (_args, { workspace, manifest, url, state }) =>
    ok({
      url: `${url}/`,
      team: workspace.name,
      team_id: workspace.id,
      user: state.person(workspace.app.botUserId)?.name,
      user_id: workspace.app.botUserId,
      bot_id: workspace.app.botId,
      app_id: workspace.app.id,
      app_name: manifest.name,
      is_enterprise_install: false,
    }),
})

const testApi = method({
  token: 'none',
  tier: 'tier4',
  args: z.record(z.string(), z.unknown()),
  run: (args) => (typeof args.error === 'string' ? refuse(args.error, { args }) : ok({ args })),
})

const openConnection = method({
  token: 'app',
  tier: 'tier3',
  args: z.object({}),
  run: (_args, { sockets }) => ok({ url: sockets.ticket() }),
})

const validateBlocks = method({
  token: 'none',
  tier: 'tier4',
  args: z.object({
    blocks: z.unknown().optional(),
    message: z.unknown().optional(),
    view: z.unknown().optional(),
  }),
  run: (given, site): Answer => {
    const named = Object.entries(given).filter(([, value]) => value !== undefined)
    const [first] = named
    if (first === undefined || named.length > 1) {
      return invalidArgumentsSaying('provide exactly one of `blocks`, `view` or `message`')
    }
    const [what, value] = [first[0], decoded(first[1])]
    const ground = groundOf(site)
    if (what === 'view') {
      const check = isRecord(value) && value.type === 'home' ? checkHome : checkView
      return verdict(check(value, ground), 'invalid_view')
    }
    if (what === 'blocks') return verdict(checkBlocks(value, ground), 'invalid_blocks')
    return verdict(checkBlocks(isRecord(value) ? (value.blocks ?? []) : value, ground), 'invalid_message')
  },
})

export const app = {
  'auth.test': testAuthentication,
  'api.test': testApi,
  'apps.connections.open': openConnection,
  'blocks.validate': validateBlocks,
} as const satisfies Record<string, Method>

function verdict(
  checked: ReturnType<typeof checkBlocks | typeof checkView | typeof checkHome>,
  error: string,
): Answer {
  return checked.kind === 'valid' ? ok() : refuse(error, { errors: checked.problems })
}
