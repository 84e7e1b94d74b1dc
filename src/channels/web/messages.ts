// POST /chat/messages: what a person writes or presses, from the page's script, its plain form, or a program.
import { randomUUID } from 'node:crypto'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { contentLanguage, pageScript } from '../../core/text/page-language.ts'
import { sendProblem, statusOf } from '../../platform/http/errors.ts'
import { guessedLanguage } from '../../platform/http/page-language.ts'
import { chatPath, isEmbedded, isSecure } from '../../site/index.ts'
import { type BodyProblem, toEvent, toReceived } from './events.ts'
import { addressFor } from './session.ts'
import { admit, refuseForeign, type Site, sentences } from './site.ts'
import { messagesAfter, newestSeq } from './store.ts'

/** How long a form without a script waits for the answer, so that the page that follows shows it. */
const FORM_PATIENCE_MS = 2500

/** 202 means that the event is stored; the answer comes by the stream. */
export function addMessageRoute(app: FastifyInstance, site: Site): void {
  /** A body that can't even be read: too large, not JSON, an unknown type. */
  const refuseUnread = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const status = statusOf(error)
    if (status >= 500) throw error
    refuse(site, request, reply, { status, problem: status === 413 ? 'long' : 'body' })
  }

  app.options('/chat/messages', async (request, reply) => {
    if (admit(site, request, reply) !== 'embed') return reply.code(204).send()
    const allowed = { 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'content-type' }
    return reply
      .headers({ ...allowed, 'access-control-max-age': '600' })
      .code(204)
      .send()
  })

  app.post('/chat/messages', { errorHandler: refuseUnread }, async (request, reply) => {
    const caller = admit(site, request, reply)
    if (caller === 'foreign') return refuseForeign(site, request, reply)
    const event = toEvent(isForm(request) ? fromForm(request.body) : request.body)
    if ('problem' in event) {
      return refuse(site, request, reply, {
        status: event.problem === 'long' ? 413 : 400,
        problem: event.problem,
      })
    }
    const embedded = caller === 'embed' || isEmbedded(request)
    const address = addressFor(app, request, reply, { secure: isSecure(site), embedded })
    const page = guessedLanguage(request)
    const guess = page && { language: contentLanguage(page), script: pageScript(page) }
    const store = () => site.receive([toReceived(event, { address, at: Date.now(), ...guess })])
    if (isForm(request)) {
      const anchor = await storeAndAwaitAnswer(site, address, store)
      return reply.redirect(`${chatPath(embedded)}${anchor}`, 303)
    }
    await store()
    return reply.code(202).send({ id: event.id })
  })
}

function isForm(request: FastifyRequest): boolean {
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
}

/** The page's form sends its text field with every press; an offered sentence comes as `command`. */
function fromForm(body: unknown): object {
  const { id, text, token, start, command } = (body ?? {}) as Record<string, unknown>
  return { id: id || randomUUID(), ...(token ? { token } : start ? { start } : { text: command || text }) }
}

/** Where a form's sender looks next: at the first message that came in answer, if one did in time. */
export async function storeAndAwaitAnswer(
  site: Site,
  address: string,
  store: () => Promise<unknown>,
): Promise<string> {
  const { database, feed } = site
  const after = await newestSeq(database, address)
  const deadline = Date.now() + FORM_PATIENCE_MS
  let news = feed.news(address, FORM_PATIENCE_MS)
  await store()
  for (;;) {
    const [answer] = await messagesAfter(database, { address, after, limit: 1 })
    if (answer) return `#m${answer.seq}`
    if (Date.now() >= deadline) return ''
    await news
    news = feed.news(address, Math.max(1, deadline - Date.now()))
  }
}

type Refusal = { status: number; problem: BodyProblem }

function refuse(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, problem }: Refusal,
): FastifyReply {
  if (isForm(request)) return reply.redirect(chatPath(isEmbedded(request), { problem }), 303)
  const detail = sentences(site, request)(`web.problem.${problem}`)
  return sendProblem(reply, { status, detail })
}
