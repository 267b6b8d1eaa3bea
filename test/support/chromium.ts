import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const run = promisify(execFile)

/** A headless Chromium that talks to nobody but the page. */
export async function launchChromium(): Promise<Browser> {
  const quiet = [
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  const args = ['--no-sandbox', '--disable-gpu', ...quiet]
  return chromium.launch({ executablePath: await chromiumPath(), args })
}

/** Where Chromium, or a browser built on it, is on this machine. A Debian container that has none, and is root, installs it. */
export async function chromiumPath(): Promise<string> {
  const found = await findChromium()
  if (found !== undefined) return found
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    await run('apt-get', ['update'])
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES])
    const installed = await findChromium()
    if (installed !== undefined) return installed
  }
  throw new Error(
    'The browser tests need Chromium or Chrome, and found neither: install one, e.g. with "apt-get install chromium" or "brew install --cask chromium".',
  )
}

const DEBIAN_PACKAGES = ['chromium', 'fonts-liberation', 'fonts-noto-color-emoji']
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const USUAL_PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files\\Chromium\\Application\\chrome.exe',
]

async function findChromium(): Promise<string | undefined> {
  for (const name of NAMES) {
    const path = await onPath(name)
    if (path !== undefined) return path
  }
  return USUAL_PLACES.find((path) => existsSync(path))
}

async function onPath(name: string): Promise<string | undefined> {
  const which = process.platform === 'win32' ? 'where' : 'which'
  try {
    const { stdout } = await run(which, [name])
    return stdout.split('\n')[0]?.trim()
  } catch {
    // That is how both say that there is none.
    return undefined
  }
}
