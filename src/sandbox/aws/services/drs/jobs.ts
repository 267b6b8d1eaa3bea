import type { DescribeJobLogItemsResponse, DescribeJobsResponse, JobLog } from '@aws-sdk/client-drs'
import { z } from 'zod'
import { isPast } from '../../moment.ts'
import { type Context, operation } from '../../operation.ts'
import { pageOf } from '../../page.ts'
import { type AwsRefusal, refuse } from '../../refusal.ts'
import { badToken, jobId, moment, paging } from './input.ts'
import { jobsOf, jobView, type LogEntry } from './job.ts'

const jobsInput = z.strictObject({
  filters: z
    .strictObject({
      jobIDs: z.array(jobId).optional(),
      fromDate: moment.optional(),
      toDate: moment.optional(),
    })
    .default({}),
  ...paging,
})

function jobs(wanted: z.output<typeof jobsInput>, context: Context): DescribeJobsResponse | AwsRefusal {
  const { now } = context
  const { jobIDs, fromDate = '', toDate = '9' } = wanted.filters
  const lagSeconds = context.fate('listLagSeconds')?.listLagSeconds ?? 0
  const newest = new Date(now.getTime() - lagSeconds * 1000).toISOString()
  const found = jobsOf(context)
    .filter(({ id }) => jobIDs?.includes(id) ?? true)
    .filter(({ createdAt }) => createdAt >= fromDate && createdAt <= toDate && createdAt <= newest)
    .reverse()
  const page = pageOf(found, wanted.maxResults, wanted.nextToken)
  if (page === 'bad-token') return badToken(wanted.nextToken)
  return {
    items: page.items.map((job) => jobView(job, now)),
    ...(page.next ? { nextToken: page.next } : {}),
  }
}

const logInput = z.strictObject({ jobID: jobId, ...paging })

function jobLog(
  wanted: z.output<typeof logInput>,
  context: Context,
): DescribeJobLogItemsResponse | AwsRefusal {
  const job = jobsOf(context).find(({ id }) => id === wanted.jobID)
  if (!job) return refuse('ValidationException', `Job ${wanted.jobID} was not found.`)
  const written = job.log.filter(({ at }) => isPast(at, context.now))
  const page = pageOf(written, wanted.maxResults, wanted.nextToken)
  if (page === 'bad-token') return badToken(wanted.nextToken)
  return { items: page.items.map(logView), ...(page.next ? { nextToken: page.next } : {}) }
}

const logView = ({ at, event, server, instance, conversionServer, error }: LogEntry): JobLog => ({
  logDateTime: at,
  event,
  eventData: {
    ...(server ? { sourceServerID: server } : {}),
    ...(instance ? { targetInstanceID: instance } : {}),
    ...(conversionServer ? { conversionServerID: conversionServer } : {}),
    ...(error ? { rawError: error } : {}),
  },
})

export const describeJobs = operation({ input: jobsInput, run: jobs })
export const describeJobLogItems = operation({ input: logInput, run: jobLog })
