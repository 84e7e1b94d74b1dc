// What every route of the web chat works with.
import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Content, Language } from '../../core/model/content.ts'
import type { Translate } from '../../core/model/topic.ts'
import type { Database } from '../../platform/db/database.ts'
import { sendProblem } from '../../platform/http/errors.ts'
import type { SiteOptions } from '../../site/index.ts'
import { frameFor } from '../../site/index.ts'
import type { Receive } from '../channel.ts'
import type { Feed } from './feed.ts'
import { type Caller, callerOf } from './origin.ts'

export type WebOptions = SiteOptions & {
  database: Database
  /** Type-ahead: the best entries for the beginning of a question. */
  suggest: (query: string, language: Language) => { id: string; title: string }[]
  /** The answers as they are now. */
  entries: () => Content['entries']
  /** The clips as they are now. */
  clips?: () => Content['clips']
}

export type Site = WebOptions & { receive: Receive; feed: Feed }

/** Judges the caller and lets an embedding site read the answer. */
export function admit({ publicUrl, origins }: Site, request: FastifyRequest, reply: FastifyReply): Caller {
  const { origin, host } = request.headers
  const caller = callerOf(origin, { host, publicUrl }, origins)
  if (caller === 'embed') {
    reply.headers({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    })
  }
  return caller
}

/** The answer to a site that has no business here. */
export function refuseForeign(site: Site, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(reply, { status: 403, detail: sentences(site, request)('web.problem.origin') })
}

/** Sentences in the language of whoever asks. */
export function sentences(site: Site, request: FastifyRequest): Translate {
  return frameFor(site, request).t
}
