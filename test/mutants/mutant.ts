/** A bug, planted on purpose: the suite must fail where it stands. */
export interface Mutant {
  /** The bug, as a sentence that is true once it is planted. */
  readonly name: string
  readonly file: string
  /** The right text; it stands exactly once in the file. */
  readonly from: string
  readonly to: string
  /** The narrowest test files, or as many simulated worlds, that must notice. */
  readonly caughtBy: readonly string[] | Worlds
}

export interface Worlds {
  readonly worlds: number
}

/** The text of the mutant's file with the bug in it. */
export function planted(text: string, { name, file, from, to }: Mutant): string {
  const times = text.split(from).length - 1
  if (times !== 1) {
    throw new Error(
      `"${name}": its text stands ${times} times in ${file}, and must stand there once. Copy it anew from the file:\n${from}`,
    )
  }
  return text.replace(from, () => to)
}

export const testFiles = ({ caughtBy }: Mutant): readonly string[] => ('worlds' in caughtBy ? [] : caughtBy)

export const worldsOf = ({ caughtBy }: Mutant): number => ('worlds' in caughtBy ? caughtBy.worlds : 0)
