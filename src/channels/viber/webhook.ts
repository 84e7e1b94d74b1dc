// Where Viber delivers. It repeats what isn't answered with 200, for about an hour, so 200 is said only
// when the event is stored. Nothing said here outlives the request it belongs to.
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Language } from '../../core/model/content.ts'
import type { Outbound } from '../../core/model/message.ts'
import { sendProblem } from '../../platform/http/errors.ts'
import type { Receipt, Receive } from '../channel.ts'
import { renderWelcome } from './render.ts'
import { type Opening, parseCallback, toEvents, toOpening, toReceipts } from './to-events.ts'
import { isSignature, verify } from './verify.ts'
import { requestOf } from './wire.ts'

export const WEBHOOK_PATH = '/webhooks/viber'
/** Bytes. A message of 7,000 characters with all its details is far below. */
const BODY_LIMIT = 1024 * 1024
const SIGNATURE = 'x-viber-content-signature'

export type WebhookOptions = {
  token: string
  senderName: string
  /** What greets somebody who opens the chat; `payload` is the context of the link they came by. */
  welcome: (language: Language, payload?: string) => Outbound
  /** Hears what became of messages; Viber repeats the receipt if this fails. */
  onReceipts: (receipts: Receipt[]) => Promise<void>
}

/** Adds the route. What isn't signed by Viber is turned away, if possible before the body is read. */
export function addWebhookRoute(app: FastifyInstance, options: WebhookOptions, receive: Receive): void {
  app.register(async scope => {
    // The signature is over the bytes, whatever they are called.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.post(WEBHOOK_PATH, {
      bodyLimit: BODY_LIMIT,
      async onRequest(request, reply) {
        if (!isSignature(request.headers[SIGNATURE])) return refuse(reply)
      },
      async handler(request, reply) {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        if (!verify(options.token, body, request.headers[SIGNATURE])) return refuse(reply)
        const parsed = parseCallback(body)
        if (!parsed) return sendProblem(reply, { status: 400, detail: 'The body is not JSON.' })
        const answer = await accept(parsed.callback, options, receive)
        return answer ? reply.send(answer) : reply.send()
      },
    })
  })
}

function refuse(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, { status: 401, detail: 'The signature is missing or wrong.' })
}

/** Resolves to the body of the answer, if there is something to say. */
async function accept(
  callback: unknown,
  options: WebhookOptions,
  receive: Receive,
): Promise<object | undefined> {
  const receipts = toReceipts(callback)
  if (receipts.length) return void (await options.onReceipts(receipts))
  const opening = toOpening(callback)
  if (opening && !isForTheBot(opening)) return greet(opening, options)
  const events = toEvents(callback)
  const messages = events.length ? await receive(events) : undefined
  return opening && messages ? greeting(messages, opening, options) : undefined
}

/**
 * Somebody who has never written can't be written to, and nothing is kept of people who only look; a
 * subscriber who came by a link wants what the link promises, which may take more than a greeting.
 */
function isForTheBot({ subscribed, payload }: Opening): boolean {
  return subscribed && payload !== undefined
}

function greet(opening: Opening, options: WebhookOptions): object | undefined {
  const { language = 'sr', payload } = opening
  return greeting([options.welcome(language, payload)], opening, options)
}

/** One message only, and without a receiver: https://creators.viber.com/docs/bots-api/resources/messaging/welcome-message */
function greeting(
  messages: Outbound[],
  { apiVersion }: Opening,
  { senderName }: WebhookOptions,
): object | undefined {
  const blocks = messages.flatMap(message => message.blocks)
  const buttons = messages.at(-1)?.buttons ?? []
  const content = renderWelcome({ blocks, buttons }, apiVersion)
  return content && requestOf(content, senderName)
}
