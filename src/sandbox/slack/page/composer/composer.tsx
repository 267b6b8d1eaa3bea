import { type KeyboardEvent, useId, useLayoutEffect, useState } from 'react'
import { Avatar } from '../conversation/avatar.tsx'
import { Icon } from '../icon.tsx'
import { useReader } from '../model/reader.ts'
import { server } from '../model/server.ts'
import { completionAt, type Suggestion, usageAt } from './completion.ts'
import type { Draft } from './draft.ts'
import { rememberSent, sentBy } from './sent.ts'
import { ShortcutsMenu } from './shortcuts-menu.tsx'
import { Suggestions } from './suggestions.tsx'

interface ComposerProps {
  draft: Draft
  label: string
  channel: string
  threadTs?: string
}

export function Composer({ draft, label, channel, threadTs }: ComposerProps) {
  const { state, me, report } = useReader()
  const id = useId()
  const { text, field } = draft
  const [caret, setCaret] = useState(text.length)
  const [chosen, setChosen] = useState(0)
  const [isMenuClosed, setMenuClosed] = useState(false)
  // How far back the arrow key has gone; 0 is what is being written.
  const [back, setBack] = useState(0)
  const completion = completionAt(text, caret, state)
  const suggestions = isMenuClosed ? [] : completion.suggestions
  const usage = suggestions.length === 0 ? usageAt(text, state) : undefined

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const area = field.current
    if (area === null) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight}px`
  }, [text])

  const write = (next: string, at = next.length) => {
    draft.set(next)
    setCaret(at)
    setChosen(0)
    setMenuClosed(false)
  }
  const send = async () => {
    const said = text.trim()
    if (said === '') return
    write('')
    setBack(0)
    rememberSent(me.id, said)
    const answer = await server.say({
      as: me.id,
      channel,
      text: said,
      ...(threadTs !== undefined && { threadTs }),
    })
    if (answer.ok) return
    report(answer.error ?? 'The message was not sent.')
    draft.set(said)
  }
  const complete = ({ insert }: Suggestion) => {
    const at = completion.from + insert.length
    write(text.slice(0, completion.from) + insert + text.slice(caret), at)
    requestAnimationFrame(() => field.current?.setSelectionRange(at, at))
  }
  const recall = (steps: number) => {
    const sent = sentBy(me.id)
    const next = Math.max(0, Math.min(back + steps, sent.length))
    setBack(next)
    write(next === 0 ? '' : (sent.at(-next) ?? ''))
    setMenuClosed(true)
  }

  const onMenuKey = (event: KeyboardEvent): boolean => {
    const suggestion = suggestions[chosen]
    if (suggestion === undefined) return false
    // Enter on what is already there in full sends it.
    const isWhole = suggestion.insert.trim() === text.slice(completion.from)
    if (event.key === 'ArrowDown') setChosen((chosen + 1) % suggestions.length)
    else if (event.key === 'ArrowUp') setChosen((chosen + suggestions.length - 1) % suggestions.length)
    else if (event.key === 'Escape') setMenuClosed(true)
    else if (event.key === 'Tab' || (event.key === 'Enter' && !isWhole)) complete(suggestion)
    else return false
    return true
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const handled = () => event.preventDefault()
    if (onMenuKey(event)) return handled()
    if (event.key === 'Enter' && !event.shiftKey) {
      handled()
      void send()
    } else if (event.key === 'ArrowUp' && (text === '' || back > 0)) {
      handled()
      recall(1)
    } else if (event.key === 'ArrowDown' && back > 0) {
      handled()
      recall(-1)
    }
  }

  return (
    <div className="composer-place">
      {suggestions.length > 0 && (
        <Suggestions id={id} suggestions={suggestions} chosen={chosen} onChoose={complete} />
      )}
      {usage !== undefined && <p className="usage">{usage}</p>}
      <div className="composer">
        <textarea
          ref={field}
          rows={1}
          aria-label={label}
          placeholder={label}
          aria-autocomplete="list"
          aria-controls={suggestions.length > 0 ? id : undefined}
          aria-activedescendant={suggestions.length > 0 ? `${id}-${chosen}` : undefined}
          value={text}
          onChange={({ target }) => {
            setBack(0)
            write(target.value, target.selectionStart)
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <div className="composer-bar">
          <button
            type="button"
            className="icon-button"
            aria-label="Commands"
            title="Commands"
            onClick={() => {
              if (text === '') write('/')
              field.current?.focus()
            }}
          >
            <Icon name="slash" />
          </button>
          <ShortcutsMenu />
          <span className="composer-as">
            <Avatar person={me} size="small" /> as {me.realName}
          </span>
          <button
            type="button"
            className="send"
            aria-label="Send"
            disabled={text.trim() === ''}
            onClick={send}
          >
            <Icon name="send" />
          </button>
        </div>
      </div>
    </div>
  )
}
