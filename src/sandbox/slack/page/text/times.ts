/** A Slack ts is seconds since 1970, a dot, and six digits that make it unique. */
export function secondsOf(ts: string): number {
  return Math.floor(Number(ts))
}

/** "2026-11-23", to tell days apart in a time zone. */
export function dayOf(seconds: number, timeZone: string): string {
  return format(seconds, timeZone, 'en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' })
}

/** "2:05 PM" */
export function timeText(seconds: number, timeZone: string): string {
  return format(seconds, timeZone, 'en-US', { hour: 'numeric', minute: '2-digit' })
}

/** "Monday, November 23, 2026 at 2:05:31 PM GMT+1": what a tooltip says. */
export function momentText(seconds: number, timeZone: string): string {
  return format(seconds, timeZone, 'en-US', {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  })
}

/** "Today", "Yesterday", "Monday, November 23rd" */
export function dayText(seconds: number, timeZone: string, now = Date.now() / 1000): string {
  return (
    relativeDay(seconds, timeZone, now) ?? TOKENS.date_long(seconds, timeZone, now).replace(/, \d{4}$/, '')
  )
}

// A clock that moves in steps may stand a little before the moment it is asked about.
const STEP_SECONDS = 20

/** "just now", "2 minutes ago", "in 3 hours" */
export function agoText(seconds: number, now = Date.now() / 1000): string {
  const passed = now - seconds
  const distance = Math.abs(passed)
  if (distance < 45) return passed > -STEP_SECONDS ? 'just now' : 'in less than a minute'
  const [unit, size] = unitFor(distance)
  const count = Math.max(1, Math.round(distance / size))
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`
  return passed > 0 ? `${words} ago` : `in ${words}`
}

/** Slack's date tokens: "{date_short_pretty} at {time}". What is not a token is text. */
export function dateText(
  seconds: number,
  pattern: string,
  timeZone: string,
  now = Date.now() / 1000,
): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const token = Object.entries(TOKENS).find(([known]) => known === name)
    return token === undefined ? whole : token[1](seconds, timeZone, now)
  })
}

type Token = (seconds: number, timeZone: string, now: number) => string

const pretty =
  (plain: Token): Token =>
  (seconds, timeZone, now) =>
    relativeDay(seconds, timeZone, now)?.toLowerCase() ?? plain(seconds, timeZone, now)

const date: Token = (seconds, zone) =>
  withOrdinal(format(seconds, zone, 'en-US', { year: 'numeric', month: 'long', day: 'numeric' }))
const dateShort: Token = (seconds, zone) =>
  format(seconds, zone, 'en-US', { year: 'numeric', month: 'short', day: 'numeric' })
const dateLong: Token = (seconds, zone) =>
  withOrdinal(
    format(seconds, zone, 'en-US', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }),
  )

const TOKENS = {
  date_num: dayOf,
  date_slash: (seconds, zone) =>
    format(seconds, zone, 'en-US', { year: 'numeric', month: '2-digit', day: '2-digit' }),
  date,
  date_short: dateShort,
  date_long: dateLong,
  date_pretty: pretty(date),
  date_short_pretty: pretty(dateShort),
  date_long_pretty: pretty(dateLong),
  day_divider_pretty: (seconds, zone, now) => dayText(seconds, zone, now),
  time: timeText,
  time_secs: (seconds, zone) =>
    format(seconds, zone, 'en-US', { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  ago: (seconds, _zone, now) => agoText(seconds, now),
} satisfies Record<string, Token>

function unitFor(seconds: number): [string, number] {
  if (seconds < 3570) return ['minute', 60]
  if (seconds < 84_600) return ['hour', 3600]
  return ['day', 86_400]
}

function relativeDay(seconds: number, timeZone: string, now: number): string | undefined {
  const day = dayOf(seconds, timeZone)
  if (day === dayOf(now, timeZone)) return 'Today'
  if (day === dayOf(now - 86_400, timeZone)) return 'Yesterday'
  if (day === dayOf(now + 86_400, timeZone)) return 'Tomorrow'
  return undefined
}

function withOrdinal(text: string): string {
  return text.replace(/(\d{1,2})(?=,)/, (day) => {
    const teen = Number(day) >= 11 && Number(day) <= 13
    const ending = teen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[Number(day) % 10] ?? 'th')
    return day + ending
  })
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter is slow and a long channel needs thousands of texts, so each kind is made once. */
function format(
  seconds: number,
  timeZone: string,
  locale: string,
  options: Intl.DateTimeFormatOptions,
): string {
  const key = JSON.stringify([locale, timeZone, options])
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone })
  formats.set(key, known)
  return known.format(seconds * 1000)
}
