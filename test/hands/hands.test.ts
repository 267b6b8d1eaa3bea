import { expect, test } from 'vitest'
import { hands } from './hands.ts'
import type { Round } from './round.ts'

const ROUNDS = 5
const SEED = Date.now() % 1_000_000_000

test(`of fifty who decide about one card at once one wins, and the others are told who, what and when: seed ${SEED}`, async () => {
  const rounds: Round[] = []
  await hands(ROUNDS, SEED, (round) => rounds.push(round))
  expect(rounds.flatMap(({ broken }) => broken)).toEqual([])
  expect(rounds.map((round) => round.hands)).toEqual(Array(ROUNDS).fill(50))
  expect(rounds.map(({ winners }) => winners.length)).toEqual(Array(ROUNDS).fill(1))
}, 240_000)
