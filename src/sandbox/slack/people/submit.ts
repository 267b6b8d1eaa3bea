import { z } from 'zod'
import { elementsOf } from '../blocks/parts.ts'
import { isRefused } from '../message-content.ts'
import { viewObject } from '../methods/shapes.ts'
import { pushed, readView } from '../methods/views.ts'
import type { CloseRequest, SubmitRequest } from '../page-api.ts'
import type { Site } from '../site.ts'
import type { OpenView, Values } from '../views.ts'
import type { Block, Person } from '../workspace.ts'
import { acting, common, DONE, type Done, type No, no } from './acting.ts'
import { complaints, stateOf, valuesOf } from './element-state.ts'

const NO_ANSWER = 'We had some trouble connecting. Try again?'

/** Somebody sends what they entered in a modal. */
export async function submit(site: Site, { as, view, values }: SubmitRequest): Promise<Done> {
  const found = openView(site, as, view)
  if ('ok' in found) return found
  const { person, open } = found
  const { blocks } = open.view
  site.views.enter(view, tidied(blocks, values))
  const entered = site.views.find(view) ?? open
  const errors = complaints(blocks, valuesOf(blocks, entered.values))
  if (Object.keys(errors).length > 0) return { ok: false, error: 'Some fields need attention.', errors }

  const outcome = await site.deliver({
    kind: 'submission',
    content: {
      ...viewPayload(site, person, 'view_submission', entered),
      trigger_id: site.triggers.issue(person.id, view),
      response_urls: [],
    },
  })
  site.notices.stir()
  return outcome.kind === 'failed' ? no(NO_ANSWER) : follow(site, entered, outcome.body)
}

/** Somebody closes a modal with the button or the X. */
export async function close(site: Site, { as, view }: CloseRequest): Promise<Done> {
  const found = openView(site, as, view)
  if ('ok' in found) return found
  const { person, open } = found
  const stack = site.views.stack(person.id)
  const closed = open.view.clear_on_close ? stack : [open]
  for (const one of closed) site.views.close(one.id)
  await Promise.all(
    closed
      .filter(({ view }) => view.notify_on_close)
      .map((one) => {
        const content = {
          ...viewPayload(site, person, 'view_closed', one),
          is_cleared: open.view.clear_on_close,
        }
        return site.deliver({ kind: 'closing', content })
      }),
  )
  return DONE
}

/** Only what belongs to an element of these blocks, in the element's own shape. */
export function tidied(blocks: readonly Block[], values: Record<string, Record<string, unknown>>): Values {
  const tidy: Values = {}
  for (const { blockId, element } of elementsOf(blocks)) {
    const entered = values[blockId]?.[element.action_id]
    if (entered === undefined) continue
    tidy[blockId] = { ...tidy[blockId], [element.action_id]: stateOf(element, entered) }
  }
  return tidy
}

const instructionSchema = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
])

/** Without an instruction of the app, a modal that was sent closes. */
function follow(site: Site, { id, person, view: { blocks } }: OpenView, body: unknown): Done {
  if (body === undefined || body === '') {
    site.views.close(id)
    return DONE
  }
  const instruction = instructionSchema.safeParse(body)
  if (!instruction.success) return no(NO_ANSWER)
  const { data } = instruction
  if (data.response_action === 'clear') {
    site.views.clear(person)
    return DONE
  }
  if (data.response_action === 'errors') {
    const inputs = blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id)
    const isKnown = Object.keys(data.errors).every((block) => inputs.includes(block))
    return isKnown ? { ok: false, error: 'The app refused some fields.', errors: data.errors } : no(NO_ANSWER)
  }
  const read = readView(site, data.view, id)
  if (isRefused(read)) return no(NO_ANSWER)
  if (data.response_action === 'push') return pushed(site, person, read.view).ok ? DONE : no(NO_ANSWER)
  site.views.update(id, read.view)
  return DONE
}

function openView(site: Site, as: string, id: string): { person: Person; open: OpenView } | No {
  const person = acting(site, as)
  if ('ok' in person) return person
  const open = site.views.find(id)
  return open?.person === person.id ? { person, open } : no('That window is closed.')
}

function viewPayload(site: Site, person: Person, type: string, open: OpenView): Record<string, unknown> {
  const user = { id: person.id, username: person.name, name: person.name, team_id: site.workspace.id }
  return { type, user, ...common(site), view: viewObject(site, open) }
}
