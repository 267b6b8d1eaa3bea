import { describe, expect, test } from 'vitest'
import { failureOf } from '../../../src/adapters/aws/failure.ts'
import { AmbiguousFailure, FinalFailure, TransientFailure } from '../../../src/ports/failure.ts'

const call = { service: 'DRS', operation: 'StartRecovery' }
const error = (name: string, more: object = {}) =>
  Object.assign(new Error('Sample message'), { name, ...more })

describe('an error of AWS', () => {
  test.each([
    ['an unknown code', error('BrandNewException'), AmbiguousFailure],
    ['a reply that is no JSON', new SyntaxError('Unexpected token <'), AmbiguousFailure],
    ['a cut connection', error('Error', { code: 'ECONNRESET' }), AmbiguousFailure],
    ['an unclear timeout', error('TimeoutError', { code: 'ETIMEDOUT' }), AmbiguousFailure],
    ['no error at all', undefined, AmbiguousFailure],
    [
      'a refusal by a server that broke',
      error('ValidationException', { $metadata: { httpStatusCode: 500 } }),
      AmbiguousFailure,
    ],
    ['a name of every object', error('constructor'), AmbiguousFailure],
    ['a refused connection', error('Error', { code: 'ECONNREFUSED' }), TransientFailure],
    ['throttling', error('ThrottlingException'), TransientFailure],
    ['a denied permission', error('AccessDeniedException'), FinalFailure],
  ])('with %s is told apart', (_what, found, kind) => {
    expect(failureOf(found, call)).toBeInstanceOf(kind)
  })

  test('that came while reading has started nothing', () => {
    expect(failureOf(error('BrandNewException'), { ...call, reads: true })).toBeInstanceOf(TransientFailure)
  })

  test('keeps the time to wait, from its field or from its header', () => {
    expect(failureOf(error('ThrottlingException', { retryAfterSeconds: '9' }), call)).toMatchObject({
      retryAfterSeconds: 9,
    })
    const answered = { $response: { headers: { 'retry-after': '4' } } }
    expect(failureOf(error('ThrottlingException', answered), call)).toMatchObject({ retryAfterSeconds: 4 })
  })

  test('is told in one plain line, without markup, colours, control characters and secrets', () => {
    const message = '<b>No</b> \u001b[31maccess\u001b[0m\r\nfor AKIAABCDEFGHIJKLMNOP\u0007'
    const failure = failureOf(Object.assign(error('AccessDeniedException'), { message }), call)
    expect(failure.message).toBe(
      "DRS StartRecovery: AccessDeniedException – No access for [an AWS access key id removed]. Give Lifeboat's role this permission, then retry.",
    )
  })
})
