// What an error of the Bot API means for the message. Error descriptions: the source of Telegram's
// server, https://github.com/tdlib/telegram-bot-api (telegram-bot-api/Client.cpp).
import { GrammyError, HttpError } from 'grammy'
import type { SendResult } from '../channel.ts'
import { codeOf, neverLeft } from '../shared/network.ts'

/** Telegram always says how long to wait; a proxy in between may not. */
const RETRY_AFTER_DEFAULT_S = 5
const DETAIL_MAX = 200

/** Refusals with status 400 that are about the chat, not about the message; there is no code for them. */
const NO_SUCH_CHAT =
  /chat not found|user not found|user is deactivated|bot was (kicked|blocked)|PEER_ID_INVALID|group chat was upgraded/i
/** Refusals that are about the file in the message: an id that has expired, is another bot's or of another kind. */
const FILE_REFUSED = /\bfile\b|FILE_|MEDIA_|PHOTO_|VIDEO_|DOCUMENT_/i

/**
 * The outcome of a call that threw. Everything but a clear refusal and a connection that was never made
 * is uncertain: an error 5xx or a lost answer doesn't tell whether the message went out.
 */
export function outcomeOf(error: unknown): Exclude<SendResult, { status: 'sent' }> {
  if (error instanceof GrammyError) return refusal(error)
  const cause = error instanceof HttpError ? error.error : error
  const detail = codeOf(cause) ?? 'no answer'
  return neverLeft(cause) ? { status: 'failed', reason: 'not-sent', detail } : { status: 'uncertain', detail }
}

/** Whether other bytes, or the same ones again, may be taken instead. */
export function isFileRefused(failure: Exclude<SendResult, { status: 'sent' }>): boolean {
  return failure.status === 'failed' && failure.reason === 'rejected' && FILE_REFUSED.test(failure.detail)
}

function refusal(error: GrammyError): Exclude<SendResult, { status: 'sent' }> {
  const { error_code: code, description, parameters } = error
  const detail = `${code} ${description}`.slice(0, DETAIL_MAX)
  if (code >= 500) return { status: 'uncertain', detail }
  if (code === 429) {
    const retryAfterMs = (parameters.retry_after ?? RETRY_AFTER_DEFAULT_S) * 1000
    return { status: 'failed', reason: 'throttled', retryAfterMs, detail }
  }
  // 404 is what a malformed token gets, 409 a token that two programs poll with.
  if ([401, 404, 409].includes(code)) return { status: 'failed', reason: 'misconfigured', detail }
  const gone = code === 403 || parameters.migrate_to_chat_id !== undefined || NO_SUCH_CHAT.test(description)
  return { status: 'failed', reason: gone ? 'unreachable' : 'rejected', detail }
}
