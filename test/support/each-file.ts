import { afterAll } from 'vitest'
import { speak } from '../../src/apps/language.ts'
import { endServers } from './servers.ts'

// vitest runs this before each test file. Files share a process, because loading the product anew for each takes longer than
// most of them; what one changes for all is undone here.
speak('en')
afterAll(endServers)
