import type { Redis } from 'ioredis'

/** What is wrong with a Redis that answers, in words for people with the way out; empty where it serves as a job queue. */
export async function wrongSettings(redis: Redis): Promise<string[]> {
  const info = fields(await redis.info())
  const policy = info.get('maxmemory_policy')
  const limit = Number(info.get('maxmemory') ?? 0)
  const wrong: string[] = []
  if (info.get('role') === 'slave')
    wrong.push('Redis is a read-only replica and takes no jobs: point REDIS_URL at its primary.')
  if (limit > 0 && Number(info.get('used_memory') ?? 0) >= limit)
    wrong.push(
      `Redis is full (maxmemory is ${limit} bytes) and takes no jobs: give it more memory, or remove what is not ours.`,
    )
  if (policy !== undefined && policy !== 'noeviction')
    wrong.push(
      `Redis has maxmemory-policy "${policy}" and may drop jobs to make room: set it to "noeviction".`,
    )
  if (info.get('aof_enabled') === '0' && (await savePoints(redis)) === '')
    wrong.push('Redis keeps nothing on disk and forgets every job when it restarts: set "appendonly yes".')
  return wrong
}

/** When Redis writes a snapshot; undefined where asking is not allowed, as in most managed ones. */
async function savePoints(redis: Redis): Promise<string | undefined> {
  try {
    const answer: unknown = await redis.config('GET', 'save')
    return Array.isArray(answer) ? String(answer[1]) : undefined
  } catch {
    return undefined
  }
}

function fields(info: string): Map<string, string> {
  const lines = info.split('\r\n').map((line) => line.split(':'))
  return new Map(lines.flatMap(([name, value]) => (name && value !== undefined ? [[name, value]] : [])))
}
