/** What a script learns. 130 is how a shell says that somebody left by Ctrl-C. */
export const EXIT = {
  done: 0,
  refused: 1,
  unclear: 2,
  needsAnswer: 3,
  noBot: 4,
  broken: 70,
  left: 130,
} as const
export type Exit = (typeof EXIT)[keyof typeof EXIT]

/** The same in words, for --help. */
export const EXITS: readonly (readonly [Exit, string])[] = [
  [EXIT.done, 'done'],
  [EXIT.refused, 'refused; or the run that was watched ended incomplete'],
  [EXIT.unclear, 'not understood'],
  [EXIT.needsAnswer, 'a form needs answers and nobody is there to give them: see --answer'],
  [EXIT.noBot, 'the bot cannot be reached, or does not know the token'],
  [EXIT.broken, 'a mistake of the command line itself'],
  [EXIT.left, 'left by Ctrl-C'],
]
