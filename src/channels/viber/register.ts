// Tells Viber where to deliver, once we listen: Viber calls the address before it agrees.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../platform/log.ts'
import type { Answer, Client } from './client.ts'
import { URL_MAX } from './limits.ts'
import { secureUrl } from './links.ts'
import { WEBHOOK_PATH } from './webhook.ts'

/** Messages, subscriptions and their end come anyway. */
const EVENT_TYPES = ['delivered', 'seen', 'failed', 'subscribed', 'unsubscribed', 'conversation_started']
const PAUSE_FIRST_MS = 1000
const PAUSE_MAX_MS = 300_000
const INVALID_TOKEN = 2

export type Registration = { client: Client; publicUrl: string; log: Log }

/** Tried again until it succeeds, the token is refused or `signal` aborts. Names and photos are not asked for. */
export async function registerWebhook(
  { client, publicUrl, log }: Registration,
  signal: AbortSignal,
): Promise<void> {
  const url = secureUrl(`${publicUrl.replace(/\/+$/, '')}${WEBHOOK_PATH}`, URL_MAX)
  if (!url)
    return log.warn('viber: PUBLIC_URL is not a public https address, so the webhook is not registered')
  const payload = { url, event_types: EVENT_TYPES, send_name: false, send_photo: false }
  for (let pause = PAUSE_FIRST_MS; !signal.aborted; pause = Math.min(pause * 2, PAUSE_MAX_MS)) {
    const answer = await client.call('set_webhook', payload, signal)
    if (signal.aborted) return
    if (isStatus(answer, 0)) return log.info('viber: the webhook is registered')
    log.error(problemOf(answer), 'viber: the webhook is not registered')
    if (isStatus(answer, INVALID_TOKEN)) return
    // Aborted means: stop waiting.
    await sleep(pause, undefined, { signal }).catch(() => undefined)
  }
}

function isStatus(answer: Answer, status: number): boolean {
  return answer.kind === 'answered' && answer.status === status
}

/** The part of an answer that a log may hold. */
function problemOf(answer: Answer): object {
  switch (answer.kind) {
    case 'answered':
      return { status: answer.status, says: answer.says.slice(0, 100) }
    case 'http':
      return { http: answer.code }
    case 'lost':
      return { err: answer.error }
  }
}
