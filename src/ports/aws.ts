import type { Mode } from '../domain/execution.ts'

/** Where a call goes: a Region, and the account whose role is assumed. The external id is named by its secret, never written out. */
export interface Target {
  readonly region?: string | undefined
  readonly roleArn?: string | undefined
  readonly externalIdSecret?: string | undefined
}

/** Names one attempt towards AWS: tags, client tokens and searches are made of it. */
export interface Origin {
  readonly execution: string
  readonly task: string
  readonly attempt: number
  /** When the intent was saved, ISO. */
  readonly intendedAt: string
}

export interface RecoveryServer {
  readonly id: string
  readonly state: 'waiting' | 'launching' | 'launched' | 'failed' | 'terminated'
  readonly instance?: string | undefined
}
export interface RecoveryJob {
  readonly id: string
  readonly ended: boolean
  readonly startedAt: string
  readonly mode: Mode | 'other'
  readonly servers: readonly RecoveryServer[]
  readonly tags: { readonly [name: string]: string }
}

/** Elastic Disaster Recovery. Errors: TransientFailure (certainly nothing started), FinalFailure, AmbiguousFailure. */
export interface Recovery {
  /** StartRecovery, sent exactly once (no SDK retries), tagged with the origin. NOT safe to repeat: look with `find` first. Gives the job id. */
  start(target: Target, order: { servers: readonly string[]; mode: Mode; origin: Origin }): Promise<string>
  /** Jobs by which this origin may have started these servers: by tags, else by servers + kind + time. */
  find(
    target: Target,
    order: { servers: readonly string[]; mode: Mode; origin: Origin },
  ): Promise<readonly RecoveryJob[]>
  job(target: Target, id: string): Promise<RecoveryJob | undefined>
  /** The job's log in words for people, oldest first, from the given line on. */
  log(target: Target, id: string, from: number): Promise<readonly string[]>
  /** What is under way in the account and Region, whoever started it. */
  active(target: Target): Promise<readonly RecoveryJob[]>
}

/** From when the data is that a recovery brought back. */
export interface RecoveryPoints {
  /** The moment (ISO) of the data of each server that was launched; a server whose instance is gone has none. */
  of(target: Target, servers: readonly string[]): Promise<ReadonlyMap<string, string>>
}

export interface RecoveryQuotas {
  readonly concurrentJobs: number
  readonly serversPerJob: number
  readonly serversInAllJobs: number
}

/** How much an account takes at once. It never fails: what cannot be read is what AWS documents for everybody. */
export interface Quotas {
  drs(target: Target): Promise<RecoveryQuotas>
}

export interface AutomationRun {
  readonly id: string
  readonly state: 'running' | 'succeeded' | 'failed'
  readonly status: string
  readonly message?: string | undefined
  /** Steps in words: "loadKeys: Success". */
  readonly steps: readonly string[]
}
export interface AutomationOrder {
  readonly document: string
  readonly version?: string | undefined
  readonly parameters: { readonly [name: string]: readonly string[] }
  readonly origin: Origin
}

/** Systems Manager Automation. */
export interface Automation {
  /** StartAutomationExecution with a client token made of the origin: repeating it gives the same execution id. */
  start(target: Target, order: AutomationOrder): Promise<string>
  find(target: Target, order: AutomationOrder): Promise<readonly string[]>
  run(target: Target, id: string): Promise<AutomationRun | undefined>
  stop(target: Target, id: string): Promise<void>
}

export interface CommandInstance {
  readonly id: string
  readonly state: 'running' | 'succeeded' | 'failed'
  /** In AWS's words: "ExecutionTimedOut". */
  readonly status: string
  readonly message?: string | undefined
}
export interface CommandRun {
  readonly id: string
  /** running: an instance may still be missing below. Otherwise what is missing never got the command. */
  readonly state: 'running' | 'succeeded' | 'failed'
  readonly status: string
  readonly instances: readonly CommandInstance[]
}
export interface CommandOrder {
  readonly document: string
  readonly version?: string | undefined
  readonly instances: readonly string[]
  readonly parameters: { readonly [name: string]: readonly string[] }
  /** How long AWS tries to deliver it. */
  readonly timeoutSeconds?: number | undefined
  readonly origin: Origin
}

/** Systems Manager Run Command. */
export interface Commands {
  /** SendCommand, sent exactly once (no SDK retries); its comment names the origin. NOT safe to repeat: look with `find` first. Gives the command id. */
  send(target: Target, order: CommandOrder): Promise<string>
  find(target: Target, order: CommandOrder): Promise<readonly string[]>
  command(target: Target, id: string): Promise<CommandRun | undefined>
  /** Asks for it only: what runs on an instance may still come to its end. */
  cancel(target: Target, id: string): Promise<void>
}

export interface GlobalCluster {
  readonly id: string
  readonly writer: string
  readonly members: readonly string[]
  readonly status: string
  /** The cluster it is moving to, while it does. */
  readonly movingTo?: string | undefined
}

/** RDS global clusters. Read before each order: there is no token. */
export interface Databases {
  cluster(target: Target, id: string): Promise<GlobalCluster | undefined>
  /** SwitchoverGlobalCluster (no data loss), or FailoverGlobalCluster with AllowDataLoss. */
  move(target: Target, order: { id: string; to: string; allowDataLoss: boolean }): Promise<void>
}

export interface DnsRecord {
  readonly name: string
  readonly type: string
  readonly ttl: number
  readonly values: readonly string[]
}

/** Route 53. UPSERT only: safe to repeat. */
export interface Dns {
  upsert(target: Target, zone: string, records: readonly DnsRecord[], comment: string): Promise<string>
  /** Whether the change has reached all name servers. */
  inSync(target: Target, change: string): Promise<boolean>
  records(target: Target, zone: string): Promise<readonly DnsRecord[]>
}
