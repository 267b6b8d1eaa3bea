import type { Span, Tick } from './picture.ts'
import { say } from './words/index.ts'

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000]
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 30, 365].map((days) => days * DAY),
]
const MOST_TICKS = 6
/** Where each names its day: it takes twice the room. */
const MOST_DAY_TICKS = 4
const LONG = 20 * HOUR

/** Round times of the zone, a few of them, with what is written beside them. */
export function ticksFor(zone: string, span: Span): Tick[] {
  const [from, to] = [Date.parse(span.from), Date.parse(span.to)]
  const most = to - from > LONG ? MOST_DAY_TICKS : MOST_TICKS
  const step = STEPS.find((each) => (to - from) / each <= most) ?? (to - from) / most
  // Round in the zone's own time: half past is round nowhere, though some zones are half an hour off.
  const offset = offsetOf(zone, from)
  const first = Math.ceil((from + offset) / step) * step - offset
  const clock = clockFor(zone, span, step < MINUTE)
  const ticks: Tick[] = []
  for (let at = first; at <= to && ticks.length <= most; at += step) {
    const time = new Date(at).toISOString()
    ticks.push({ at: time, label: clock(time) })
  }
  return ticks
}

/** "14:05" in the zone; with seconds where a span is that short, with the day where it is longer than one. */
export function clockFor(zone: string, { from, to }: Span, withSeconds = false): (at: string) => string {
  const isLong = Date.parse(to) - Date.parse(from) > LONG
  const format = new Intl.DateTimeFormat(say().pictures.dates, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(withSeconds ? { second: '2-digit' } : {}),
    ...(isLong ? { day: 'numeric', month: 'short' } : {}),
  })
  return (at) => format.format(new Date(at)).replace(',', '')
}

/** How far the zone's clock is ahead of UTC then. */
function offsetOf(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(at))
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0)
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return local - Math.floor(at / SECOND) * SECOND
}
