import type { Confirm } from '@slack/types'
import { createContext, useContext, useState } from 'react'
import type { ClickRequest } from '../../page-api.ts'
import { useConfirm } from '../dialogs/confirm.tsx'
import { useReader } from '../model/reader.ts'
import { server } from '../model/server.ts'
import type { Form } from './form.ts'

/** What blocks stand on, a message or a view: what they hold, and where their clicks go. */
export interface Surface extends Form {
  click(blockId: string, actionId: string, selected?: string): Promise<void>
}

export const SurfaceContext = createContext<Surface | undefined>(undefined)

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext)
  if (surface === undefined) throw new Error('This control stands outside <SurfaceContext>.')
  return surface
}

export function useSurfaceOn(on: ClickRequest['on'], form: Form): Surface {
  const { me, report } = useReader()
  const click: Surface['click'] = async (blockId, actionId, selected) => {
    const chosen = selected === undefined ? {} : { selected }
    const answer = await server.click({ as: me.id, on, blockId, actionId, values: form.values, ...chosen })
    if (!answer.ok) report(answer.error ?? 'The app did not answer the click.')
  }
  return { ...form, click }
}

interface Pressable {
  action_id?: string
  confirm?: Confirm
}

/** Presses an element: asks first if the app wants that, and is busy until the click has been answered. */
export function usePress(blockId: string, element: Pressable) {
  const surface = useSurface()
  const confirm = useConfirm()
  const [busy, setBusy] = useState(false)
  const isConfirmed = async () => element.confirm === undefined || (await confirm(element.confirm))
  const press = async (selected?: string) => {
    setBusy(true)
    await surface.click(blockId, element.action_id ?? '', selected)
    setBusy(false)
  }
  return { busy, isConfirmed, press }
}
