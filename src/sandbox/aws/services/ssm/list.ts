import type { DescribeAutomationExecutionsResult } from '@aws-sdk/client-ssm'
import { z } from 'zod'
import { type Context, operation } from '../../operation.ts'
import { pageOf } from '../../page.ts'
import { type AwsRefusal, isRefusal, refuse } from '../../refusal.ts'
import { type Automation, automationsOf, statusOf, summaryOf } from './automation.ts'

const input = z.strictObject({
  Filters: z.array(z.strictObject({ Key: z.string(), Values: z.array(z.string()).min(1) })).default([]),
  MaxResults: z.int().min(1).max(50).default(10),
  NextToken: z.string().optional(),
})

type Matches = (automation: Automation, value: string, now: Date) => boolean

/** The filters that are understood here; AWS knows some more. */
const FILTERS: Readonly<Record<string, Matches>> = {
  ExecutionId: ({ id }, value) => id === value,
  ExecutionStatus: (automation, value, now) => statusOf(automation, now) === value,
  DocumentNamePrefix: ({ document }, value) => document.startsWith(value),
  StartTimeAfter: ({ startedAt }, value) => Date.parse(startedAt) >= Date.parse(value),
  StartTimeBefore: ({ startedAt }, value) => Date.parse(startedAt) <= Date.parse(value),
  TagKey: ({ tags }, value) => Object.hasOwn(tags, value),
}

function run(
  wanted: z.output<typeof input>,
  context: Context,
): DescribeAutomationExecutionsResult | AwsRefusal {
  const { now } = context
  const lagSeconds = context.fate('listLagSeconds')?.listLagSeconds ?? 0
  const newest = now.getTime() - lagSeconds * 1000
  let found = automationsOf(context).filter(({ startedAt }) => Date.parse(startedAt) <= newest)
  for (const filter of wanted.Filters) {
    const kept = filtered(found, filter, now)
    if (isRefusal(kept)) return kept
    found = kept
  }
  const page = pageOf(found.reverse(), wanted.MaxResults, wanted.NextToken)
  if (page === 'bad-token') return refuse('InvalidNextToken', `The token ${wanted.NextToken} is not valid.`)
  return {
    AutomationExecutionMetadataList: page.items.map((automation) => ({
      ...summaryOf(automation, now),
      AutomationType: 'Local',
    })),
    NextToken: page.next,
  }
}

function filtered(
  automations: Automation[],
  { Key, Values }: { Key: string; Values: string[] },
  now: Date,
): Automation[] | AwsRefusal {
  const matches = FILTERS[Key]
  if (!matches) return refuse('InvalidFilterKey', `The filter key ${Key} is not valid.`)
  const badTime = Key.startsWith('StartTime') && Values.find((value) => Number.isNaN(Date.parse(value)))
  if (badTime) return refuse('InvalidFilterValue', `${Key}: ${badTime} is not a time.`)
  return automations.filter((automation) => Values.some((value) => matches(automation, value, now)))
}

export const describeAutomationExecutions = operation({ input, run })
