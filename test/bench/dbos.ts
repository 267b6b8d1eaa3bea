import { join } from 'node:path'
import { type Contestant, type Opened, openProgram } from './contestants.ts'
import { fetched } from './fetch.ts'
import { startPostgres } from './postgres.ts'

const PACKAGES = { '@dbos-inc/dbos-sdk': '5.3.0' }

export const dbosChildren: Contestant = {
  name: 'DBOS, a workflow per task',
  how: 'DBOS 5.3.0 on PostgreSQL 15, both with their default settings; each task is a child workflow, wave by wave',
  open: () => open('children'),
}
export const dbosSteps: Contestant = {
  name: 'DBOS, steps of one workflow',
  how: 'the same; each task is a step of one workflow, wave by wave',
  open: () => open('steps'),
}

async function open(style: 'children' | 'steps'): Promise<Opened> {
  const home = await fetched('dbos', PACKAGES, 'dbos-workflows.mjs')
  const postgres = await startPostgres()
  try {
    const words = [postgres.url, style]
    const program = await openProgram(join(home, 'dbos-workflows.mjs'), words, {
      node: process.execPath,
      cwd: home,
    })
    return {
      run: program.run,
      close: async () => {
        await program.close()
        await postgres.close()
      },
    }
  } catch (error) {
    await postgres.close()
    throw error
  }
}
