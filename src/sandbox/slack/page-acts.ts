import { z } from 'zod'
import { type Done, no } from './people/acting.ts'
import { click } from './people/click.ts'
import { openHome } from './people/home.ts'
import { join } from './people/join.ts'
import { setPresence } from './people/presence.ts'
import { react } from './people/react.ts'
import { say } from './people/say.ts'
import { shortcut } from './people/shortcut.ts'
import { close, submit } from './people/submit.ts'
import type { Site } from './site.ts'

type Act = (site: Site, given: unknown) => Promise<Done>

function act<Request extends z.ZodType>(
  schema: Request,
  run: (site: Site, request: z.output<Request>) => Promise<Done>,
): Act {
  return async (site, given) => {
    const request = schema.safeParse(given)
    return request.success ? run(site, request.data) : no(z.prettifyError(request.error))
  }
}

const as = z.string()
const channel = z.string()
const values = z.record(z.string(), z.record(z.string(), z.unknown()))
const where = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), channel: z.string(), ts: z.string() }),
  z.object({ kind: z.literal('view'), id: z.string() }),
])

/** What a person can do on the page. */
export const ACTS: ReadonlyMap<string, Act> = new Map([
  [
    'POST /page/say',
    act(z.object({ as, channel, threadTs: z.exactOptional(z.string()), text: z.string() }), say),
  ],
  [
    'POST /page/click',
    act(
      z.object({
        as,
        on: where,
        blockId: z.string(),
        actionId: z.string(),
        selected: z.exactOptional(z.string()),
        values: z.exactOptional(values),
      }),
      click,
    ),
  ],
  ['POST /page/submit', act(z.object({ as, view: z.string(), values }), submit)],
  ['POST /page/close', act(z.object({ as, view: z.string() }), close)],
  [
    'POST /page/react',
    act(z.object({ as, channel, ts: z.string(), name: z.string(), put: z.boolean() }), react),
  ],
  ['POST /page/join', act(z.object({ as, channel }), join)],
  ['POST /page/home', act(z.object({ as, tab: z.enum(['home', 'messages']) }), openHome)],
  [
    'POST /page/shortcut',
    act(
      z.object({
        as,
        callbackId: z.string(),
        on: z.exactOptional(z.object({ channel, ts: z.string() })),
      }),
      shortcut,
    ),
  ],
  ['POST /page/presence', act(z.object({ as, presence: z.enum(['online', 'away', 'dnd']) }), setPresence)],
])
