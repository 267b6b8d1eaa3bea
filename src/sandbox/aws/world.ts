import { z } from 'zod'
import { callSchema } from './calls.ts'
import type { Estate } from './estate.ts'
import { scenarioSchema } from './scenario.ts'
import { jobSchema } from './services/drs/job.ts'
import { eventSchema } from './services/events.ts'
import { moveSchema } from './services/rds/move.ts'
import { freshZone, zoneSchema } from './services/route53/zone.ts'
import { messageSchema } from './services/sns.ts'
import { automationSchema } from './services/ssm/automation.ts'
import { commandSchema } from './services/ssm/command.ts'
import { sessionSchema } from './session.ts'

/**
 * Everything that has happened, as plain data.
 *
 * 1. A record of work holds all its moments from the start. What it looks like now is read from it, never written to it.
 * 2. What changes the world is kept before its answer leaves, so that nobody was ever told what a kill can undo.
 */
export const worldSchema = z.object({
  version: z.literal(1),
  /** Of the last id made. */
  serial: z.int(),
  scenario: scenarioSchema,
  /** How many calls each rule has matched, by its place in the scenario. */
  matched: z.array(z.int().nullable()),
  calls: z.array(callSchema),
  sessions: z.array(sessionSchema),
  jobs: z.array(jobSchema),
  automations: z.array(automationSchema),
  // A file from before there were commands has none.
  commands: z.array(commandSchema).default([]),
  moves: z.array(moveSchema),
  zones: z.array(zoneSchema),
  events: z.array(eventSchema),
  messages: z.array(messageSchema),
})

export type World = z.output<typeof worldSchema>

export const freshWorld = (estate: Estate): World => ({
  version: 1,
  serial: 0,
  scenario: [],
  matched: [],
  calls: [],
  sessions: [],
  jobs: [],
  automations: [],
  commands: [],
  moves: [],
  zones: estate.applications.map(freshZone),
  events: [],
  messages: [],
})
