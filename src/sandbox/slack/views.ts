import { randomBytes, randomInt } from 'node:crypto'
import type { HomeView, ModalView } from './blocks/view.ts'

/** Block id → action id → what the element holds: Slack's `view.state.values`. */
export type Values = Record<string, Record<string, Record<string, unknown>>>

/** The later ones where both have something to say. */
export function merged(before: Values, later: Values): Values {
  const blocks = Object.entries(later).map(([block, values]) => [block, { ...before[block], ...values }])
  return { ...before, ...Object.fromEntries(blocks) }
}

export interface StandingView<View> {
  readonly id: string
  readonly person: string
  readonly rootId: string
  readonly previousId: string | null
  /** Changes with every change of the view, so that an app can tell whether it overwrites somebody else's. */
  readonly hash: string
  readonly view: View
  readonly values: Values
}

export type OpenView = StandingView<ModalView>
export type Home = StandingView<HomeView>

/** The modals that are open, each person's in a stack, and what the app published on its Home for each. They do not outlive a restart. */
export interface Views {
  stack(person: string): readonly OpenView[]
  find(id: string): OpenView | undefined
  findExternal(externalId: string): OpenView | Home | undefined
  /** In place of whatever was open. */
  open(person: string, view: ModalView): OpenView
  push(person: string, view: ModalView): OpenView | 'full'
  /** Undefined once it is closed. */
  update(id: string, view: ModalView): OpenView | undefined
  /** What was entered, as far as the app has been told of it. It changes nothing that anybody sees. */
  enter(id: string, values: Values): void
  home(person: string): Home | undefined
  /** In place of what the app published before. */
  publish(person: string, view: HomeView): Home
  close(id: string): void
  clear(person: string): void
}

const STACK_LIMIT = 3

export function createViews(changed: (person: string) => void): Views {
  const stacks = new Map<string, readonly OpenView[]>()
  const homes = new Map<string, Home>()
  const stack = (person: string) => stacks.get(person) ?? []
  const put = (person: string, views: readonly OpenView[]) => {
    stacks.set(person, views)
    changed(person)
  }
  const all = () => [...stacks.values()].flat()
  const find = (id: string) => all().find((open) => open.id === id)
  const swap = (after: OpenView) =>
    stacks.set(
      after.person,
      stack(after.person).map((open) => (open.id === after.id ? after : open)),
    )

  return {
    stack,
    find,
    findExternal: (externalId) =>
      [...all(), ...homes.values()].find(({ view }) => view.external_id === externalId),
    open: (person, view) => {
      const opened = fresh(person, view, undefined)
      put(person, [opened])
      return opened
    },
    push: (person, view) => {
      const below = stack(person)
      if (below.length >= STACK_LIMIT) return 'full'
      const pushed = fresh(person, view, below.at(-1))
      put(person, [...below, pushed])
      return pushed
    },
    update: (id, view) => {
      const before = find(id)
      if (before === undefined) return undefined
      const after = { ...before, view, hash: freshHash() }
      swap(after)
      changed(after.person)
      return after
    },
    enter: (id, values) => {
      const before = find(id)
      if (before) swap({ ...before, values: merged(before.values, values) })
      const home = [...homes.values()].find((one) => one.id === id)
      if (home) homes.set(home.person, { ...home, values: merged(home.values, values) })
    },
    home: (person) => homes.get(person),
    publish: (person, view) => {
      const { id, values } = homes.get(person) ?? fresh(person, view, undefined)
      const home = { ...fresh(person, view, undefined), id, rootId: id, values }
      homes.set(person, home)
      changed(person)
      return home
    },
    close: (id) => {
      const closed = find(id)
      if (closed === undefined) return
      put(
        closed.person,
        stack(closed.person).filter((open) => open.id !== id),
      )
    },
    clear: (person) => put(person, []),
  }
}

function fresh<View>(person: string, view: View, below: OpenView | undefined): StandingView<View> {
  const id = `V0${randomBytes(5).toString('hex').toUpperCase()}`
  const [rootId, previousId] = below === undefined ? [id, null] : [below.rootId, below.id]
  return { id, person, rootId, previousId, hash: freshHash(), view, values: {} }
}

const freshHash = () => `${randomInt(1e9)}.${randomBytes(4).toString('hex')}`
