import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'

/** What DynamoDB will say again however often it is asked. All its other errors pass, the SDK has tried them again already. */
const FINAL = new Set([
  'AccessDeniedException',
  'IdempotentParameterMismatchException',
  'InvalidSignatureException',
  'ItemCollectionSizeLimitExceededException',
  'MissingAuthenticationTokenException',
  'ResourceNotFoundException',
  'SerializationException',
  'UnrecognizedClientException',
  'ValidationException',
])
/** What the SDK throws on the way there: the network, and credentials that cannot be had at the moment. */
const ON_THE_WAY = new Set(['TimeoutError', 'NetworkingError', 'AbortError', 'CredentialsProviderError'])

/** Runs one call; what DynamoDB or the network throws comes out as one of our failures, a bug as it is. */
export async function asking<Answer>(what: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (error) {
    throw failureOf(what, error)
  }
}

export function failureOf(what: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const message = `DynamoDB could not ${what}: ${error.name}: ${error.message}`
  if (FINAL.has(error.name)) return new FinalFailure(message, { cause: error })
  const isOfTheWorld =
    error instanceof DynamoDBServiceException || ON_THE_WAY.has(error.name) || 'code' in error
  return isOfTheWorld ? new TransientFailure(message, undefined, { cause: error }) : error
}
