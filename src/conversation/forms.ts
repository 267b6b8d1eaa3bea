import { z } from 'zod'
import { type Execution, type ExecutionId, MODES, type Mode, type Place } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Plan, PlanTask } from '../domain/plan.ts'
import { preview } from '../domain/preview.ts'
import type { Task } from '../domain/task.ts'
import { needsReason, PERSON_EVENTS, type PersonEvent } from '../domain/transitions.ts'
import { actionOf, clickOn } from './buttons.ts'
import type { Block, Field, Form, TaskClick } from './card.ts'
import { fromJson, taskClickSchema } from './click.ts'
import { consequence } from './consequences.ts'
import { type GateAhead, gatesAhead } from './gates-card.ts'
import { clip, count, HEADING_LIMIT, MODE_WORDS, strong } from './in-words.ts'
import { planFacts } from './plan-card.ts'
import { previewInWords } from './preview-in-words.ts'
import { say } from './words/index.ts'

/** The names under which the answers come back. */
export const FIELDS = {
  planName: 'plan-name',
  region: 'region',
  reason: 'reason',
  plan: 'plan',
  mode: 'mode',
} as const
/** Slack shows at most 24 characters of a dialog's title. */
const TITLE_LIMIT = 24
const PREVIEWED_TASKS = 8

/** Where the run will be told. */
const places = z.array(z.object({ platform: z.string().max(50), channel: z.string().max(200) })).max(5)

const memorySchema = z.discriminatedUnion('form', [
  z.object({ form: z.literal('choose'), places }),
  z.object({
    form: z.literal('start'),
    // Keys of the store are made of it, and over the API it may come from anywhere.
    id: z.string().regex(/^[0-9A-Z]{1,26}$/),
    plan: z.string().min(1).max(500),
    mode: z.enum(MODES),
    hash: z.string().max(100),
    places,
  }),
  z.object({
    form: z.literal('reason'),
    execution: z.string().min(1).max(200),
    asks: z.enum([...PERSON_EVENTS, 'pause', 'resume', 'cancel']),
    /** What the card showed; absent where the whole run is meant. */
    click: taskClickSchema.optional(),
    breakGlass: z.literal(true).optional(),
  }),
])
export type Memory = z.infer<typeof memorySchema>

/** Reads what a form remembered; undefined where it is none of ours. */
export const parseMemory = (text: string): Memory | undefined => memorySchema.safeParse(fromJson(text)).data

export interface StartPreview {
  readonly plan: Plan
  readonly mode: Mode
  /** Where it recovers to: a REAL failover asks for its name. Absent: nobody knows it. */
  readonly region?: string
  /** The order's id: sent twice, it starts one run. */
  readonly id: ExecutionId
  readonly places: readonly Place[]
  readonly describe: (task: PlanTask, mode: Mode) => string
  /** Whom its approvals will ask, and whether they can be reached. */
  readonly gates?: readonly GateAhead[]
}

/** What will happen, before it does. A real failover asks for the plan's name. */
export function startForm({ plan, mode, id, places, describe, gates = [], region }: StartPreview): Form {
  const real = mode === 'recovery'
  const { forms, overview } = say()
  const first = plan.tasks.slice(0, PREVIEWED_TASKS)
  const more = plan.tasks.length - first.length
  const blocks: Block[] = [
    { kind: 'heading', text: clip(`${MODE_WORDS[mode]} · ${plan.name}`, HEADING_LIMIT) },
    { kind: 'text', text: [forms.start.means[mode]] },
    planFacts(plan),
    {
      kind: 'list',
      items: first.map((task) => [strong(clip(task.name, 80)), ` – ${clip(describe(task, mode), 200)}`]),
    },
    ...(more > 0 ? [{ kind: 'note' as const, text: [overview.andMoreTasks(count(more, 'more task'))] }] : []),
    ...gatesAhead(gates),
  ]
  const confirm: Field = {
    name: FIELDS.planName,
    label: forms.start.typeName,
    placeholder: clip(plan.name, HEADING_LIMIT),
    required: true,
    multiline: false,
  }
  const memory: Memory = { form: 'start', id, plan: plan.id, mode, hash: plan.hash, places: [...places] }
  return {
    title: forms.start.label[mode],
    blocks,
    fields: [
      ...(real ? [confirm, ...(region === undefined ? [] : [regionField(region)])] : []),
      reasonField(false),
    ],
    submit: forms.start.label[mode],
    memory: JSON.stringify(memory),
  }
}

const regionField = (region: string): Field => ({
  name: FIELDS.region,
  label: say().forms.start.typeRegion,
  placeholder: region,
  required: true,
  multiline: false,
})

/** Asks why, and says what it will do. `task` is absent where the whole run is meant; `with.click` is what the card showed. */
export function reasonForm(
  execution: Execution,
  task: Task | undefined,
  asks: PersonEvent | 'pause' | 'resume' | 'cancel',
  {
    click,
    breakGlass,
    now,
  }: { readonly click?: TaskClick; readonly breakGlass?: true; readonly now?: Date } = {},
): Form {
  const event = PERSON_EVENTS.find((name) => name === asks)
  const onTask = task && event ? { task, event } : undefined
  const { label, means } = onTask
    ? taskWords(consequence(execution, onTask.task, onTask.event), onTask.event, breakGlass)
    : say().forms.reason.run[asks === 'pause' || asks === 'resume' ? asks : 'cancel']
  const request = onTask ? { asks: onTask.event, task: onTask.task.id } : event ? undefined : asksOfRun(asks)
  const foreseen = now && request && preview(execution, request, now)
  const carried = click ?? (onTask && clickOn(execution, onTask.task, onTask.event))
  const memory: Memory = {
    ...{ form: 'reason', execution: execution.id, asks },
    ...optional('click', carried),
    ...optional('breakGlass', breakGlass),
  }
  return {
    title: clip(label, TITLE_LIMIT),
    blocks: [
      {
        kind: 'heading',
        text: clip(`${MODE_WORDS[execution.mode]} · ${task?.name ?? execution.plan.name}`, HEADING_LIMIT),
      },
      { kind: 'text', text: [means] },
      ...(foreseen?.kind === 'preview' ? previewInWords(foreseen) : []),
    ],
    fields: [reasonField(needsReason(asks) || breakGlass === true)],
    submit: clip(label, TITLE_LIMIT),
    memory: JSON.stringify(memory),
  }
}

const asksOfRun = (asks: PersonEvent | 'pause' | 'resume' | 'cancel') =>
  asks === 'pause' || asks === 'resume' || asks === 'cancel' ? { asks } : undefined

function taskWords(means: string, event: PersonEvent, breakGlass: boolean | undefined) {
  const words = say().forms.reason
  return breakGlass
    ? { label: words.breakGlass, means: words.breakGlassMeans(means) }
    : { label: actionOf(event), means }
}

const reasonField = (required: boolean): Field => ({
  name: FIELDS.reason,
  label: say().forms.reason.label,
  hint: say().forms.reason.hint,
  required,
  multiline: true,
})
