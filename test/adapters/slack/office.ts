import { createServer } from 'node:http'
import express from 'express'
import { onTestFinished } from 'vitest'
import { outbox } from '../../../src/adapters/outbox/outbox.ts'
import { slackChat } from '../../../src/adapters/slack/chat.ts'
import { SLACK_RATES } from '../../../src/adapters/slack/rates.ts'
import { slackApp } from '../../../src/adapters/slack/receiver.ts'
import { inLanguageOf, inOwnLanguage } from '../../../src/apps/language.ts'
import type { Card, Form } from '../../../src/conversation/card.ts'
import type { Desk } from '../../../src/ports/door.ts'
import type { Watch } from '../../../src/ports/watch.ts'
import { sampleWorkspace } from '../../../src/sandbox/slack/sample-workspace.ts'
import {
  BOT_TOKEN,
  narrowManifest,
  type Practice,
  practice,
  SIGNING_SECRET,
} from '../../sandbox/slack/practice.ts'

export interface Office extends Practice {
  url: string
  /** What the desk was asked, oldest first. */
  asked: unknown[][]
  /** Which cards are to be painted as they stand, by their run. */
  repaints: unknown[][]
  /** What was warned of or failed. */
  logged: unknown[][]
  /** Ends the adapter, as the end of every test does. */
  close: () => Promise<void>
  /** Says that some run was changed. */
  changed: () => void
}

export const said = (text: string): Card => ({
  text,
  tone: 'neutral',
  blocks: [{ kind: 'text', text: [text] }],
})
export const reasonForm: Form = {
  title: 'Why?',
  blocks: [],
  fields: [{ name: 'reason', label: 'Reason', required: true, multiline: true }],
  submit: 'Go',
  memory: 'remembered',
}

/** True for a key that was not seen before. */
function newcomer() {
  const seen = new Set<string>()
  return async (key: string) => seen.size !== seen.add(key).size
}

/** The local Slack, and the adapter with a desk that answers as told. */
export async function office(
  answers: Partial<Desk>,
  over: 'http' | { appToken: string } = 'http',
  first = newcomer(),
  watch?: Watch,
): Promise<Office> {
  const ground = await practice({ manifest: narrowManifest() })
  const asked: unknown[][] = []
  const repaints: unknown[][] = []
  const logged: unknown[][] = []
  const log = (...line: unknown[]) => void logged.push(line)
  const silent = async () => ({ kind: 'silent' as const })
  const desk: Desk = {
    opensForm: answers.opensForm ?? (() => false),
    command: (...given) => note('command', given, answers.command ?? silent),
    click: (...given) => note('click', given, answers.click ?? silent),
    home: (...given) => note('home', given, answers.home ?? (async () => said('Home'))),
    submit: (...given) => note('submit', given, answers.submit ?? silent),
    thread: (...given) => note('thread', given, answers.thread ?? silent),
  }
  function note<Given extends unknown[], Answer>(
    what: string,
    given: Given,
    answer: (...given: Given) => Answer,
  ) {
    asked.push([what, ...given])
    return answer(...given)
  }
  const app = slackApp({
    inLanguageOf,
    inOwnLanguage,
    direct: slackChat({
      botToken: BOT_TOKEN,
      apiUrl: `${ground.slack.url}/api/`,
      log: { info: () => {}, warn: log, error: log },
      outbox: outbox(ground.clock, SLACK_RATES),
    }).direct,
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    apiUrl: `${ground.slack.url}/api/`,
    teamId: sampleWorkspace.id,
    appId: sampleWorkspace.app.id,
    desk,
    clock: ground.clock,
    log: { info: () => {}, warn: log, error: log },
    first,
    repaint: (...given) => repaints.push(given),
    ...(over !== 'http' && over),
    ...(watch && { watch }),
  })
  const server = createServer(express().use(app.router))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The adapter has no port.')
  const url = `http://127.0.0.1:${address.port}/slack/events`
  if (over === 'http') ground.slack.setRequestUrl(url)
  await app.start()
  onTestFinished(async () => {
    await app.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { ...ground, url, asked, repaints, logged, close: app.close, changed: app.changed }
}
