import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import type { DnsRecord } from '../../ports/aws.ts'
import { targetInputs, targetOf } from './target.ts'
import type { TaskType } from './task-type.ts'

const record = z.strictObject({
  name: z.string().regex(/^[\w*][\w*.-]{0,253}$/, 'expected a domain name such as app.example.com'),
  type: z.enum(['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'SRV', 'TXT']),
  ttl: z.int().min(0).max(604_800).default(60),
  values: z.array(z.string().min(1).max(4_000)).min(1).max(100),
})
const inputs = z.strictObject({
  hosted_zone_id: z
    .string()
    .regex(/^Z[A-Z0-9]{1,31}$/, 'expected the id of a hosted zone such as Z0123456789ABC'),
  records: z.array(record).min(1).max(100),
  ...targetInputs,
})
type Inputs = z.output<typeof inputs>

/** Points names elsewhere. Only UPSERT is used, which may be repeated. What was there before is kept in the references. */
export const route53Failover: TaskType<Inputs> = {
  type: 'route53_failover',
  title: () => say().work.title.route53_failover,
  inputs,
  timeoutMinutes: 15,
  expectedMinutes: () => 2,
  quietSeconds: 0,

  describe: ({ records, hosted_zone_id }, mode) => {
    const names = records.map(({ name }) => name).join(', ')
    const { drill, sets } = say().work.dns
    return mode === 'drill'
      ? drill(names, hosted_zone_id)
      : sets(records.map(inWords).join('; '), hosted_zone_id)
  },

  async start({ inputs: { hosted_zone_id: zone, records, ...where }, mode, origin, world }) {
    if (mode === 'drill') return [zone]
    const target = targetOf(where)
    const present = await world.dns.records(target, zone)
    const comment = `Lifeboat ${origin.execution}/${origin.task}, attempt ${origin.attempt}`
    const change = await world.dns.upsert(target, zone, records, comment)
    return [change, ...records.map((wanted) => before(wanted, present))]
  },

  // What cannot be found is done again, and comes to the same.
  find: async ({ inputs: { hosted_zone_id }, mode }) => (mode === 'drill' ? [[hosted_zone_id]] : []),

  async check({ inputs: { hosted_zone_id: zone, records, ...where }, mode, world }, { references }) {
    const target = targetOf(where)
    if (mode === 'drill') {
      const apex = (await world.dns.records(target, zone)).find(({ type }) => type === 'SOA')?.name ?? ''
      const outside = records.filter(({ name }) => !liesIn(name, apex)).map(({ name }) => name)
      if (outside.length > 0) {
        const message = say().outcome.dns.outside(outside.join(', '), zone, apex)
        return { kind: 'failed', message, lines: [] }
      }
      return { kind: 'completed', summary: say().outcome.dns.checked(zone), lines: [] }
    }
    const [change = '', ...previous] = references
    if (!(await world.dns.inSync(target, change)))
      return { kind: 'running', detail: { change, previous }, lines: [] }
    const summary = say().outcome.dns.set(records.map(inWords).join('; '), previous.join('; '))
    return { kind: 'completed', summary, lines: [] }
  },

  cancel: async ({ mode }, [change = '', ...previous]) => {
    const { nothingChanged, stays } = say().outcome.dns
    return mode === 'drill' ? nothingChanged : stays(change, previous.join('; '))
  },
}

function before({ name, type }: DnsRecord, present: readonly DnsRecord[]): string {
  const same = present.filter((held) => rooted(held.name) === rooted(name) && held.type === type)
  return same.length > 0 ? same.map(inWords).join(', ') : say().outcome.dns.didNotExist(name, type)
}

const inWords = ({ name, type, ttl, values }: DnsRecord): string =>
  `${name} ${type} ${values.join(', ')} (${ttl} s)`

const liesIn = (name: string, apex: string): boolean =>
  apex !== '' && `.${rooted(name)}`.endsWith(`.${rooted(apex)}`)

/** Lower case, with the dot of the root; Route 53 writes a star as \052. */
const rooted = (name: string): string => `${name.toLowerCase().replace('\\052', '*').replace(/\.$/, '')}.`
