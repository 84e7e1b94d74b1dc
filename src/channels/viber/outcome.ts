// What Viber's answer means for the message.
import type { BroadcastResult, SendResult } from '../channel.ts'
import { codeOf, neverLeft } from '../shared/network.ts'
import { plain } from '../shared/rich.ts'
import type { Answer } from './client.ts'

type Reason = Extract<SendResult, { status: 'failed' }>['reason']

/** Viber's status codes: https://creators.viber.com/docs/bots-api/errors. Any other doesn't tell what happened. */
const REASONS: Record<number, Reason> = {
  1: 'misconfigured', // the link of the webhook is invalid
  2: 'misconfigured', // the token is invalid
  3: 'rejected', // the request is malformed
  4: 'rejected', // something is missing in it
  5: 'unreachable', // the receiver is not on Viber
  6: 'unreachable', // the receiver is not subscribed
  7: 'misconfigured', // the bot is blocked
  8: 'misconfigured', // there is no such bot
  9: 'misconfigured', // the bot is suspended
  10: 'misconfigured', // the bot has no webhook
  11: 'unreachable', // the receiver's device knows no bots
  12: 'throttled',
  13: 'rejected', // the receiver's app is too old for the declared version
  14: 'rejected', // the message needs a newer version than it declares
  15: 'misconfigured', // the bot is not authorised
  16: 'rejected', // not allowed inside a chat
  17: 'rejected', // the bot is not for use inside a chat
  18: 'rejected', // there is no public chat
  19: 'misconfigured', // announcements can't be sent
  20: 'misconfigured', // announcements are not allowed
  21: 'rejected', // not in the receiver's country
  22: 'rejected', // payments are not supported
  23: 'misconfigured', // the month's free messages are used up
  24: 'misconfigured', // nothing is left to pay with
}

/** The bot may not send announcements; to each person alone it may. */
const NO_BROADCASTS = [19, 20]

/** The window of Viber's own limit: 500 requests in 10 s. */
const THROTTLED_MS = 10_000
/** After 100 messages without a reply Viber refuses more to this person for the rest of the hour. */
const PERSONAL_LIMIT_MS = 3_600_000
const DETAIL_MAX = 200

/** The outcome of sending one message. */
export function outcomeOf(answer: Answer): SendResult {
  switch (answer.kind) {
    case 'answered':
      return answeredOutcome(answer)
    case 'http':
      return httpOutcome(answer)
    case 'lost': {
      const detail = codeOf(answer.error) ?? 'no answer'
      return neverLeft(answer.error) ? failed('not-sent', detail) : { status: 'uncertain', detail }
    }
  }
}

/** The outcomes of a broadcast, in the order of its receivers. Whom the answer doesn't name, it is about as a whole. */
export function outcomesOf(answer: Answer, receivers: readonly string[]): BroadcastResult[] {
  if (answer.kind !== 'answered') return receivers.map(() => outcomeOf(answer))
  const own = new Map(answer.failures.map(failure => [failure.receiver, personally(refusal(failure))]))
  const whole = NO_BROADCASTS.includes(answer.status) ? singly(detailOf(answer)) : answeredOutcome(answer)
  return receivers.map(receiver => own.get(receiver) ?? whole)
}

type Said = { status: number; says: string }

function answeredOutcome(answer: Extract<Answer, { kind: 'answered' }>): SendResult {
  const { status, token, billing } = answer
  if (status !== 0) return refusal(answer)
  const externalIds = token === undefined ? [] : [token]
  return { status: 'sent', externalIds, ...(billing !== undefined && { billing }) }
}

function refusal(said: Said): Exclude<SendResult, { status: 'sent' }> {
  const reason = REASONS[said.status]
  return reason ? failed(reason, detailOf(said)) : { status: 'uncertain', detail: detailOf(said) }
}

function detailOf({ status, says }: Said): string {
  return plain(`${status} ${says}`.trim().slice(0, DETAIL_MAX)).text
}

/** Somebody's own limit: the others needn't wait for it. */
export function personally(result: SendResult): SendResult {
  const own = result.status === 'failed' && result.reason === 'throttled'
  return own ? { ...result, reason: 'not-sent', retryAfterMs: PERSONAL_LIMIT_MS } : result
}

/** Nothing went to them by this broadcast, but it may go to each alone. */
export function singly(detail: string): BroadcastResult {
  return { status: 'singly', detail }
}

function httpOutcome({ code, retryAfterMs }: Extract<Answer, { kind: 'http' }>): SendResult {
  const detail = `HTTP ${code}`
  if (code === 429) return failed('throttled', detail, retryAfterMs)
  if ((code >= 300 && code < 400) || [401, 403, 404, 405].includes(code))
    return failed('misconfigured', detail)
  return code >= 400 && code < 500 ? failed('rejected', detail) : { status: 'uncertain', detail }
}

function failed(
  reason: Reason,
  detail: string,
  retryAfterMs = THROTTLED_MS,
): Extract<SendResult, { status: 'failed' }> {
  return { status: 'failed', reason, detail, ...(reason === 'throttled' && { retryAfterMs }) }
}
