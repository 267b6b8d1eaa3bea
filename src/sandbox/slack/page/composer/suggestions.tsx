import type { Suggestion } from './completion.ts'

interface SuggestionsProps {
  id: string
  suggestions: Suggestion[]
  chosen: number
  onChoose(suggestion: Suggestion): void
}

/** The menu above the composer. The focus stays in the text, which names the chosen row to screen readers. */
export function Suggestions({ id, suggestions, chosen, onChoose }: SuggestionsProps) {
  return (
    <div id={id} className="suggestions-menu" role="listbox" aria-label="Suggestions">
      {suggestions.map((suggestion, at) => (
        <div
          key={suggestion.title}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          className="suggestions-row"
          // On mouse down, because a click would first take the focus away from the text.
          onMouseDown={(event) => {
            event.preventDefault()
            onChoose(suggestion)
          }}
        >
          <strong>{suggestion.title}</strong>
          <span>{suggestion.description}</span>
          {suggestion.hint !== '' && <code>{suggestion.hint}</code>}
        </div>
      ))}
    </div>
  )
}
