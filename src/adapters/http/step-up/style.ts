/** Big type, wide targets, light and dark; REAL is red and DRILL yellow, beside the words. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d1c1d; --page: #fff; --soft: #595959; --line: #d0d0d0; --go: #0b6b3a; --mode: #595959; --on: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #f2f2f2; --page: #17181a; --soft: #b4b4b4; --line: #4a4a4a; --go: #1b7f4b } }
.recovery { --mode: #b3001b }
.drill { --mode: #ffd23f; --on: #1d1c1d }
* { box-sizing: border-box }
body { margin: 0; border-top: .75rem solid var(--mode); background: var(--page); color: var(--ink); font: 1.125rem/1.5 system-ui, sans-serif }
main { max-width: 36rem; margin: 0 auto; padding: 1.25rem; overflow-wrap: anywhere }
.mode { margin: 0 0 1rem; padding: .6rem .9rem; border-radius: .5rem; background: var(--mode); color: var(--on); font-weight: 700 }
h1 { margin: 0 0 1rem; font-size: 1.6rem; line-height: 1.25 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1rem; margin: 1.25rem 0; padding: 1rem 0; border: solid var(--line); border-width: 1px 0 }
dt { color: var(--soft) }
dd { margin: 0; font-weight: 600 }
code { font-size: .9em }
.note { color: var(--soft); font-size: 1rem }
button { width: 100%; min-height: 3.5rem; padding: .75rem; border: 0; border-radius: .6rem; background: var(--go); color: #fff; font: inherit; font-weight: 700; cursor: pointer }
a { color: inherit; font-weight: 600 }
button:focus-visible, a:focus-visible { outline: .2rem solid var(--ink); outline-offset: .2rem }
`
