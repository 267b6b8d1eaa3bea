import { say } from '../../conversation/words/index.ts'
import { TransientFailure } from '../../ports/failure.ts'

/** More than any list that is read here has; a list that goes on for ever is a fault of its server. */
const PAGES = 200

/** Every item of a paged list. A list that cannot be read to its end is a failure: half of it would prove nothing. */
export async function everyPage<Item>(
  what: string,
  read: (token: string | undefined) => Promise<{ items: readonly Item[]; next: string | undefined }>,
): Promise<Item[]> {
  const items: Item[] = []
  const tokens = new Set<string>()
  let token: string | undefined
  do {
    const page = await read(token)
    items.push(...page.items)
    token = page.next || undefined
    if (token && (tokens.has(token) || tokens.size >= PAGES))
      throw new TransientFailure(say().outcome.aws.endlessPages(what))
    if (token) tokens.add(token)
  } while (token)
  return items
}
