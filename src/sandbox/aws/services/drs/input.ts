import { z } from 'zod'
import type { Estate, EstateServer } from '../../estate.ts'
import type { Concerns, Context } from '../../operation.ts'
import { type AwsRefusal, refuse } from '../../refusal.ts'

export const serverId = z.string().regex(/^s-[0-9a-zA-Z]{17}$/)
export const instanceId = z.string().regex(/^i-[0-9a-fA-F]{8,}$/)
export const jobId = z.string().regex(/^drsjob-[0-9a-zA-Z]{17}$/)

/** Normalised, so that two moments compare as text. */
export const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString())

/** Smaller pages than DRS's own, so that whoever forgets to turn them is found out here. */
const PAGE_SIZE = 50

export const paging = {
  maxResults: z.int().min(1).max(1000).default(PAGE_SIZE),
  nextToken: z.string().optional(),
}

export const badToken = (token: string | undefined): AwsRefusal =>
  refuse('ValidationException', `Invalid nextToken: ${token}`)

/** The caller's servers, which DRS shows in the Region they would be recovered to. */
export const serversOf = ({ estate, caller }: Context): EstateServer[] =>
  estate.applications.filter(({ account }) => account === caller.account).flatMap(({ servers }) => servers)

export function serverOf(id: string, context: Context): EstateServer | AwsRefusal {
  const server = serversOf(context).find((known) => known.id === id)
  if (server) return server
  return refuse('ResourceNotFoundException', `Source server ${id} was not found.`, {
    status: 404,
    fields: { resourceId: id, resourceType: 'source-server' },
  })
}

/** Servers under both names that a rule may call them by. */
export function concerning(ids: readonly string[], estate: Estate): Concerns {
  const servers = estate.applications.flatMap((application) => application.servers)
  const names = servers.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
  return { server: [...ids, ...names] }
}
