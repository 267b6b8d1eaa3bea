import type { PagePerson } from '../../page-api.ts'
import { useReader } from '../model/reader.ts'

/** Initials on the person's own colour; a life ring for an app. */
export function Avatar({
  person,
  size = 'large',
}: {
  person: PagePerson | undefined
  size?: 'large' | 'small'
}) {
  const { state } = useReader()
  if (person?.isBot) {
    return (
      <span className={`avatar avatar-${size} avatar-app`} aria-hidden="true">
        <LifeRing />
      </span>
    )
  }
  const name = person?.realName ?? '?'
  const place = state.people.findIndex(({ id }) => id === person?.id)
  return (
    <span
      className={`avatar avatar-${size}`}
      aria-hidden="true"
      style={{ background: COLOURS[place % COLOURS.length] }}
    >
      {initials(name)}
    </span>
  )
}

export function LifeRing() {
  return (
    <svg className="life-ring" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="9.5" />
      <circle cx="16" cy="16" r="9.5" className="life-ring-bands" />
    </svg>
  )
}

// White letters on each of these have a contrast of 4.5 or more.
const COLOURS = [
  '#0f6f8f',
  '#7a4b9d',
  '#2f7d4f',
  '#b3423a',
  '#5560b8',
  '#8a6100',
  '#a8338a',
  '#38618c',
  '#5f6b1d',
  '#6d5147',
]

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const first = words.at(0)?.at(0) ?? ''
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? '') : ''
  return (first + last).toUpperCase()
}
