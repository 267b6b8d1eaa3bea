import type { WireAnswer, WireRequest } from './protocols/protocol.ts'
import { parseScenario, type Scenario } from './scenario.ts'
import type { World } from './world.ts'

export const isDoor = ({ path }: WireRequest): boolean => path.startsWith('/_sandbox/')

/** What no AWS has: a side door for whoever practises, to look at what was asked for and to change the scenario. */
export function throughDoor(
  request: WireRequest,
  world: World,
  setScenario: (scenario: Scenario) => void,
): WireAnswer {
  switch (`${request.method} ${request.path}`) {
    case 'GET /_sandbox/calls':
      return answer(200, world.calls.filter(matching(request.query)))
    case 'GET /_sandbox/events':
      return answer(200, world.events)
    case 'GET /_sandbox/messages':
      return answer(200, world.messages)
    case 'GET /_sandbox/scenario':
      return answer(200, world.scenario)
    case 'PUT /_sandbox/scenario':
      return changed(request.body, setScenario)
    default:
      return answer(404, { error: `There is no ${request.method} ${request.path}. Try GET /_sandbox/calls.` })
  }
}

/** Only calls whose members have the values that the query string gives. */
const matching = (query: URLSearchParams) => (call: object) => {
  const members = new Map<string, unknown>(Object.entries(call))
  return [...query].every(([name, value]) => String(members.get(name)) === value)
}

function changed(body: string, setScenario: (scenario: Scenario) => void): WireAnswer {
  const parsed = parseScenario(body, 'The body')
  if ('problem' in parsed) return answer(400, { error: parsed.problem })
  setScenario(parsed.scenario)
  return answer(200, { rules: parsed.scenario.length })
}

const answer = (status: number, body: unknown): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(body, null, 2)}\n`,
})
