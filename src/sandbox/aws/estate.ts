import { z } from 'zod'

const account = z.string().regex(/^\d{12}$/, 'Expected an account id of 12 digits')
const region = z.string().regex(/^[a-z]{2}-[a-z]+-\d$/, 'Expected a Region such as us-west-2')

const server = z.strictObject({
  id: z.string().regex(/^s-[0-9a-f]{17}$/, 'Expected s- and 17 hex digits'),
  /** The host name of the machine that is protected. */
  name: z.string(),
  tier: z.string(),
  instanceType: z.string().default('m6i.large'),
  /** How the copying of its disks goes. */
  replication: z
    .strictObject({
      state: z.enum(['CONTINUOUS', 'BACKLOG', 'INITIAL_SYNC', 'STALLED', 'DISCONNECTED']),
      lagSeconds: z.number().min(0),
    })
    .default({ state: 'CONTINUOUS', lagSeconds: 0 }),
})

const cluster = z.strictObject({
  id: z.string(),
  region,
  /** The first one writes while its cluster is the writer of the global cluster. */
  instances: z.array(z.string()).min(1),
})

const record = z.strictObject({
  name: z.string(),
  type: z.string(),
  ttl: z.int().min(0).default(60),
  values: z.array(z.string()).min(1),
})

const application = z.strictObject({
  name: z.string(),
  account,
  /** In the order of their tiers. DRS shows them in the recovery Region. */
  servers: z.array(server),
  /** An Aurora global cluster; the first member is the writer. */
  database: z.strictObject({ id: z.string(), members: z.array(cluster).min(2) }),
  zone: z.strictObject({ id: z.string(), name: z.string(), records: z.array(record) }),
})

const document = z.strictObject({
  name: z.string(),
  description: z.string(),
  parameters: z.record(
    z.string(),
    z.strictObject({
      type: z.enum(['String', 'StringList']),
      description: z.string(),
      /** Without one the parameter must be given. */
      default: z.string().optional(),
    }),
  ),
  steps: z
    .array(z.strictObject({ name: z.string(), action: z.string(), seconds: z.number().positive() }))
    .min(1),
  /** What a successful execution leaves. */
  outputs: z.record(z.string(), z.array(z.string())).default({}),
})

/** Everything that exists in the practice ground before anyone does anything. */
export const estateSchema = z
  .strictObject({
    /** Owns the permanent access keys, secrets and topics. */
    homeAccount: account,
    primaryRegion: region,
    recoveryRegion: region,
    applications: z.array(application),
    /** Known in every account and Region. */
    documents: z.array(document),
    roles: z.array(z.strictObject({ arn: z.string(), externalIdSecret: z.string() })),
    secrets: z.record(z.string(), z.string()),
    topics: z.array(z.string()),
    /** Quotas of DRS that differ from the documented ones, by their codes. */
    quotas: z.record(z.string(), z.int().positive()).default({}),
  })
  .refine(({ roles, secrets }) => roles.every(({ externalIdSecret }) => externalIdSecret in secrets), {
    message: 'The externalIdSecret of each role must be one of the secrets',
  })

export type Estate = z.output<typeof estateSchema>
export type Application = Estate['applications'][number]
export type EstateServer = Application['servers'][number]
export type EstateDocument = Estate['documents'][number]
