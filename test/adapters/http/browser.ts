/** What a browser does of itself, by hand: cookies, and where a form sends. It follows no redirect that a test does not. */
export function browser(languages?: string) {
  const jar = new Map<string, string>()

  async function ask(url: string, init: RequestInit = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const isOurs = new URL(url).pathname.startsWith('/decide')
    const headers = new Headers(init.headers)
    // A server that is started anew does not know the connections of the one before.
    headers.set('connection', 'close')
    if (languages) headers.set('accept-language', languages)
    if (isOurs && cookie) headers.set('cookie', cookie)
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const { status } = response
    return {
      status,
      headers: response.headers,
      to: response.headers.get('location') ?? '',
      html: await response.text(),
    }
  }

  const open = (url: string) => ask(url)
  /** Presses the one button of our page. */
  const press = (url: string, site = 'same-origin') =>
    ask(url, { method: 'POST', headers: { 'sec-fetch-site': site } })

  /** At the provider: signs in as that person, or cancels. Gives where it sends them back to. */
  async function signInAt(url: string, email: string): Promise<string> {
    const page = await open(url)
    const hidden = [...page.html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    const form = new URLSearchParams(
      hidden.map(([, name = '', value = '']): [string, string] => [name, value]),
    )
    form.set('email', email)
    const answer = await ask(new URL('/authorize', url).href, { method: 'POST', body: form })
    return answer.to
  }

  return {
    jar,
    open,
    press,
    signInAt,
    /** From the link up to the address that would finish it. */
    async upToCallback(link: string, email = 'ann@example.com'): Promise<string> {
      return signInAt((await press(link)).to, email)
    },
    /** The whole way, and the page at its end. */
    async decide(link: string, email = 'ann@example.com') {
      return open(await signInAt((await press(link)).to, email))
    },
  }
}
