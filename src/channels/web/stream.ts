// GET /chat/events: what the bot says, as server-sent events; and suggestions while somebody types.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { contentLanguage } from '../../core/text/page-language.ts'
import { pageLanguage } from '../../platform/http/page-language.ts'
import { inScriptOf, isEmbedded, isSecure } from '../../site/index.ts'
import { addressFor } from './session.ts'
import { admit, refuseForeign, type Site } from './site.ts'
import { newestSeq } from './store.ts'

const SUGGESTIONS_MAX = 5
/** Longer beginnings of a question are whole questions: nothing is suggested for them. */
const QUERY_MAX = 200

/** The stream goes on where the browser broke off; opening it says nothing to the bot. */
export function addStreamRoute(app: FastifyInstance, site: Site): void {
  // No HEAD twin: a stream has no end to wait for.
  app.get('/chat/events', { exposeHeadRoute: false }, async (request, reply) => {
    const caller = admit(site, request, reply)
    if (caller === 'foreign') return refuseForeign(site, request, reply)
    const address = addressFor(app, request, reply, {
      secure: isSecure(site),
      embedded: caller === 'embed' || isEmbedded(request),
    })
    // A place beyond the newest comes from before a restored backup: what follows must still be shown.
    const after = Math.min(lastSeen(request), await newestSeq(site.database, address))
    reply.headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would hold messages back.
      'x-accel-buffering': 'no',
    })
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value ?? '')
    reply.raw.writeHead(200)
    site.feed.open(reply.raw, { address, after })
    return reply
  })
}

/** The last message the browser has: by its header when it reconnects, by `?last=` when a page begins. */
function lastSeen(request: FastifyRequest): number {
  const given = request.headers['last-event-id'] ?? (request.query as { last?: unknown }).last
  const seq = Number(given)
  return Number.isSafeInteger(seq) && seq > 0 ? seq : 0
}

/** At most five entries for the beginning of a question. */
export function addSuggestRoute(app: FastifyInstance, site: Site): void {
  app.get<{ Querystring: { q?: unknown } }>('/chat/suggest', async (request, reply) => {
    const { q } = request.query
    const page = pageLanguage(request)
    const query = typeof q === 'string' ? q.trim() : ''
    const found = query && query.length <= QUERY_MAX ? site.suggest(query, contentLanguage(page)) : []
    const write = inScriptOf(site, page)
    reply.header('cache-control', 'private, max-age=60').header('vary', 'cookie, accept-language')
    return found.slice(0, SUGGESTIONS_MAX).map(({ id, title }) => ({ id, title: write(title) }))
  })
}
