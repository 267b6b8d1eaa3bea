import { useReader } from '../model/reader.ts'
import { useNow } from './now.ts'
import { agoText, dateText, momentText, timeText } from './times.ts'
import { WebLink } from './web-link.tsx'

/** A moment as an app formats it, in the reader's own time zone. */
export function SlackDate({
  seconds,
  format,
  url,
}: {
  seconds: number
  format: string
  url?: string | undefined
}) {
  const { me } = useReader()
  const now = useNow()
  const text = (
    <time dateTime={iso(seconds)} title={momentText(seconds, me.timeZone)}>
      {dateText(seconds, format, me.timeZone, now)}
    </time>
  )
  return url === undefined ? text : <WebLink url={url}>{text}</WebLink>
}

export function TimeOfDay({ seconds }: { seconds: number }) {
  const { me } = useReader()
  return (
    <time dateTime={iso(seconds)} title={momentText(seconds, me.timeZone)}>
      {timeText(seconds, me.timeZone)}
    </time>
  )
}

export function Ago({ seconds }: { seconds: number }) {
  const { me } = useReader()
  const now = useNow()
  return (
    <time dateTime={iso(seconds)} title={momentText(seconds, me.timeZone)}>
      {agoText(seconds, now)}
    </time>
  )
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
