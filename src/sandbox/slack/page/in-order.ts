import { createElement, Fragment, type ReactNode } from 'react'

/** Draws things that have no identity but their place: words of a text, cells of a row. They need no keys. */
export function inOrder<Item>(
  items: readonly Item[],
  draw: (item: Item, at: number) => ReactNode,
): ReactNode {
  return createElement(Fragment, null, ...items.map(draw))
}
