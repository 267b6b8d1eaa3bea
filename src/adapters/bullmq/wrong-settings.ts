import type { Redis } from 'ioredis'
import { say } from '../../conversation/words/index.ts'

/** What is wrong with a Redis that answers, in words for people with the way out; empty where it serves as a job queue. */
export async function wrongSettings(redis: Redis): Promise<string[]> {
  const info = fields(await redis.info())
  const policy = info.get('maxmemory_policy')
  const limit = Number(info.get('maxmemory') ?? 0)
  const words = say().answers.trouble
  const wrong: string[] = []
  if (info.get('role') === 'slave') wrong.push(words.redisReplica)
  if (limit > 0 && Number(info.get('used_memory') ?? 0) >= limit) wrong.push(words.redisFull(limit))
  if (policy !== undefined && policy !== 'noeviction') wrong.push(words.redisEvicts(policy))
  if (info.get('aof_enabled') === '0' && (await savePoints(redis)) === '') wrong.push(words.redisForgets)
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
