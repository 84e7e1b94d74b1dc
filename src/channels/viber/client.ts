// One request to Viber's interface: made once, answered or not. What it means is said in outcome.ts.
import { z } from 'zod'
import { parseCallback, Token } from './to-events.ts'

export type Answer =
  /** Viber says so with status 200, whatever it says. `token` identifies the message in receipts. */
  | { kind: 'answered'; status: number; says: string; token?: string; billing?: number; failures: Failure[] }
  /** Something between Viber and us answered, or Viber broke. */
  | { kind: 'http'; code: number; retryAfterMs?: number }
  | { kind: 'lost'; error: unknown }

/** Somebody among the receivers of a broadcast who doesn't get it. */
export type Failure = { receiver: string; status: number; says: string }

export interface Client {
  call(method: keyof typeof TIMEOUTS_MS, payload: object, signal?: AbortSignal): Promise<Answer>
}

/**
 * A request that isn't answered in this time (ms) may have been carried out or not. A broadcast may take
 * longer, as its answer is about many people.
 */
const TIMEOUTS_MS = { send_message: 10_000, broadcast_message: 30_000, set_webhook: 10_000 }

const said = { status: z.int(), status_message: z.string().catch('') }
const Failure = z
  .object({ ...said, receiver: z.string() })
  .transform(({ receiver, status, status_message: says }): Failure => ({ receiver, status, says }))
const Billing = z.union([
  z.int().min(0).max(99),
  z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number),
])
const Reply = z.object({
  ...said,
  message_token: Token.optional().catch(undefined),
  billing_status: Billing.optional().catch(undefined),
  // One that can't be read leaves open who got the message: no default.
  failed_list: z.array(Failure).nullish(),
})

/** `apiRoot` such as https://chatapi.viber.com/pa; a slash at the end is ignored. */
export function createClient({ token, apiRoot }: { token: string; apiRoot: string }): Client {
  const root = apiRoot.replace(/\/+$/, '')
  return {
    async call(method, payload, signal) {
      const timeout = AbortSignal.timeout(TIMEOUTS_MS[method])
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
    const { status, status_message: says, message_token: token, billing_status: billing, failed_list } = reply
    return { kind: 'answered', status, says, token, billing, failures: failed_list ?? [] }
  }
  const seconds = Number(headers.get('retry-after') || Number.NaN)
  return { kind: 'http', code, ...(seconds > 0 && { retryAfterMs: seconds * 1000 }) }
}
