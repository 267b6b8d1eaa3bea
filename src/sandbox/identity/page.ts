import type { IdentityPerson } from './start.ts'

/** Where somebody "signs in": by choosing who they are. */
export function signInPage(
  people: readonly IdentityPerson[],
  request: { readonly [name: string]: string },
): string {
  const hidden = Object.entries(request)
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join('')
  // Whom the client expects stands first.
  const sorted = people.toSorted(
    (a, b) => Number(b.email === request.login_hint) - Number(a.email === request.login_hint),
  )
  const buttons = sorted
    .map(
      ({ email, realName }) =>
        `<button name="email" value="${escaped(email)}">Sign in as ${escaped(realName)}<small>${escaped(email)}</small></button>`,
    )
    .join('\n')
  return frame(
    'Example Corp sign-in',
    `<p>A practice identity provider: nobody needs a password here.</p>
<form method="post" action="/authorize">${hidden}${buttons}
<button name="email" value="" class="no">Cancel</button></form>`,
  )
}

export const refusalPage = (why: string): string => frame('Example Corp sign-in', `<p>${escaped(why)}</p>`)

const frame = (title: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>
:root { color-scheme: light dark }
body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 0 auto; padding: 1.25rem }
button { display: block; width: 100%; margin: .6rem 0; padding: .7rem; font: inherit; font-weight: 600; text-align: left }
small { display: block; font-weight: 400 }
</style></head><body><main><h1>${title}</h1>${body}</main></body></html>
`

const ENTITIES: { readonly [letter: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (letter) => ENTITIES[letter] ?? '')
