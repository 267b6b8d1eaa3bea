import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ground } from './blocks/validate.ts'
import type { Site } from './site.ts'
import type { StoredFile } from './workspace.ts'

/** The bytes of what was uploaded: beside the state file, so that they outlive a restart as it does, or in memory. */
export interface Shelf {
  put(id: string, bytes: Buffer): void
  take(id: string): Buffer | undefined
}

export function createShelf(stateFile: string | undefined): Shelf {
  const held = new Map<string, Buffer>()
  if (stateFile === undefined) {
    return { put: (id, bytes) => void held.set(id, bytes), take: (id) => held.get(id) }
  }
  const folder = `${stateFile}.files`
  return {
    put: (id, bytes) => {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, id), bytes)
    },
    take: (id) => (existsSync(join(folder, id)) ? readFileSync(join(folder, id)) : undefined),
  }
}

interface Kind {
  mediaType: string
  /** Slack's own words for it. */
  filetype: string
  prettyType: string
}

const BINARY: Kind = { mediaType: 'application/octet-stream', filetype: 'binary', prettyType: 'Binary' }

const KINDS = new Map<string, Kind>([
  ['png', { mediaType: 'image/png', filetype: 'png', prettyType: 'PNG' }],
  ['jpg', { mediaType: 'image/jpeg', filetype: 'jpg', prettyType: 'JPEG' }],
  ['jpeg', { mediaType: 'image/jpeg', filetype: 'jpg', prettyType: 'JPEG' }],
  ['gif', { mediaType: 'image/gif', filetype: 'gif', prettyType: 'GIF' }],
  ['pdf', { mediaType: 'application/pdf', filetype: 'pdf', prettyType: 'PDF' }],
  ['md', { mediaType: 'text/markdown', filetype: 'markdown', prettyType: 'Markdown' }],
  ['json', { mediaType: 'application/json', filetype: 'json', prettyType: 'JSON' }],
  ['csv', { mediaType: 'text/csv', filetype: 'csv', prettyType: 'CSV' }],
  ['txt', { mediaType: 'text/plain', filetype: 'text', prettyType: 'Plain Text' }],
])

/** As Slack does, by the ending of the name. */
export function kindOf(name: string): Kind {
  return KINDS.get(name.split('.').at(-1)?.toLowerCase() ?? '') ?? BINARY
}

export function isImage({ mediaType }: StoredFile): boolean {
  return mediaType.startsWith('image/')
}

/** Where the bytes are for who has the app's token. */
export function privateUrl({ url, workspace }: Site, { id, name }: StoredFile, folder = ''): string {
  return `${url}/files-pri/${workspace.id}-${id}/${folder}${encodeURIComponent(name)}`
}

/** The id in such an address. */
export function idInUrl(url: string): string | undefined {
  return /\/files-pri\/\w+?-(F\w+)\//.exec(url)?.[1]
}

/** What blocks of this workspace are checked against. */
export function groundOf({ state, workspace }: Site): Ground {
  return {
    hasPlans: workspace.blocks !== 'classic',
    isPicture: ({ id, url }) => {
      const named = typeof id === 'string' ? id : typeof url === 'string' ? idInUrl(url) : undefined
      const file = named === undefined ? undefined : state.file(named)
      return file !== undefined && isImage(file)
    },
  }
}
