/** East Asian Width W and F, as blocks: what is unassigned in them never gets here (safe.ts). */
const WIDE = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4dc0, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
] as const

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The letters as people see them: a line is never broken inside of one. */
export const lettersOf = (text: string): string[] => [...letters.segment(text)].map(({ segment }) => segment)

/** How many columns safe text takes. */
export const widthOf = (text: string): number => {
  let width = 0
  for (const letter of text) width += columns(letter)
  return width
}

function columns(letter: string): number {
  const point = letter.codePointAt(0) ?? 0
  if (point < 0x300) return 1
  // Marks, and the later parts of a Korean syllable, stand in the column of what is before them.
  if (/[\p{Mn}\p{Me}\u{1160}-\u{11FF}\u{D7B0}-\u{D7FF}]/u.test(letter)) return 0
  // The two halves of a flag take one column each.
  if (/\p{Regional_Indicator}/u.test(letter)) return 1
  if (/\p{Emoji_Presentation}/u.test(letter)) return 2
  return WIDE.some(([from, to]) => point >= from && point <= to) ? 2 : 1
}
