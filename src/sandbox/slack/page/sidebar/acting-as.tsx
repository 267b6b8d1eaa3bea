import type { PagePerson, PageState } from '../../page-api.ts'
import { Avatar } from '../conversation/avatar.tsx'
import { Icon } from '../icon.tsx'
import { server } from '../model/server.ts'
import type { UnreadCounts } from '../model/unread.ts'
import { Badge, mentionsText } from './sidebar.tsx'

interface ActingAsProps {
  state: PageState
  unread: UnreadCounts
  onPerson(person: string): void
}

/** Everybody, one press away: one person can play all the parts. */
export function ActingAs({ state, unread, onPerson }: ActingAsProps) {
  const setPresence = (chosen: string) => {
    const presence = chosen === 'away' || chosen === 'dnd' ? chosen : 'online'
    void server.setPresence({ as: state.me.id, presence })
  }
  const people = state.people.filter(({ isBot }) => !isBot)
  return (
    <section className="acting" aria-label="Acting as">
      <header className="acting-header">
        <h3>Acting as</h3>
        <select
          aria-label="Your status"
          value={state.me.absence ?? 'online'}
          onChange={({ target }) => setPresence(target.value)}
        >
          <option value="online">Online</option>
          <option value="away">Away</option>
          <option value="dnd">Do not disturb</option>
        </select>
      </header>
      <ul>
        {people.map((person) => {
          const isMe = person.id === state.me.id
          const waiting = isMe ? 0 : unread.mentionsOf(person.id)
          return (
            <li key={person.id}>
              <button
                type="button"
                className="row person"
                aria-label={`Act as ${person.realName}${waiting > 0 ? `, ${mentionsText(waiting)}` : ''}`}
                aria-pressed={isMe}
                disabled={person.deactivated}
                onClick={() => onPerson(person.id)}
              >
                <Avatar person={person} />
                <span className="person-text">
                  <span className="row-name">{person.realName}</span>
                  <small>{person.deactivated ? 'deactivated' : titleWithAbsence(person)}</small>
                </span>
                {waiting > 0 && <Badge count={waiting} />}
                {isMe && <Icon name="check" />}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const ABSENCES = { away: 'Away', dnd: 'Do not disturb' } as const

function titleWithAbsence({ absence, title }: PagePerson): string {
  return absence === undefined ? title : `${ABSENCES[absence]} · ${title}`
}
