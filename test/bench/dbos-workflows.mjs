// Runs in the folder where its packages were fetched to.
import { DBOS } from '@dbos-inc/dbos-sdk'

const [, , url, style] = process.argv
const now = () => performance.timeOrigin + performance.now()
let marks = []
const noop = async (run, id) => {
  marks.push([run, id, now(), now()])
}

const step = DBOS.registerWorkflow(noop, { name: 'step' })

const children = DBOS.registerWorkflow(
  async (run, waves) => {
    for (const wave of waves) {
      const handles = await Promise.all(wave.map((id) => DBOS.startWorkflow(step)(run, id)))
      await Promise.all(handles.map((handle) => handle.getResult()))
    }
  },
  { name: 'children' },
)

const steps = DBOS.registerWorkflow(
  async (run, waves) => {
    for (const wave of waves)
      await Promise.all(wave.map((id) => DBOS.runStep(() => noop(run, id), { name: id })))
  },
  { name: 'steps' },
)

DBOS.setConfig({ name: 'bench', systemDatabaseUrl: url, logLevel: 'error' })
await DBOS.launch()
const plan = style === 'children' ? children : steps

async function run({ workload, waves, limitSeconds }) {
  marks = []
  const began = now()
  const all = Array.from({ length: workload.runs }, async (_, place) => {
    const handle = await DBOS.startWorkflow(plan)(place, waves)
    await handle.getResult()
  })
  let timer
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve('late'), limitSeconds * 1000)
  })
  const finished = (await Promise.race([Promise.all(all), late])) !== 'late'
  clearTimeout(timer)
  return { seconds: (now() - began) / 1000, finished, marks }
}

process.on('message', (order) => {
  run(order).then(
    (ran) => process.send({ ran }),
    (error) => process.send({ failed: String(error.stack) }),
  )
})
process.once('disconnect', () => {
  DBOS.shutdown().finally(() => process.exit(0))
})
process.send({ ready: true })
