// One request to Viber's interface: made once, answered or not. What it means is said in outcome.ts.
import { z } from 'zod'
import { parseCallback } from './to-events.ts'

export type Answer =
  /** Viber says so with status 200, whatever it says. `token` identifies the message in receipts. */
  | { kind: 'answered'; status: number; says: string; token?: string; billing?: number }
  /** Something between Viber and us answered, or Viber broke. */
  | { kind: 'http'; code: number; retryAfterMs?: number }
  | { kind: 'lost'; error: unknown }

export interface Client {
  call(method: 'send_message' | 'set_webhook', payload: object, signal?: AbortSignal): Promise<Answer>
}

/** A request that isn't answered in this time (ms) may have been carried out or not. */
const TIMEOUT_MS = 10_000

const Reply = z.object({
  status: z.int(),
  status_message: z.string().optional().catch(undefined),
  message_token: z
    .union([z.string(), z.int().transform(String)])
    .optional()
    .catch(undefined),
  billing_status: z.int().optional().catch(undefined),
})

/** `apiRoot` such as https://chatapi.viber.com/pa; a slash at the end is ignored. */
export function createClient({ token, apiRoot }: { token: string; apiRoot: string }): Client {
  const root = apiRoot.replace(/\/+$/, '')
  return {
    async call(method, payload, signal) {
      const timeout = AbortSignal.timeout(TIMEOUT_MS)
      try {
        const response = await fetch(`${root}/${method}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-viber-auth-token': token },
          body: JSON.stringify(payload),
          // The token is for Viber alone.
          redirect: 'manual',
          signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        })
        return answerOf(response, await response.text())
      } catch (error) {
        return { kind: 'lost', error }
      }
    },
  }
}

function answerOf({ status: code, headers }: Response, body: string): Answer {
  const reply = code < 500 ? Reply.safeParse(parseCallback(body)?.callback).data : undefined
  if (reply) {
    const { status, status_message: says = '', message_token: token, billing_status: billing } = reply
    return { kind: 'answered', status, says, token, billing }
  }
  const seconds = Number(headers.get('retry-after') || Number.NaN)
  return { kind: 'http', code, ...(seconds > 0 && { retryAfterMs: seconds * 1000 }) }
}
