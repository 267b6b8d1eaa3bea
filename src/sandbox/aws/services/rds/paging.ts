import { z } from 'zod'
import { type AwsRefusal, refuse } from '../../refusal.ts'

export const paging = {
  MaxRecords: z.coerce.number().int().min(20).max(100).default(100),
  Marker: z.string().optional(),
}

/** In a form everything is text. */
export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')

export const badMarker = (marker: string | undefined): AwsRefusal =>
  refuse('InvalidParameterValue', `The marker ${marker} is not valid.`)
