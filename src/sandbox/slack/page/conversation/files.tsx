import type { PageFile } from '../../page-api.ts'
import { Icon } from '../icon.tsx'
import { useReader } from '../model/reader.ts'
import { server } from '../model/server.ts'

/** What was uploaded with a message: pictures as they are, everything else as a row. */
export function Files({ files }: { files: readonly PageFile[] }) {
  return (
    <div className="files">
      {files.map((file) =>
        file.mediaType.startsWith('image/') ? (
          <PictureFile key={file.id} file={file} />
        ) : (
          <OtherFile key={file.id} file={file} />
        ),
      )}
    </div>
  )
}

function PictureFile({ file }: { file: PageFile }) {
  const { me } = useReader()
  const url = server.fileUrl(me.id, file.id)
  return (
    <figure className="file-picture">
      <figcaption>{file.title}</figcaption>
      <a href={url} target="_blank" rel="noreferrer">
        <img src={url} alt={file.altText || file.title} />
      </a>
    </figure>
  )
}

function OtherFile({ file: { id, title, name, size, mediaType } }: { file: PageFile }) {
  const { me } = useReader()
  const kind = KINDS.get(mediaType)
  return (
    <div className="file">
      <Icon name="file" />
      <div className="file-text">
        <strong>{title}</strong>
        <small>{[title === name ? undefined : name, kind, sizeText(size)].filter(Boolean).join(' · ')}</small>
      </div>
      {kind && (
        <a href={server.fileUrl(me.id, id)} target="_blank" rel="noreferrer" aria-label={`Open ${title}`}>
          Open
        </a>
      )}
      <a
        className="icon-button"
        href={server.fileUrl(me.id, id, 'download')}
        download={name}
        aria-label={`Download ${title}`}
        title="Download"
      >
        <Icon name="download" />
      </a>
    </div>
  )
}

/** What the browser shows by itself. */
const KINDS = new Map([
  ['application/pdf', 'PDF'],
  ['application/json', 'JSON'],
  ['text/markdown', 'Markdown'],
  ['text/csv', 'CSV'],
  ['text/plain', 'Text'],
])

function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
