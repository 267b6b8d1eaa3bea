import type { z } from 'zod'
import type { Block } from '../workspace.ts'
import { messageBlocks } from './blocks.ts'
import { LIMITS } from './limits.ts'
import { isRecord, named } from './parts.ts'
import { failed, type Problem, problemsOf } from './problems.ts'
import { type HomeView, homeSchema, homeView, type ModalView, modalSchema, modalView } from './view.ts'

type Checked<Value> = { kind: 'valid'; value: Value } | { kind: 'invalid'; problems: Problem[] }

/** What blocks are checked against besides their own reference. */
export interface Ground {
  hasPlans: boolean
  /** Whether a picture was uploaded under this id or address. */
  isPicture(file: { id?: unknown; url?: unknown }): boolean
}

const ANYWHERE: Ground = { hasPlans: true, isPicture: () => true }

/** The blocks of a message. Pointers begin at the list. */
export function checkBlocks(blocks: unknown, ground = ANYWHERE): Checked<Block[]> {
  const checked = messageBlocks.safeParse(blocks, { reportInput: true })
  const problems = [
    ...zodProblems(checked, blocks),
    ...duplicates(blocks),
    ...tooMuchMarkdown(blocks),
    ...plansIn(blocks, ground),
    ...strangePictures(blocks, '', ground),
  ]
  if (!checked.success || problems.length > 0) return { kind: 'invalid', problems }
  return { kind: 'valid', value: named(checked.data) }
}

/** A modal. Pointers begin at the view. */
export function checkView(view: unknown, ground = ANYWHERE): Checked<ModalView> {
  const checked = modalSchema.safeParse(view, { reportInput: true })
  const problems = [...viewProblems(checked, view, ground), ...inputsWithoutSubmit(view)]
  if (!checked.success || problems.length > 0) return { kind: 'invalid', problems }
  return { kind: 'valid', value: modalView(checked.data) }
}

/** An app's home. Pointers begin at the view. */
export function checkHome(view: unknown, ground = ANYWHERE): Checked<HomeView> {
  const checked = homeSchema.safeParse(view, { reportInput: true })
  const problems = viewProblems(checked, view, ground)
  if (!checked.success || problems.length > 0) return { kind: 'invalid', problems }
  return { kind: 'valid', value: homeView(checked.data) }
}

function viewProblems(checked: z.ZodSafeParseResult<unknown>, view: unknown, ground: Ground): Problem[] {
  const blocks = isRecord(view) ? view.blocks : undefined
  const within = duplicates(blocks).map((problem) => ({ ...problem, pointer: `/blocks${problem.pointer}` }))
  const mismatches = zodProblems(checked, view)
  // Slack's validator begins with this line, because several kinds of view are allowed.
  if (mismatches.length > 0) mismatches.unshift(failed('failed to match all allowed schemas', ''))
  return [...mismatches, ...within, ...strangePictures(blocks, '/blocks', ground)]
}

function zodProblems(checked: z.ZodSafeParseResult<unknown>, input: unknown): Problem[] {
  return checked.success ? [] : problemsOf(checked.error, input)
}

/** Block ids are unique among blocks, action ids within their block. */
function duplicates(blocks: unknown): Problem[] {
  const list = records(blocks)
  const actions = list.flatMap(({ elements }, at) =>
    repeated('action_id', records(elements), `/${at}/elements`),
  )
  return [...repeated('block_id', list, ''), ...actions]
}

function repeated(
  key: 'block_id' | 'action_id',
  list: Record<string, unknown>[],
  pointer: string,
): Problem[] {
  const seen = new Set<unknown>()
  return list.flatMap((entry, at) => {
    const name = entry[key]
    const again = name !== undefined && seen.has(name)
    seen.add(name)
    return again ? [failed(`\`${key}\` "${String(name)}" already exists`, `${pointer}/${at}/${key}`)] : []
  })
}

function tooMuchMarkdown(blocks: unknown): Problem[] {
  const texts = records(blocks).flatMap(({ type, text }) =>
    type === 'markdown' && typeof text === 'string' ? [text] : [],
  )
  const isTooMuch = texts.length > 1 && texts.join('').length > LIMITS.markdownText
  return isTooMuch ? [failed(`must be less than ${LIMITS.markdownText + 1} characters`, '')] : []
}

function plansIn(blocks: unknown, { hasPlans }: Ground): Problem[] {
  return records(blocks).flatMap(({ type }, at) =>
    !hasPlans && (type === 'plan' || type === 'task_card')
      ? [failed(`unsupported type: ${type}`, `/${at}/type`)]
      : [],
  )
}

function strangePictures(value: unknown, pointer: string, ground: Ground): Problem[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, held]) => {
    const at = `${pointer}/${key}`
    if (key !== 'slack_file' || !isRecord(held)) return strangePictures(held, at, ground)
    return ground.isPicture(held) ? [] : [failed('invalid slack file', at)]
  })
}

function inputsWithoutSubmit(view: unknown): Problem[] {
  if (!isRecord(view) || view.submit !== undefined) return []
  const at = records(view.blocks).findIndex(({ type }) => type === 'input')
  const message = 'must define `submit` to use an `input` block in modals'
  return at < 0 ? [] : [failed(message, `/blocks/${at}/input`)]
}

function records(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.map((entry) => (isRecord(entry) ? entry : {})) : []
}
