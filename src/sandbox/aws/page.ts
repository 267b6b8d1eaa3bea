/** One page of a list, and the token of the next, which is simply its place in the list. */
export function pageOf<Item>(
  items: readonly Item[],
  size: number,
  token: string | undefined,
): { items: Item[]; next: string | undefined } | 'bad-token' {
  const from = token === undefined ? 0 : Number(token)
  if (!Number.isInteger(from) || from < 0 || from > items.length) return 'bad-token'
  const next = from + size
  return { items: items.slice(from, next), next: next < items.length ? String(next) : undefined }
}
