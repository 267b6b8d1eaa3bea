const PERSON = /^teams:([0-9a-f-]{36})$/i

/** How somebody, or a group, of Teams is called outside of here. */
export const teamsId = (id: string): string => `teams:${id}`

/** The object id in Entra of a person of Teams; undefined for anybody else. */
export const objectIdOf = (id: string): string | undefined => PERSON.exec(id)?.[1]?.toLowerCase()
