import { z } from 'zod'
import type { Block } from '../workspace.ts'
import { viewBlocks } from './blocks.ts'
import { LIMITS } from './limits.ts'
import { named } from './parts.ts'
import { id, plainText } from './text.ts'

export const modalSchema = z.strictObject({
  type: z.literal('modal'),
  title: plainText(LIMITS.viewTitle),
  submit: z.exactOptional(plainText(LIMITS.viewButton)),
  close: z.exactOptional(plainText(LIMITS.viewButton)),
  blocks: viewBlocks,
  callback_id: id,
  external_id: id,
  private_metadata: z.exactOptional(z.string().max(LIMITS.privateMetadata)),
  clear_on_close: z.exactOptional(z.boolean()),
  notify_on_close: z.exactOptional(z.boolean()),
})

export const homeSchema = z.strictObject({
  type: z.literal('home'),
  blocks: viewBlocks,
  callback_id: id,
  external_id: id,
  private_metadata: z.exactOptional(z.string().max(LIMITS.privateMetadata)),
})

type PlainText = z.output<ReturnType<typeof plainText>>

/** A view as Slack keeps it: everything that may be left out has its default. */
interface AnyView {
  readonly blocks: readonly Block[]
  readonly callback_id: string
  readonly external_id: string
  readonly private_metadata: string
  readonly clear_on_close: boolean
  readonly notify_on_close: boolean
}

export interface ModalView extends AnyView {
  readonly type: 'modal'
  readonly title: PlainText
  readonly submit: PlainText | null
  readonly close: PlainText | null
}

export interface HomeView extends AnyView {
  readonly type: 'home'
  readonly submit: null
  readonly close: null
}

export function modalView(given: z.output<typeof modalSchema>): ModalView {
  return {
    type: 'modal',
    title: given.title,
    submit: given.submit ?? null,
    close: given.close ?? null,
    ...common(given),
    clear_on_close: given.clear_on_close ?? false,
    notify_on_close: given.notify_on_close ?? false,
  }
}

export function homeView(given: z.output<typeof homeSchema>): HomeView {
  return {
    type: 'home',
    submit: null,
    close: null,
    ...common(given),
    clear_on_close: false,
    notify_on_close: false,
  }
}

function common(given: z.output<typeof homeSchema> | z.output<typeof modalSchema>) {
  return {
    blocks: named(given.blocks),
    callback_id: given.callback_id ?? '',
    external_id: given.external_id ?? '',
    private_metadata: given.private_metadata ?? '',
  }
}
