import type { PageState } from '../../page-api.ts'
import { Avatar } from '../conversation/avatar.tsx'
import { Icon } from '../icon.tsx'
import type { UnreadCounts } from '../model/unread.ts'
import { Badge, mentionsText } from './sidebar.tsx'

interface ActingAsProps {
  state: PageState
  unread: UnreadCounts
  onPerson(person: string): void
}

/** Everybody, one press away: one person can play all the parts. */
export function ActingAs({ state, unread, onPerson }: ActingAsProps) {
  const people = state.people.filter(({ isBot }) => !isBot)
  return (
    <section className="acting" aria-label="Acting as">
      <h3>Acting as</h3>
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
                  <small>{person.deactivated ? 'deactivated' : person.title}</small>
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
