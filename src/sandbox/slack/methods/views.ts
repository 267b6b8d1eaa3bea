import { z } from 'zod'
import { LIMITS } from '../blocks/limits.ts'
import { type Problem, sentence } from '../blocks/problems.ts'
import { checkHome, checkView } from '../blocks/validate.ts'
import type { HomeView, ModalView } from '../blocks/view.ts'
import { groundOf } from '../files.ts'
import { decoded, isRefused, type Refused, refuse } from '../message-content.ts'
import type { Site } from '../site.ts'
import { type Answer, invalidArgumentsSaying, type Method, method, ok } from './method.ts'
import { viewObject } from './shapes.ts'

const view = z.union([z.string(), z.record(z.string(), z.unknown())])
const triggered = z.object({ trigger_id: z.string(), view })

const open = method({
  tier: 'tier4',
  args: triggered,
  run: (given, site) => {
    const asked = triggeredView(site, given)
    if (isRefused(asked)) return asked
    const { trigger, read } = asked
    return ok({ view: viewObject(site, site.views.open(trigger.person, read.view)) })
  },
})

const push = method({
  tier: 'tier4',
  args: triggered,
  run: (given, site) => {
    const asked = triggeredView(site, given)
    if (isRefused(asked)) return asked
    const { trigger, read } = asked
    const below = trigger.fromView === undefined ? undefined : site.views.find(trigger.fromView)
    if (below === undefined) return refuse('not_found')
    return pushed(site, below.person, read.view)
  },
})

const update = method({
  tier: 'tier4',
  args: z.object({
    view_id: z.string().optional(),
    external_id: z.string().optional(),
    hash: z.string().optional(),
    view,
  }),
  run: ({ view_id, external_id, hash, view: given }, site) => {
    const before = view_id
      ? site.views.find(view_id)
      : external_id
        ? site.views.findExternal(external_id)
        : undefined
    // A home is changed by publishing it anew.
    if (before === undefined || before.view.type === 'home') return refuse('not_found')
    if (hash !== undefined && hash !== before.hash) return refuse('hash_conflict')
    const read = readView(site, given, before.id)
    if (isRefused(read)) return read
    const after = site.views.update(before.id, read.view)
    return after ? ok({ view: viewObject(site, after) }) : refuse('not_found')
  },
})

const publish = method({
  tier: 'tier4',
  args: z.object({ user_id: z.string(), view, hash: z.string().optional() }),
  run: ({ user_id, view: given, hash }, site) => {
    const person = site.state.person(user_id)
    if (person === undefined || person.role === 'bot') return invalidArgumentsSaying('invalid `user_id`')
    const value = decoded(given)
    const before = site.views.home(user_id)
    const read = accepted(site, value, checkHome(value, groundOf(site)), before?.id)
    if (isRefused(read)) return read
    if (!site.manifest.hasHomeTab) return refuse('not_enabled')
    if (hash !== undefined && hash !== before?.hash) return refuse('hash_conflict')
    return ok({ view: viewObject(site, site.views.publish(user_id, read.view)) })
  },
})

export const views = {
  'views.publish': publish,
  'views.open': open,
  'views.push': push,
  'views.update': update,
} as const satisfies Record<string, Method>

/** The view, and the trigger that allows it once. A view that is refused leaves its trigger unused. */
function triggeredView(site: Site, { trigger_id, view: given }: z.output<typeof triggered>) {
  const read = readView(site, given)
  if (isRefused(read)) return read
  const trigger = site.triggers.use(trigger_id)
  return 'refused' in trigger ? refuse(trigger.refused) : { trigger, read }
}

/** `replaced` is the view that this one takes the place of, whose external id it may go on using. */
export function readView(site: Site, given: unknown, replaced?: string): { view: ModalView } | Refused {
  const value = decoded(given)
  return accepted(site, value, checkView(value, groundOf(site)), replaced)
}

function accepted<View extends ModalView | HomeView>(
  site: Site,
  value: unknown,
  checked: { kind: 'valid'; value: View } | { kind: 'invalid'; problems: Problem[] },
  replaced: string | undefined,
): { view: View } | Refused {
  if (checked.kind === 'invalid') {
    return invalidArgumentsSaying(...checked.problems.map((problem) => sentence(problem, '/view')))
  }
  if (Buffer.byteLength(JSON.stringify(value)) > LIMITS.viewBytes) return refuse('view_too_large')
  const { external_id } = checked.value
  const holder = external_id === '' ? undefined : site.views.findExternal(external_id)
  return holder && holder.id !== replaced ? refuse('duplicate_external_id') : { view: checked.value }
}

export function pushed(site: Site, person: string, view: ModalView): Answer {
  const opened = site.views.push(person, view)
  return opened === 'full' ? refuse('push_limit_reached') : ok({ view: viewObject(site, opened) })
}
