/** What the connector answers a call with. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** Those that a bot must tell apart. */
const REFUSALS = {
  Unauthorized: 401,
  BadSyntax: 400,
  BadArgument: 400,
  BotNotInConversationRoster: 403,
  MessageWritesBlocked: 403,
  ForbiddenOperationException: 403,
  ConversationNotFound: 404,
  ActivityNotFoundInConversation: 404,
  MemberNotFoundInConversation: 404,
  TeamNotFound: 404,
  MessageSizeTooBig: 413,
  TooManyRequests: 429,
} as const

export function refuse(
  code: keyof typeof REFUSALS,
  message: string,
  headers?: Record<string, string>,
): Answer {
  return { status: REFUSALS[code], body: { error: { code, message } }, ...(headers && { headers }) }
}
