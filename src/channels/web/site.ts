// What every route of the web chat works with.
import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Content, Language, PrivacyNotice } from '../../core/model/content.ts'
import type { Translate } from '../../core/model/topic.ts'
import { type PageLanguage, phrases } from '../../core/text/page-language.ts'
import { toCyrillic } from '../../core/text/transliterate.ts'
import type { Database } from '../../platform/db/database.ts'
import { sendProblem } from '../../platform/http/errors.ts'
import { pageLanguage } from '../../platform/http/page-language.ts'
import type { Receive } from '../channel.ts'
import type { Assets } from './assets.ts'
import type { Feed } from './feed.ts'
import { type Caller, callerOf } from './origin.ts'

export type WebOptions = {
  database: Database
  /** The address people see, without a slash at the end. */
  publicUrl: string
  /** Origins of sites that embed the chat. */
  origins: readonly string[]
  /** Type-ahead: the best entries for the beginning of a question. */
  suggest: (query: string, language: Language) => { id: string; title: string }[]
  city: Content['city']
  /** The answers as they are now. */
  entries: () => Content['entries']
  /** The notice on personal data as it is now. */
  privacy: () => Record<Language, PrivacyNotice>
  translator: (language: Language) => Translate
}

export type Site = WebOptions & {
  receive: Receive
  feed: Feed
  assets: Assets
  /** People reach us by HTTPS: cookies must stay there. */
  secure: boolean
}

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

/** Whether the chat stands in another site's page. */
export function isEmbedded(caller: Caller, request: FastifyRequest): boolean {
  return caller === 'embed' || (request.query as { embed?: unknown }).embed === '1'
}

/** The answer to a site that has no business here. */
export function refuseForeign(site: Site, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(reply, { status: 403, detail: sentences(site, request)('web.problem.origin') })
}

/** Sentences in the language of whoever asks. */
export function sentences(site: Site, request: FastifyRequest): Translate {
  return phrases(pageLanguage(request), site.translator, site.city.protectedWords)
}

/** Brings a Serbian text into the page's script. */
export function scriptOf({ city }: Site, page: PageLanguage): (text: string) => string {
  return page === 'sr-Cyrl' ? text => toCyrillic(text, city.protectedWords) : text => text
}
