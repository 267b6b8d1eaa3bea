import type { Asked, Protocol } from './protocol.ts'

const codes = {
  missingToken: 'MissingAuthenticationTokenException',
  badSignature: 'InvalidSignatureException',
  expiredToken: 'ExpiredTokenException',
  unknownToken: 'UnrecognizedClientException',
  unknownOperation: 'UnknownOperationException',
  deniedStatus: 400,
}

/** AWS JSON 1.1: one path, the operation in X-Amz-Target, moments as seconds since 1970. */
export const json: Protocol = {
  codes,
  read: ({ headers, body }) => {
    const target = headers['x-amz-target'] ?? ''
    return jsonInput(target.slice(target.indexOf('.') + 1), body)
  },
  answer: (_operation, output, requestId) => ({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body: JSON.stringify(withEpochSeconds(output)),
  }),
  refuse: ({ code, message, status, fields }, requestId) => ({
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body: JSON.stringify({ __type: code, message, ...fields }),
  }),
}

/** REST-JSON as DRS speaks it: every operation is a POST to a path of its own name; moments are already text. */
export const restJson = (accepted: readonly string[]): Protocol => ({
  codes: { ...codes, deniedStatus: 403 },
  read: ({ path, body }) => jsonInput(path.slice(1), body),
  answer: (operation, output, requestId) => ({
    // What only starts work is answered 202, Accepted.
    status: accepted.includes(operation) ? 202 : 200,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
    body: JSON.stringify(output),
  }),
  refuse: ({ code, message, status, fields }, requestId) => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': code },
    body: JSON.stringify({ message, ...fields }),
  }),
})

function jsonInput(operation: string, body: string): Asked {
  try {
    return { operation, input: JSON.parse(body || '{}') }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { operation, input: undefined, unreadable: `The body is not JSON: ${error.message}` }
  }
}

function withEpochSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000
  if (Array.isArray(value)) return value.map(withEpochSeconds)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, withEpochSeconds(held)]))
}
