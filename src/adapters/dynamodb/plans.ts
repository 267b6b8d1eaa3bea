import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import type { PlanStore, StoredPlan } from '../../ports/plan-store.ts'
import { asking } from './failure.ts'
import { PLANS, planKey, planVersionKey } from './keys.ts'
import { LAST, query } from './query.ts'
import { transact } from './transact.ts'
import { NOT_THERE, put } from './writes.ts'

// An item holds 400 KB; the rest is for its other attributes.
const LARGEST_DOCUMENT_BYTES = 350 * 1024
const TRIES = 20

const latestItem = z.object({ sk: z.string(), version: z.number() })
const planItem = z.object({
  id: z.string(),
  version: z.number(),
  hash: z.string(),
  savedAt: z.string(),
  savedBy: z.string(),
  document: z.instanceof(Uint8Array),
})

/** A version is one item that is never written again, its document as gzipped JSON; PLANS points to the latest ones. */
export function dynamoPlans(client: DynamoDBDocumentClient, table: string): PlanStore {
  return {
    put: async (plan) => {
      const document = await promisify(gzip)(JSON.stringify(plan.document))
      if (document.byteLength > LARGEST_DOCUMENT_BYTES)
        throw new FinalFailure(
          `The plan "${plan.id}" is ${document.byteLength} bytes when compressed; ${LARGEST_DOCUMENT_BYTES} fit. Split it into several plans.`,
        )
      for (let tries = 1; tries <= TRIES; tries += 1) {
        const latest = await latestOf(plan.id)
        const there = latest === 0 ? undefined : await read(plan.id, latest)
        if (there?.hash === plan.hash) return there
        if (await saved({ ...plan, document }, latest)) return { ...plan, version: latest + 1 }
      }
      throw new TransientFailure(`The plan "${plan.id}" was saved by others during each of ${TRIES} tries.`)
    },
    get: async (id, version) => {
      const wanted = version ?? (await latestOf(id))
      return wanted === 0 ? undefined : read(id, wanted)
    },
    list: async () => {
      const latest = await query(client, table, { partition: PLANS, from: ' ', to: LAST })
      const plans = latest.map((item) => latestItem.parse(item)).map(({ sk, version }) => read(sk, version))
      return (await Promise.all(plans)).filter((plan) => plan !== undefined)
    },
  }

  async function saved(
    {
      id,
      hash,
      savedAt,
      savedBy,
      document,
    }: Omit<StoredPlan, 'version' | 'document'> & { document: Uint8Array },
    latest: number,
  ): Promise<boolean> {
    const version = latest + 1
    const item = { ...planVersionKey(id, version), id, version, hash, savedAt, savedBy, document }
    const pointer = { ...planKey(id), version }
    const done = await asking(`save the plan "${id}"`, () =>
      transact(client, [
        put(table, item, NOT_THERE),
        latest === 0
          ? put(table, pointer, NOT_THERE)
          : put(table, pointer, 'version = :latest', { ':latest': latest }),
      ]),
    )
    return done.kind === 'written'
  }

  async function latestOf(id: string): Promise<number> {
    const item = await get(planKey(id))
    return item === undefined ? 0 : latestItem.parse(item).version
  }

  async function read(id: string, version: number): Promise<StoredPlan | undefined> {
    const item = await get(planVersionKey(id, version))
    if (item === undefined) return undefined
    const { document, ...plan } = planItem.parse(item)
    const text = await promisify(gunzip)(document)
    return { ...plan, document: z.json().parse(JSON.parse(text.toString())) }
  }

  async function get(key: { pk: string; sk: string }): Promise<unknown> {
    const { Item } = await asking(`read ${key.pk}`, () =>
      client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true })),
    )
    return Item
  }
}
