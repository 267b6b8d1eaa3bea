const MOST_REMEMBERED = 50

const sent = new Map<string, string[]>()

/** What a person has sent from this window, newest last, for the arrow keys. */
export function sentBy(person: string): readonly string[] {
  return sent.get(person) ?? []
}

export function rememberSent(person: string, text: string): void {
  const before = sentBy(person).filter((other) => other !== text)
  sent.set(person, [...before, text].slice(-MOST_REMEMBERED))
}
