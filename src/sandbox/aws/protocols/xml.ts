/** The item name of each list that is not called `member`. It is needed both ways: XML itself knows no lists. */
export type ListItems = Readonly<Record<string, string>>

/** `<name>…</name>` of a value; nothing of an absent one. */
export function element(name: string, value: unknown, lists: ListItems): string {
  if (value === undefined || value === null) return ''
  return `<${name}>${content(name, value, lists)}</${name}>`
}

function content(name: string, value: unknown, lists: ListItems): string {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map((item) => element(lists[name] ?? 'member', item, lists)).join('')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([member, held]) => element(member, held, lists))
      .join('')
  return String(value).replace(/[&<>"\r]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

/** The members of a document's root element. Enough for what SDK clients write: no comments, CDATA or DTD. */
export function parseXml(text: string, lists: ListItems): unknown {
  const tokens = text.match(/<[^>]+>|[^<]+/g) ?? []
  const root: Open = { name: '', members: [], text: '' }
  const open: Open[] = [root]
  for (const token of tokens) {
    const current = open.at(-1) ?? root
    if (token.startsWith('<?')) continue
    if (token.startsWith('</')) {
      if (token.slice(2, -1).trim() !== current.name)
        throw new SyntaxError(`${token} closes <${current.name}>`)
      open.pop()
      open.at(-1)?.members.push([current.name, heldIn(current, lists)])
    } else if (token.startsWith('<')) {
      const name = /^<([\w.]+)/.exec(token)?.[1]
      if (name === undefined) throw new SyntaxError(`${token} is no element`)
      const opened: Open = { name, members: [], text: '' }
      if (token.endsWith('/>')) current.members.push([name, heldIn(opened, lists)])
      else open.push(opened)
    } else current.text += token
  }
  if (open.length > 1) throw new SyntaxError(`<${open.at(-1)?.name}> is not closed`)
  return root.members[0]?.[1] ?? {}
}

interface Open {
  readonly name: string
  readonly members: [string, unknown][]
  text: string
}

function heldIn({ name, members, text }: Open, lists: ListItems): unknown {
  if (Object.hasOwn(lists, name)) return members.map(([, value]) => value)
  return members.length > 0 ? Object.fromEntries(members) : decoded(text)
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal) return String.fromCodePoint(Number(decimal))
    return NAMED[name] ?? whole
  })
