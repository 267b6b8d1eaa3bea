import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CHANNEL, type Stage, stage } from './stage.ts'

/*
 * Each story as it is read: what is typed and pressed, what stands in the channel, and what one person alone is told. The files
 * beside this one are the promise; look at the difference before you take a new one over (npx vitest run test/scenarios/transcripts -u).
 */

const automation = (id: string, name: string, successors: string[] = []) => ({
  ...{ task_id: id, task_type: 'ssm_automation', name, task_successors: successors },
  inputs: { document: `Example-${id}`, document_version: '1' },
})
const PAYMENTS = {
  recovery_plan_id: 'payments',
  name: 'Payments',
  description: 'Sample data.',
  objectives: { rto_minutes: 30 },
  custom_attributes: { runbook: 'https://example.com/runbook' },
  tasks: [
    automation('database', 'Move the database', ['caches', 'approve-dns']),
    automation('caches', 'Warm the caches', ['approve-dns']),
    {
      ...{ task_id: 'approve-dns', task_type: 'approval', name: 'Approve sending customers over' },
      ...{ inputs: { description: 'Customers go to us-west-2.' }, timeout_minutes: 30 },
      task_successors: ['dns'],
    },
    automation('dns', 'Send customers over'),
  ],
}
const TWO = [{ modes: ['recovery'], needs: [{ count: 2 }], four_eyes: true }]
const CONFIRMED = { 'plan-name': 'Payments', region: 'us-west-2', reason: 'us-east-1 is gone' }

const reads = async (told: Stage, name: string) =>
  expect(await told.transcript()).toMatchFileSnapshot(join(import.meta.dirname, `${name}.txt`))

async function started(told: Stage): Promise<void> {
  await told.types('olive', 'failover payments', CHANNEL)
  await told.fills('olive', CONFIRMED)
}

test('a failure is retried, somebody who may not approves, and the failover ends', async () => {
  const told = await stage({ plans: [PAYMENTS], fails: { 'Example-caches': 1 } })
  await told.types('olive', 'failover payments', CHANNEL)
  await told.fills('olive', { ...CONFIRMED, region: 'us-east-1' })
  await started(told)
  await told.pass(60)
  await told.presses('val', 'Retry')
  await told.presses('olive', 'Retry')
  await told.pass(40)
  await told.presses('olive', 'Approve')
  await told.presses('avery', 'Approve')
  await told.pass(40)
  await reads(told, 'retry-and-approve')
})

test('two people open a gate: not the starter, and nobody twice', async () => {
  const told = await stage({ plans: [PAYMENTS], approvals: TWO })
  await started(told)
  await told.pass(60)
  await told.presses('olive', 'Approve')
  await told.presses('avery', 'Approve')
  await told.presses('avery', 'Approve')
  await told.types('blake', 'why approve-dns', CHANNEL)
  await told.presses('blake', 'Approve')
  await told.pass(40)
  await reads(told, 'two-approvers')
})

test('nobody decides: those on call, the others, everybody, and then it expires and is asked again', async () => {
  const told = await stage({ plans: [PAYMENTS], approvals: TWO })
  await started(told)
  await told.pass(60)
  await told.pass(31 * 60)
  await told.types('avery', 'retry approve-dns', CHANNEL)
  await told.pass(15)
  await reads(told, 'nobody-decides')
})

test('a war room: asked for, led, noted in, closed and put away', async () => {
  const told = await stage({ plans: [PAYMENTS] })
  await started(told)
  await told.types('olive', 'room', CHANNEL)
  await told.pass(15)
  await told.presses('olive', 'Take command')
  await told.types('val', 'note Customers were told at 14:05', CHANNEL)
  await told.pass(50)
  await told.presses('avery', 'Approve')
  await told.pass(40)
  await told.presses('olive', 'Close room')
  await told.pass(20)
  await reads(told, 'war-room')
})

test('a branch is given up: what it means is said before, and what became of it after', async () => {
  const told = await stage({ plans: [PAYMENTS], fails: { 'Example-caches': 9 } })
  await started(told)
  await told.pass(60)
  await told.presses('olive', 'Abandon branch…')
  await told.fills('olive', { reason: '' })
  await told.presses('olive', 'Abandon branch…')
  await told.fills('olive', { reason: 'The cache vendor is down as well' })
  await told.pass(20)
  await reads(told, 'abandoned')
})
