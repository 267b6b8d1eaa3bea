/** Sample data: small plans over the servers of the practice estate, each with servers of its own. */
export const PLANS: readonly { readonly recovery_plan_id: string; readonly tasks: readonly object[] }[] = [
  // Two branches side by side, a gate, and a join.
  plan('wide', [
    drs('servers', [server('a', 1), server('a', 2)], ['approve']),
    automation('caches', 'Lifeboat-WarmCache', ['approve']),
    gate('approve', ['services', 'batch']),
    automation('services', 'Lifeboat-StartServices'),
    automation('batch', 'Lifeboat-PauseBatch'),
  ]),
  // One after the other, with two launches.
  plan('deep', [
    automation('stop', 'Lifeboat-StopServices', ['data']),
    drs('data', [server('b', 1), server('b', 2), server('b', 3)], ['approve']),
    gate('approve', ['web']),
    drs('web', [server('b', 4)], ['start']),
    automation('start', 'Lifeboat-StartServices'),
  ]),
  // Two launches at once; either may fail and try again by itself.
  plan('twin', [
    drs('left', [server('b', 5), server('b', 6)], ['approve']),
    drs('right', [server('b', 7)], ['approve']),
    gate('approve', ['check']),
    automation('check', 'Lifeboat-HealthCheck'),
  ]),
  // A minute cannot be hurried, whatever is killed meanwhile.
  plan('slow', [
    { task_id: 'pause', task_type: 'wait', inputs: { minutes: 1 }, task_successors: ['approve'] },
    drs('servers', [server('a', 3)], ['approve']),
    gate('approve', ['caches']),
    automation('caches', 'Lifeboat-WarmCache'),
  ]),
]

/** What fails in the practice AWS whatever else is done to it: the first launch of b6, and the first health check. */
export const FAILURES = `
- { when: { operation: StartRecovery, server: ${server('b', 6)} }, times: 1, then: { launchFails: true } }
- { when: { document: Lifeboat-HealthCheck }, times: 1, then: { automationFails: true } }`

function plan(name: string, tasks: readonly object[]) {
  return { recovery_plan_id: `chaos-${name}`, tasks }
}

function server(letter: string, number: number): string {
  return `s-0${letter}${String(number).padStart(15, '0')}`
}

function drs(task_id: string, source_servers: readonly string[], task_successors: readonly string[] = []) {
  return { task_id, task_type: 'drs_recovery', inputs: { source_servers }, task_successors, retries: 1 }
}

function automation(task_id: string, document: string, task_successors: readonly string[] = []) {
  const inputs = { document, parameters: { Application: 'payments' } }
  return { task_id, task_type: 'ssm_automation', inputs, task_successors }
}

function gate(task_id: string, task_successors: readonly string[]) {
  return { task_id, task_type: 'approval', task_successors }
}
