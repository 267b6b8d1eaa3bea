import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export interface PageFiles {
  html: string
  js: string
  css: string
}

let files: Promise<PageFiles> | undefined

/** The page of the local workspace: as it was built, or, in a checkout, bundled on the spot. Made once per process. */
export function pageFiles(): Promise<PageFiles> {
  files ??= existsSync(BUILT) ? readBuilt() : bundlePage()
  return files
}

const BUILT = new URL('./page-dist/', import.meta.url)
const SOURCE = new URL('./page/', import.meta.url)

async function readBuilt(): Promise<PageFiles> {
  const read = (name: string) => readFile(new URL(name, BUILT), 'utf8')
  const [html, js, css] = await Promise.all([read('index.html'), read('page.js'), read('page.css')])
  return { html, js, css }
}

export async function bundlePage(): Promise<PageFiles> {
  // Only a checkout has esbuild; what is built never comes here.
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(SOURCE),
    entryPoints: [
      { in: 'main.tsx', out: 'page' },
      { in: 'styles/page.css', out: 'page' },
    ],
    outdir: 'out',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['chrome120', 'firefox125', 'safari17.4'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
  const html = await readFile(new URL('index.html', SOURCE), 'utf8')
  return { html, js: textOf('.js'), css: textOf('.css') }
}
