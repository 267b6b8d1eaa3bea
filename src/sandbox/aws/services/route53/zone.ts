import { z } from 'zod'
import type { Application, Estate } from '../../estate.ts'
import type { Concerns, Context } from '../../operation.ts'
import { type AwsRefusal, refuse } from '../../refusal.ts'

/** A record set with the members that this practice ground knows; a change naming another one is refused. */
export const recordSetSchema = z.strictObject({
  Name: z.string().transform((name) => fullName(name)),
  Type: z.enum(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SOA', 'SRV', 'TXT']),
  SetIdentifier: z.string().optional(),
  Weight: z.coerce.number().int().min(0).max(255).optional(),
  Failover: z.enum(['PRIMARY', 'SECONDARY']).optional(),
  TTL: z.coerce.number().int().min(0).optional(),
  ResourceRecords: z.array(z.object({ Value: z.string() })).optional(),
  AliasTarget: z
    .object({
      HostedZoneId: z.string(),
      DNSName: z.string().transform((name) => fullName(name)),
      EvaluateTargetHealth: z.stringbool().or(z.boolean()),
    })
    .optional(),
  HealthCheckId: z.string().optional(),
})

export const zoneSchema = z.object({
  id: z.string(),
  name: z.string(),
  account: z.string(),
  records: z.array(recordSetSchema),
  changes: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      /** When every name server knows it. */
      inSyncAt: z.string(),
      comment: z.string().optional(),
    }),
  ),
})

export type RecordSet = z.output<typeof recordSetSchema>
export type Zone = z.output<typeof zoneSchema>

/** Lower case and with the dot of the root, as Route 53 keeps names. */
export const fullName = (name: string): string => {
  const lower = name.toLowerCase()
  return lower.endsWith('.') ? lower : `${lower}.`
}

export const freshZone = ({ account, zone }: Application): Zone => ({
  id: zone.id,
  name: fullName(zone.name),
  account,
  changes: [],
  records: inOrder([
    soa(zone.name),
    {
      Name: fullName(zone.name),
      Type: 'NS',
      TTL: 172_800,
      ResourceRecords: NAME_SERVERS.map((Value) => ({ Value })),
    },
    ...zone.records.map(({ name, type, ttl, values }) =>
      recordSetSchema.parse({
        Name: name,
        Type: type,
        TTL: ttl,
        ResourceRecords: values.map((Value) => ({ Value })),
      }),
    ),
  ]),
})

export const NAME_SERVERS = ['ns-1.example.net.', 'ns-2.example.org.']

const soa = (name: string): RecordSet => ({
  Name: fullName(name),
  Type: 'SOA',
  TTL: 900,
  ResourceRecords: [{ Value: 'ns-1.example.net. hostmaster.example.com. 1 7200 900 1209600 86400' }],
})

/** Route 53 sorts by the labels from the right: com, example, then the host. */
export const inOrder = (records: readonly RecordSet[]): RecordSet[] =>
  [...records].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : placeOf(a) > placeOf(b) ? 1 : 0))

export const placeOf = (record: Pick<RecordSet, 'Name' | 'Type' | 'SetIdentifier'>): string =>
  [record.Name.split('.').reverse().join('.'), record.Type, record.SetIdentifier ?? ''].join(' ')

export function zoneOf(id: string, { world, caller }: Context): Zone | AwsRefusal {
  const zone = world.zones.find((known) => known.id === id && known.account === caller.account)
  return zone ?? refuse('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, { status: 404 })
}

/** A zone under every name that a rule may call it by. */
export function concerning({ Id }: { Id: string }, { applications }: Estate): Concerns {
  const zone = applications.find((application) => application.zone.id === Id)?.zone
  return zone ? { zone: [zone.id, zone.name] } : {}
}
