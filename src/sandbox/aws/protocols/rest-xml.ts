import type { Protocol } from './protocol.ts'
import { xmlAnswer, xmlCodes, xmlRefusal } from './query.ts'
import { element, type ListItems, parseXml } from './xml.ts'

export interface Route {
  readonly method: string
  /** Its named groups are members of the input. */
  readonly path: RegExp
  readonly operation: string
}

/** REST-XML as Route 53 speaks it. The input is what stands in the path, the query string and the body. */
export const restXml = (dialect: {
  namespace: string
  routes: readonly Route[]
  lists: ListItems
}): Protocol => ({
  codes: xmlCodes,
  read: (request) => {
    const route = dialect.routes.find(
      ({ method, path }) => method === request.method && path.test(request.path),
    )
    if (!route) return { operation: `${request.method} ${request.path}`, input: {} }
    const outside = { ...route.path.exec(request.path)?.groups, ...Object.fromEntries(request.query) }
    try {
      const inside = request.body === '' ? {} : parseXml(request.body, dialect.lists)
      return { operation: route.operation, input: Object.assign(outside, inside) }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      return {
        operation: route.operation,
        input: outside,
        unreadable: `The body is not XML: ${error.message}`,
      }
    }
  },
  answer: (operation, output, requestId) => {
    const members = Object.entries(output).map(([name, value]) => element(name, value, dialect.lists))
    return xmlAnswer(200, `${operation}Response`, dialect.namespace, members.join(''), requestId)
  },
  refuse: (refusal, requestId) => xmlRefusal(refusal, dialect.namespace, requestId),
})
