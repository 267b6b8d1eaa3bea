import { type Contestant, openProgram, program } from './contestants.ts'
import { dbosChildren, dbosSteps } from './dbos.ts'
import { restateCalls, restateSteps } from './restate.ts'
import { isOpenAndClose } from './workloads.ts'

const together: Contestant = {
  name: 'Lifeboat',
  how: 'bot and worker in one process, over embedded DynamoDB and Redis, stream reader and sweep included; nothing is told in chat',
  open: () => openProgram(program('lifeboat.ts')),
}
const apart: Contestant = {
  name: 'Lifeboat, worker apart',
  how: 'the same, the worker in a process of its own',
  open: () => openProgram(program('lifeboat.ts'), ['apart']),
}
const ancestor: Contestant = {
  name: "The ancestor's algorithm",
  how: 'on the same embedded DynamoDB, driven by its streams; each event reads all tasks of the run, no write has a condition; the stream is looked at every 5 ms instead of 250, and log lines arrive without delay',
  open: () => openProgram(program('ancestor.ts')),
}
const flows: Contestant = {
  name: 'BullMQ flows',
  how: 'BullMQ on Redis (append-only file, fsync every second), concurrency 50; keeps no history and knows no decisions',
  without: (workload) =>
    isOpenAndClose(workload)
      ? undefined
      : 'a flow is a tree: a step that two others wait for cannot be written',
  open: () => openProgram(program('flows.ts')),
}

export const FIELD: readonly Contestant[] = [
  together,
  apart,
  ancestor,
  flows,
  restateCalls,
  restateSteps,
  dbosChildren,
  dbosSteps,
]
/** Those whose requests to DynamoDB are counted. */
export const ON_DYNAMODB: readonly Contestant[] = [together, ancestor]
