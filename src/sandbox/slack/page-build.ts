import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundlePage } from './page-files.ts'

/** Bundles the page for the built artefact: node --import tsx src/sandbox/slack/page-build.ts dist/sandbox/slack/page-dist */
const folder = process.argv[2]
if (folder === undefined) throw new Error('Say where the page goes: page-build.ts <folder>')

const { html, js, css } = await bundlePage()
await mkdir(folder, { recursive: true })
await Promise.all([
  writeFile(join(folder, 'index.html'), html),
  writeFile(join(folder, 'page.js'), js),
  writeFile(join(folder, 'page.css'), css),
])
