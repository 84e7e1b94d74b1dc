// What becomes of an activity that the connector did not take. Statuses: the connector's reference
// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference and
// Teams' https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
import type { SendResult } from '../channel.ts'
import { codeOf, neverLeft } from '../shared/network.ts'

export type Failure = Exclude<SendResult, { status: 'sent' }>
type Reason = Extract<Failure, { status: 'failed' }>['reason']

/** Thrown through Microsoft's packages, which know when to give up only from errors of their own. */
export class NotDelivered extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.detail)
    this.name = 'NotDelivered'
    this.failure = failure
  }
}

/** Teams counts messages of a conversation over one, two and thirty seconds. */
const THROTTLED_MS = 2000
const THROTTLED_MAX_MS = 3_600_000
const DETAIL_MAX = 200

/** The outcome of an answer that is no success. `body` may say why in Microsoft's words. */
export function refusal(status: number, retryAfter: string | null, body: string): Failure {
  const detail = `${status} ${errorCode(body)}`.trim().slice(0, DETAIL_MAX)
  if (status === 429 || status === 412) return failed('throttled', detail, waitMs(retryAfter))
  if (status < 400 || status === 401) return failed('misconfigured', detail)
  // The person has blocked the bot or removed it, or the conversation is gone.
  if (status === 403 || status === 404) return failed('unreachable', detail)
  if (status < 500 && status !== 408) return failed('rejected', detail)
  return { status: 'uncertain', detail }
}

/** The outcome of a request without an answer. */
export function lost(error: unknown): Failure {
  const detail = codeOf(error) ?? 'no answer'
  return neverLeft(error) ? failed('not-sent', detail) : { status: 'uncertain', detail }
}

export function failed(reason: Reason, detail: string, retryAfterMs?: number): Failure {
  return { status: 'failed', reason, detail, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** The header holds seconds or a date. */
function waitMs(retryAfter: string | null): number {
  const seconds = Number(retryAfter || Number.NaN)
  const ms = Number.isNaN(seconds) ? Date.parse(retryAfter ?? '') - Date.now() : seconds * 1000
  return ms > 0 ? Math.min(ms, THROTTLED_MAX_MS) : THROTTLED_MS
}

/** Only the code: the sentence beside it may repeat what was sent. */
function errorCode(body: string): string {
  try {
    const code = JSON.parse(body)?.error?.code
    return typeof code === 'string' && /^\w+$/.test(code) ? code : ''
  } catch {
    return ''
  }
}
