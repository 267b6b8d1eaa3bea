/** Pieces of blocks, as short as a table of cases wants them. */

export const plain = (text: string) => ({ type: 'plain_text', text })
export const marked = (text: string) => ({ type: 'mrkdwn', text })
export const long = (characters: number) => 'x'.repeat(characters)
export const option = (value: string) => ({ text: plain(`Option ${value}`), value })
export const options = (count: number) => Array.from({ length: count }, (_, at) => option(String(at)))
export const button = (fields: object = {}) => ({ type: 'button', text: plain('Press'), ...fields })
export const actions = (...elements: object[]) => ({ type: 'actions', elements })
export const input = (element: object, fields: object = {}) => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...fields,
})
export const words = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
})
export const task = (fields: object = {}) => ({
  type: 'task_card',
  task_id: 't',
  title: 'Task',
  status: 'pending',
  ...fields,
})
