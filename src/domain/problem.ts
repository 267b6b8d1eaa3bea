/** Something wrong in a document: where, what was found, and what to do. */
export interface Problem {
  /** As people point into JSON: "tasks[2].task_successors[0]". Empty for the document itself. */
  readonly path: string
  readonly message: string
}

/** ['tasks', 2, 'inputs', 'servers'] → "tasks[2].inputs.servers". */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? String(step) : `${text}.${String(step)}`
  }, '')
