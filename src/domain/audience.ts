import { type PlanDocument, planDocument } from './plan-document.ts'
import type { Task } from './task.ts'

export type NotificationSettings = NonNullable<PlanDocument['notifications']>
type TaskSettings = NonNullable<NotificationSettings['task_level_settings']>[number]

/** The part of a plan's document that says who is written to; whatever else it holds is not looked at. */
export const notificationsOnly = planDocument.pick({ notifications: true }).strip()

/** Who is written to. It may be nobody: other systems hear of everything over the event bus. */
export interface Audience {
  readonly recipients: readonly string[]
  readonly groups: readonly string[]
}

/** Who is written to about the run, or about one task of it. */
export function audience(settings: NotificationSettings | undefined, task?: Task): Audience {
  const own = task && ownSettings(settings, task)
  if (!settings || settings.enabled === false || own?.enabled === false) return { recipients: [], groups: [] }
  const defaults = own?.override_defaults ? {} : settings
  return {
    recipients: [...new Set([...(defaults.default_recipients ?? []), ...(own?.recipients ?? [])])],
    groups: [...new Set(defaults.default_groups)],
  }
}

/** What the plan's author gave to the task. A gate that the plan put before a task goes by the settings of that task. */
export function ownSettings(
  settings: NotificationSettings | undefined,
  task: Task,
): TaskSettings | undefined {
  const all = settings?.task_level_settings ?? []
  const gated = ({ task_id }: TaskSettings) => task.type === 'approval' && task.id === `approve-${task_id}`
  return all.find(({ task_id }) => task_id === task.id) ?? all.find(gated)
}
