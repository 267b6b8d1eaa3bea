import type { OwnProcess } from './own-process.ts'

/** What must not outlive this process. */
export interface Ward {
  server: OwnProcess
  close(): Promise<void>
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const wards = new Set<Ward>()

/** Ends the ward when this process ends, however it ends short of SIGKILL; calling the answer releases it. */
export function endWithParent(ward: Ward): () => void {
  if (wards.size === 0) listen()
  wards.add(ward)
  return () => {
    if (wards.delete(ward) && wards.size === 0) stopListening()
  }
}

function listen(): void {
  process.on('exit', askAllToEnd)
  for (const signal of SIGNALS) process.on(signal, closeAllAndEnd)
}

function stopListening(): void {
  process.off('exit', askAllToEnd)
  for (const signal of SIGNALS) process.off(signal, closeAllAndEnd)
}

function askAllToEnd(): void {
  for (const ward of wards) ward.server.askToEnd()
}

async function closeAllAndEnd(signal: NodeJS.Signals): Promise<void> {
  // Who else listens means to end this process in an order of its own, and may need the servers until then.
  if (process.listenerCount(signal) > 1) return
  const closings = [...wards].map((ward) => ward.close())
  for (const other of SIGNALS) process.off(other, closeAllAndEnd) // A second Ctrl-C does not wait.
  await Promise.allSettled(closings)
  process.kill(process.pid, signal)
}
