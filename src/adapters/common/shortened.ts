/** At most that many characters, and the number of those that are missing. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const note = ` … (${text.length} more)`
  // A character outside the basic plane is never cut in half.
  const kept = text.slice(0, Math.max(0, most - note.length)).replace(/[\uD800-\uDBFF]$/, '')
  return `${kept} … (${text.length - kept.length} more)`.slice(0, most)
}
