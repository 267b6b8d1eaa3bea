import { noopKinds, type Seen, settingsFor, startWorkerPart } from './lifeboat-wiring.ts'
import { meter } from './meter.ts'

/** The worker as a process of its own: tells its parent which runs ended, and on demand what its no-ops saw. */
const [, , dynamoUrl = '', redisUrl = ''] = process.argv
const seen: Seen = new Map()
const worker = startWorkerPart(settingsFor(dynamoUrl, redisUrl), noopKinds(seen), ({ id, endedAt }) => {
  if (endedAt !== undefined) process.send?.({ ended: id })
})
const counter = meter(worker.dynamo)
process.on('message', () => {
  process.send?.({ seen: [...seen], metered: counter.take() })
  seen.clear()
})
process.once('disconnect', () => {
  worker.close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
})
process.send?.({ ready: true })
