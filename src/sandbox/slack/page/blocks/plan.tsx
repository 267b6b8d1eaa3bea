import type { PlanBlock, TaskCardBlock } from '@slack/types'
import { Icon } from '../icon.tsx'
import { plain } from '../text/mrkdwn.ts'
import { RichText } from '../text/rich-text.tsx'
import { WebLink } from '../text/web-link.tsx'

export function PlanView({ block }: { block: PlanBlock }) {
  const tasks = (block.tasks ?? []).filter(isTask)
  const done = tasks.filter(({ status }) => status === 'complete').length
  return (
    <div className="block-plan">
      <h4>
        {plain(block.title)}
        <small>{`${done} of ${tasks.length} done`}</small>
      </h4>
      <ol>
        {tasks.map((task) => (
          <li key={task.task_id}>
            <TaskView task={task} />
          </li>
        ))}
      </ol>
    </div>
  )
}

export function TaskView({ task }: { task: TaskCardBlock }) {
  const { word } = STATUSES[task.status]
  return (
    <div className={`block-task block-task-${task.status}`}>
      <span className="task-status" aria-hidden="true">
        <Mark status={task.status} />
      </span>
      <div className="task-text">
        <div className="task-title">
          <strong>{plain(task.title)}</strong>
          <span className="task-word">{word}</span>
        </div>
        {task.details && <RichText block={task.details} />}
        {task.output && <RichText block={task.output} />}
        {task.sources?.map(({ url, text }) => (
          <WebLink key={url} url={url}>
            {text}
          </WebLink>
        ))}
      </div>
    </div>
  )
}

function Mark({ status }: { status: TaskCardBlock['status'] }) {
  const { icon } = STATUSES[status]
  if (icon !== undefined) return <Icon name={icon} />
  return status === 'in_progress' ? <span className="spinner" /> : null
}

const STATUSES = {
  pending: { word: 'Waiting', icon: undefined },
  in_progress: { word: 'In progress', icon: undefined },
  complete: { word: 'Done', icon: 'check' },
  error: { word: 'Failed', icon: 'cross' },
} as const

/** Slack's types leave a plan's tasks open. */
function isTask(task: TaskCardBlock | Record<string, unknown>): task is TaskCardBlock {
  return typeof task.status === 'string' && task.status in STATUSES && typeof task.title === 'string'
}
