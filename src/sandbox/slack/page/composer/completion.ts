import type { PageState } from '../../page-api.ts'

export interface Suggestion {
  /** Stands in the text once chosen. */
  insert: string
  title: string
  description: string
  hint: string
}

export interface Completion {
  /** What the suggestions would replace: from here to the caret. */
  from: number
  suggestions: Suggestion[]
}

/** What can be completed at the caret: a command at the start of the text, or a name after "@". */
export function completionAt(
  text: string,
  caret: number,
  { app, people, userGroups }: PageState,
): Completion {
  const before = text.slice(0, caret)
  if (/^\/\S*$/.test(before)) {
    const suggestions = app.commands
      .filter(({ command }) => command.startsWith(before.toLowerCase()))
      .map(({ command, description, usageHint }) => ({
        insert: `${command} `,
        title: command,
        description,
        hint: usageHint,
      }))
    return { from: 0, suggestions }
  }
  const named = /(?:^|\s)@([\w.-]*)$/.exec(before)
  if (named === null) return { from: caret, suggestions: [] }
  const begun = (named[1] ?? '').toLowerCase()
  const persons = people
    .filter(({ deactivated }) => !deactivated)
    .map(({ name, realName, title }) => ({ handle: name, name: realName, hint: title }))
  const groups = userGroups.map(({ handle, name, members }) => ({
    handle,
    name,
    hint: `${members.length} people`,
  }))
  const suggestions = [...persons, ...groups]
    .filter(({ handle, name }) => [handle, name].some((known) => known.toLowerCase().startsWith(begun)))
    .map(({ handle, name, hint }) => ({
      insert: `@${handle} `,
      title: `@${handle}`,
      description: name,
      hint,
    }))
  return { from: caret - begun.length - 1, suggestions }
}

/** How the command that is being written continues, as its app describes it. */
export function usageAt(text: string, { app }: PageState): string | undefined {
  const command = app.commands.find((known) => text.startsWith(`${known.command} `))
  return command && `${command.command} ${command.usageHint}`
}
