import { type Estate, estateSchema } from './estate.ts'

/**
 * A company that does not exist. `payments` and `storefront` stand in its own account; `ledger` stands in another one,
 * and is reached only with the role below: whoever forgets to assume it finds nothing.
 */
const HOME = '111122223333'
const LEDGER = '444455556666'
const ROLE = `arn:aws:iam::${LEDGER}:role/LifeboatRecovery`
const EXTERNAL_ID_SECRET = `lifeboat/external-id/${LEDGER}`

/** s-0a…001: the letter is the application's, the number the server's. */
const servers = (application: string, letter: string, tiers: Record<string, number>) =>
  Object.entries(tiers)
    .flatMap(([tier, count]) =>
      Array.from({ length: count }, (_, index) => ({ tier, name: `${application}-${tier}-${index + 1}` })),
    )
    .map((server, index) => ({ ...server, id: `s-0${letter}${String(index + 1).padStart(15, '0')}` }))

const database = (application: string) => ({
  id: `${application}-db`,
  members: [
    {
      id: `${application}-db-use1`,
      region: 'us-east-1',
      instances: [`${application}-db-use1-1`, `${application}-db-use1-2`],
    },
    {
      id: `${application}-db-usw2`,
      region: 'us-west-2',
      instances: [`${application}-db-usw2-1`, `${application}-db-usw2-2`],
    },
  ],
})

const zone = (application: string, hosts: string[]) => ({
  id: `Z0SAMPLE${application.toUpperCase()}`,
  name: `${application}.example.com`,
  records: [
    ...hosts.map((host) => ({
      name: `${host}.${application}.example.com`,
      type: 'CNAME',
      ttl: 60,
      values: [`${application}-${host}.us-east-1.example.com`],
    })),
    {
      name: `${application}.example.com`,
      type: 'TXT',
      ttl: 300,
      values: ['"sample zone of the Lifeboat practice ground"'],
    },
  ],
})

const application = { type: 'String', description: 'The application it is for.' } as const
const region = (preset: string) =>
  ({ type: 'String', description: 'Where it happens.', default: preset }) as const
const step = (name: string, action: string, seconds: number) => ({ name, action, seconds })

export const sampleEstate: Estate = estateSchema.parse({
  homeAccount: HOME,
  primaryRegion: 'us-east-1',
  recoveryRegion: 'us-west-2',
  applications: [
    {
      name: 'payments',
      account: HOME,
      servers: servers('payments', 'a', { app: 2, api: 2, cache: 1, worker: 1 }),
      database: database('payments'),
      zone: zone('payments', ['api', 'app', 'db']),
    },
    {
      name: 'storefront',
      account: HOME,
      servers: servers('storefront', 'b', { web: 4, app: 4, data: 3, search: 2, queue: 1 }),
      database: database('storefront'),
      zone: zone('storefront', ['www', 'api', 'search', 'db']),
    },
    {
      name: 'ledger',
      account: LEDGER,
      servers: servers('ledger', 'c', { app: 2, batch: 1, report: 1 }),
      database: database('ledger'),
      zone: zone('ledger', ['app', 'reports', 'db']),
    },
  ],
  documents: [
    {
      name: 'Lifeboat-WarmCache',
      description: 'Fills the caches of an application before it takes traffic.',
      parameters: {
        Application: application,
        Region: region('us-west-2'),
        Keys: { type: 'StringList', description: 'Which keys to load; all without it.', default: '[]' },
      },
      steps: [
        step('findCacheNodes', 'aws:executeAwsApi', 10),
        step('loadKeys', 'aws:runCommand', 120),
        step('verifyHitRate', 'aws:executeScript', 20),
      ],
      outputs: { 'loadKeys.Loaded': ['48211'], 'verifyHitRate.HitRate': ['0.97'] },
    },
    {
      name: 'Lifeboat-HealthCheck',
      description: 'Asks every server of an application how it is.',
      parameters: {
        Application: application,
        Region: region('us-west-2'),
        Tier: { type: 'String', description: 'Only this tier.', default: 'all' },
      },
      steps: [
        step('listInstances', 'aws:executeAwsApi', 5),
        step('pingAgents', 'aws:runCommand', 30),
        step('probeEndpoints', 'aws:executeScript', 25),
      ],
      outputs: { 'probeEndpoints.Status': ['healthy'] },
    },
    {
      name: 'Lifeboat-StartServices',
      description: 'Starts the services of an application, tier by tier.',
      parameters: {
        Application: application,
        Region: region('us-west-2'),
        InstanceIds: { type: 'StringList', description: 'Only these instances.', default: '[]' },
      },
      steps: [
        step('startServices', 'aws:runCommand', 60),
        step('awaitListening', 'aws:waitForAwsResourceProperty', 45),
      ],
      outputs: { 'startServices.Started': ['true'] },
    },
    {
      name: 'Lifeboat-StopServices',
      description: 'Stops the services of an application, the edge first.',
      parameters: { Application: application, Region: region('us-east-1') },
      steps: [step('drainConnections', 'aws:runCommand', 45), step('stopServices', 'aws:runCommand', 30)],
      outputs: { 'stopServices.Stopped': ['true'] },
    },
    {
      name: 'Lifeboat-SmokeTest',
      description: 'Goes through an application as a customer does.',
      parameters: {
        Application: application,
        Endpoint: { type: 'String', description: 'Where the customer comes in.' },
      },
      steps: [
        step('signIn', 'aws:executeScript', 15),
        step('readOnlyJourney', 'aws:executeScript', 40),
        step('writeJourney', 'aws:executeScript', 40),
        step('cleanUp', 'aws:executeScript', 10),
      ],
      outputs: { 'readOnlyJourney.Passed': ['12'], 'writeJourney.Passed': ['5'] },
    },
    {
      name: 'Lifeboat-PauseBatch',
      description: 'Holds the batch schedule of an application.',
      parameters: {
        Application: application,
        Region: region('us-east-1'),
        Minutes: { type: 'String', description: 'For how long.', default: '120' },
      },
      steps: [step('disableSchedules', 'aws:executeAwsApi', 10), step('awaitRunningJobs', 'aws:sleep', 60)],
      outputs: { 'disableSchedules.Paused': ['7'] },
    },
    {
      name: 'Lifeboat-ScaleOut',
      description: 'Gives an application its full strength.',
      parameters: {
        Application: application,
        Region: region('us-west-2'),
        DesiredCapacity: { type: 'String', description: 'How many instances.' },
      },
      steps: [
        step('setCapacity', 'aws:executeAwsApi', 5),
        step('awaitInstances', 'aws:waitForAwsResourceProperty', 180),
        step('registerTargets', 'aws:executeAwsApi', 20),
      ],
      outputs: { 'awaitInstances.InService': ['true'] },
    },
    {
      name: 'AWS-RestartEC2Instance',
      description: 'Restarts EC2 instances.',
      parameters: {
        InstanceId: { type: 'StringList', description: 'The instances.' },
        AutomationAssumeRole: { type: 'String', description: 'The role to act as.', default: '' },
      },
      steps: [
        step('stopInstances', 'aws:changeInstanceState', 60),
        step('startInstances', 'aws:changeInstanceState', 60),
      ],
    },
  ],
  roles: [{ arn: ROLE, externalIdSecret: EXTERNAL_ID_SECRET }],
  secrets: { [EXTERNAL_ID_SECRET]: 'sample-external-id-of-the-practice-ground' },
  topics: [
    `arn:aws:sns:us-west-2:${HOME}:lifeboat-notices`,
    `arn:aws:sns:us-west-2:${HOME}:lifeboat-emergencies`,
  ],
})
