// Lets Telegram deliver updates. It repeats what isn't answered with 200, for up to a day, so 200 is
// said only when the update is stored.
import type { FastifyInstance } from 'fastify'
import { type Api, GrammyError } from 'grammy'
import { sendProblem } from '../../platform/http/errors.ts'
import type { Log } from '../../platform/log.ts'
import { createBackoff, problemOf } from './setup.ts'
import { ALLOWED_UPDATES } from './to-events.ts'
import { verify } from './verify.ts'

export const WEBHOOK_PATH = '/webhooks/telegram'
/** Bytes. The longest update, a message of 4,096 characters with entities, is far below. */
const BODY_LIMIT = 1024 * 1024
/** Updates that Telegram may deliver side by side; 100 is its maximum. */
const CONNECTIONS_MAX = 100

/** Adds the route. A wrong secret is turned away before the body is read. */
export function addWebhookRoute(
  app: FastifyInstance,
  secret: string | undefined,
  accept: (updates: unknown[]) => Promise<void>,
): void {
  app.post(WEBHOOK_PATH, {
    bodyLimit: BODY_LIMIT,
    async onRequest(request, reply) {
      if (verify(secret, request.headers['x-telegram-bot-api-secret-token'])) return
      return sendProblem(reply, { status: 401, detail: 'The secret token is missing or wrong.' })
    },
    async handler(request, reply) {
      await accept([request.body])
      return reply.code(200).send({ ok: true })
    },
  })
}

export type Registration = { api: Api; publicUrl: string; secret: string | undefined; log: Log }

/** Tells Telegram where to deliver; tried again until it succeeds, is refused or is aborted. */
export async function registerWebhook(
  { api, publicUrl, secret, log }: Registration,
  signal: AbortSignal,
): Promise<void> {
  const backoff = createBackoff()
  while (!signal.aborted) {
    try {
      await api.setWebhook(
        `${publicUrl.replace(/\/+$/, '')}${WEBHOOK_PATH}`,
        { secret_token: secret, allowed_updates: ALLOWED_UPDATES, max_connections: CONNECTIONS_MAX },
        signal as never,
      )
      log.info('telegram: the webhook is registered')
      return
    } catch (error) {
      if (signal.aborted) return
      log.error(problemOf(error), 'telegram: the webhook is not registered')
      if (error instanceof GrammyError && error.error_code === 400) return
      await backoff.pause(signal, error)
    }
  }
}
