import type { AwsRefusal } from '../refusal.ts'
import type { Protocol, WireAnswer } from './protocol.ts'
import { element, type ListItems } from './xml.ts'

/** The codes of the services that answer in XML. */
export const xmlCodes = {
  missingToken: 'MissingAuthenticationToken',
  badSignature: 'SignatureDoesNotMatch',
  expiredToken: 'ExpiredToken',
  unknownToken: 'InvalidClientTokenId',
  unknownOperation: 'InvalidAction',
  deniedStatus: 403,
}

/** AWS Query: a form goes in, XML comes out. */
export const query = (dialect: { namespace: string; lists?: ListItems }): Protocol => ({
  codes: xmlCodes,
  read: ({ body }) => {
    const form = new URLSearchParams(body)
    const operation = form.get('Action') ?? ''
    form.delete('Action')
    form.delete('Version')
    return { operation, input: nested(form) }
  },
  answer: (operation, output, requestId) => {
    const result = element(`${operation}Result`, output, dialect.lists ?? {})
    const metadata = element('ResponseMetadata', { RequestId: requestId }, {})
    return xmlAnswer(200, `${operation}Response`, dialect.namespace, result + metadata, requestId)
  },
  refuse: (refusal, requestId) => xmlRefusal(refusal, dialect.namespace, requestId),
})

export function xmlRefusal(refusal: AwsRefusal, namespace: string, requestId: string): WireAnswer {
  const { code, message, status, fields } = refusal
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message, ...fields }
  const body = element('Error', error, {}) + element('RequestId', requestId, {})
  return xmlAnswer(status, 'ErrorResponse', namespace, body, requestId)
}

export const xmlAnswer = (
  status: number,
  root: string,
  namespace: string,
  inner: string,
  requestId: string,
): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${inner}</${root}>`,
})

interface Branch {
  [name: string]: Branch | string
}

/** `Filters.Filter.1.Name=x` as `{ Filters: [{ Name: 'x' }] }`. */
function nested(form: URLSearchParams): unknown {
  const root: Branch = {}
  for (const [path, value] of form) {
    const names = path.split('.')
    const last = names.pop() ?? path
    let branch = root
    for (const name of names) {
      const next = Object.hasOwn(branch, name) ? branch[name] : undefined
      const grown: Branch = typeof next === 'object' ? next : {}
      branch[name] = grown
      branch = grown
    }
    branch[last] = value
  }
  return withLists(root)
}

function withLists(value: Branch | string): unknown {
  if (typeof value === 'string') return value
  const entries = Object.entries(value)
  if (entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name)))
    return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => withLists(item))
  const members = entries.map(([name, held]) => [name, withLists(held)] as const)
  const [only, ...others] = members
  // Its only member is a numbered list: `member`, `entry` or the item's name is the wire's word, not the input's.
  return only && others.length === 0 && Array.isArray(only[1]) ? only[1] : Object.fromEntries(members)
}
