// Runs in the folder where its packages were fetched to, on the Node that was fetched with them: its SDK asks for 22.
import { createServer } from 'node:http2'
import * as restate from '@restatedev/restate-sdk'
import * as clients from '@restatedev/restate-sdk-clients'

const [, , ingress, admin, port, style] = process.argv
const now = () => performance.timeOrigin + performance.now()
let marks = []
const noop = (run, id) => {
  marks.push([run, id, now(), now()])
}

const step = restate.service({
  name: 'step',
  handlers: { run: async (_context, { run, id }) => noop(run, id) },
})

// Wave by wave, which is how its documentation runs things side by side.
const plan = restate.service({
  name: 'plan',
  handlers: {
    calls: async (context, { run, waves }) => {
      for (const wave of waves)
        await restate.RestatePromise.all(wave.map((id) => context.serviceClient(step).run({ run, id })))
    },
    steps: async (context, { run, waves }) => {
      for (const wave of waves)
        await restate.RestatePromise.all(wave.map((id) => context.run(id, () => noop(run, id))))
    },
  },
})

const served = createServer(restate.createEndpointHandler({ services: [step, plan] }))
await new Promise((resolve) => served.listen(Number(port), '127.0.0.1', resolve))
const registered = await fetch(`${admin}/deployments`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ uri: `http://127.0.0.1:${port}` }),
})
if (!registered.ok) throw new Error(`Registration failed: ${registered.status} ${await registered.text()}`)

const client = clients.connect({ url: ingress }).serviceClient(plan)

async function run({ workload, waves, limitSeconds }) {
  marks = []
  const began = now()
  const all = Array.from({ length: workload.runs }, (_, place) => client[style]({ run: place, waves }))
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
process.once('disconnect', () => process.exit(0))
process.send({ ready: true })
