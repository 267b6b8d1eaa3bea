import {
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandOutput,
  type RRType,
} from '@aws-sdk/client-route-53'
import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import type { Dns, DnsRecord } from '../../ports/aws.ts'
import { AmbiguousFailure, FinalFailure } from '../../ports/failure.ts'
import type { AwsClients } from './clients.ts'
import { asking } from './failure.ts'
import { everyPage } from './pages.ts'

const COMMENT_LENGTH = 256

/** Route 53 over the SDK. */
export function awsDns({ route53 }: Pick<AwsClients, 'route53'>): Dns {
  return {
    async upsert(target, zone, records, comment) {
      const call = {
        service: 'Route 53',
        operation: 'ChangeResourceRecordSets',
        about: say().outcome.aws.zone(zone),
      }
      const reply = await asking(call, () =>
        route53.once(target, undefined, (client) =>
          client.send(
            new ChangeResourceRecordSetsCommand({
              HostedZoneId: zone,
              ChangeBatch: {
                Comment: comment.slice(0, COMMENT_LENGTH),
                Changes: records.map((record) => ({
                  Action: 'UPSERT',
                  ResourceRecordSet: {
                    Name: record.name,
                    Type: typeOf(record),
                    TTL: record.ttl,
                    ResourceRecords: record.values.map((Value) => ({ Value })),
                  },
                })),
              },
            }),
          ),
        ),
      )
      const { data } = changed.safeParse(reply)
      if (data) return data.ChangeInfo.Id.replace('/change/', '')
      throw new AmbiguousFailure(`Route 53 changed the zone ${zone} without a change id; it is asked again.`)
    },

    inSync: async (target, change) => {
      const call = { service: 'Route 53', operation: 'GetChange', about: change, reads: true }
      const reply = await asking(call, () =>
        route53.reading(target).send(new GetChangeCommand({ Id: change })),
      )
      return reply.ChangeInfo?.Status === 'INSYNC'
    },

    records: (target, zone) =>
      everyPage(`The list of the zone ${zone}`, async (token) => {
        const call = {
          service: 'Route 53',
          operation: 'ListResourceRecordSets',
          about: say().outcome.aws.zone(zone),
          reads: true,
        }
        const reply = await asking(call, () =>
          route53.reading(target).send(
            new ListResourceRecordSetsCommand({
              HostedZoneId: zone,
              ...(token && place.parse(JSON.parse(token))),
            }),
          ),
        )
        return { items: (reply.ResourceRecordSets ?? []).flatMap(recordOf), next: nextOf(reply) }
      }),
  }
}

const changed = z.object({ ChangeInfo: z.object({ Id: z.string().min(1) }) })

const TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'SOA', 'SRV', 'TXT'] as const satisfies RRType[]

function typeOf({ name, type }: DnsRecord): RRType {
  const known = TYPES.find((one) => one === type)
  if (known) return known
  throw new FinalFailure(say().outcome.aws.otherRecord(name, type, TYPES.join(', ')))
}

const recordSet = z.object({
  Name: z.string(),
  Type: z.string(),
  TTL: z.number().default(0),
  ResourceRecords: z.array(z.object({ Value: z.string() })).default([]),
  AliasTarget: z.object({ DNSName: z.string() }).optional(),
})

function recordOf(item: unknown): DnsRecord[] {
  const { data } = recordSet.safeParse(item)
  if (!data) return []
  const values = data.ResourceRecords.map(({ Value }) => Value)
  if (data.AliasTarget) values.push(`ALIAS ${data.AliasTarget.DNSName}`)
  return [{ name: data.Name, type: data.Type, ttl: data.TTL, values }]
}

/** Where a list of records goes on is a record, not a token. */
const place = z.object({
  StartRecordName: z.string(),
  StartRecordType: z.enum(TYPES).optional().catch(undefined),
  StartRecordIdentifier: z.string().optional(),
})

const nextOf = (reply: ListResourceRecordSetsCommandOutput): string | undefined =>
  reply.IsTruncated
    ? JSON.stringify({
        StartRecordName: reply.NextRecordName,
        StartRecordType: reply.NextRecordType,
        StartRecordIdentifier: reply.NextRecordIdentifier,
      })
    : undefined
