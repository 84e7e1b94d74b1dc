// The pages for people: the chat and the notice on personal data; and the line other sites include.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  contentLanguage,
  knownPageLanguage,
  PAGE_LANGUAGES,
  type PageLanguage,
  phrases,
} from '../../core/text/page-language.ts'
import { LANGUAGE_COOKIE, pageLanguage } from '../../platform/http/page-language.ts'
import { type Asset, assetOf, sendAsset } from './assets.ts'
import { type Frame, pagePolicy } from './frame.ts'
import { chatPage } from './page.ts'
import { privacyPage } from './privacy.ts'
import { jarOf, knownAddress } from './session.ts'
import { isEmbedded, type Site, scriptOf } from './site.ts'
import { lastMessages } from './store.ts'
import { wordsFor } from './words.ts'

const HISTORY_SHOWN = 50
const A_YEAR_S = 365 * 24 * 3600

/** GET /. */
export function addChatPage(app: FastifyInstance, site: Site): void {
  app.get<{ Querystring: Record<string, unknown> }>('/', async (request, reply) => {
    const frame = frameFor(site, request)
    rememberLanguage(app, site, request, reply)
    const { city } = site
    const address = knownAddress(request)
    const { timeZone } = city
    const page = chatPage({
      ...frame,
      words: wordsFor(frame.language, frame.t, {
        timeZone,
        publicUrl: site.publicUrl,
        translator: site.translator,
      }),
      history: address ? await lastMessages(site.database, address, HISTORY_SHOWN) : [],
      known: address !== undefined,
      embedded: isEmbedded('own', request),
      start: deepLink(site, request.query.start, frame.language),
      problem: (['body', 'empty', 'long'] as const).find(problem => problem === request.query.problem),
    })
    return sendPage(site, reply, page)
  })
}

function frameFor(site: Site, request: FastifyRequest): Frame {
  const language = pageLanguage(request)
  const t = phrases(language, site.translator, site.city.protectedWords)
  const city = scriptOf(site, language)(site.city.name[contentLanguage(language)])
  return { language, t, assets: site.assets, city }
}

/** Only a language somebody chose is remembered, not one we guessed. */
function rememberLanguage(
  app: FastifyInstance,
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const chosen = knownPageLanguage((request.query as { lang?: unknown }).lang)
  if (!chosen || chosen === request.cookies[LANGUAGE_COOKIE]) return
  const jar = jarOf({ secure: site.secure, embedded: isEmbedded('own', request) })
  const options = { path: '/', maxAge: A_YEAR_S, ...jar }
  reply.header('set-cookie', app.serializeCookie(LANGUAGE_COOKIE, chosen, options))
}

/** What a link like /?start=faq-foi-request opens; the title is empty when it opens no entry. */
function deepLink(
  site: Site,
  payload: unknown,
  page: PageLanguage,
): { payload: string; title: string } | undefined {
  if (typeof payload !== 'string' || !/^[\w-]{1,64}$/.test(payload)) return undefined
  const entry = site.entries().find(({ id }) => `faq-${id}` === payload)
  return { payload, title: entry ? scriptOf(site, page)(entry.texts[contentLanguage(page)].title) : '' }
}

/** GET /privacy. */
export function addPrivacyPage(app: FastifyInstance, site: Site): void {
  app.get('/privacy', async (request, reply) => {
    rememberLanguage(app, site, request, reply)
    const frame = frameFor(site, request)
    return sendPage(
      site,
      reply,
      privacyPage(site.privacy(), frame.language, frame, scriptOf(site, frame.language)),
    )
  })
}

/** Pages hold a person's chat or depend on their language: no cache keeps them. */
function sendPage({ publicUrl, origins }: Site, reply: FastifyReply, page: string): FastifyReply {
  return reply
    .header('content-security-policy', pagePolicy(publicUrl, origins))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page)
}

/** The one line that other sites include; its address never changes. */
export function addEmbedRoute(app: FastifyInstance, site: Site): void {
  const script = embedScript(site)
  app.get('/embed.js', async (request, reply) => {
    reply.headers({ 'cache-control': 'public, max-age=3600', 'cross-origin-resource-policy': 'cross-origin' })
    return sendAsset(request, reply, script)
  })
}

/** The script with the words it says, in every language; `sr` is Serbian in Latin script. */
function embedScript({ assets, translator, city }: Site): Asset {
  const wordsIn = (page: PageLanguage) => {
    const t = phrases(page, translator, city.protectedWords)
    return { title: `${t('web.bot')} – ${t('web.tagline')}`, skip: t('web.skip') }
  }
  const words = PAGE_LANGUAGES.map(page => [page, wordsIn(page)] as const)
  const said = Object.fromEntries([...words, ['sr', wordsIn('sr-Latn')]])
  const source = assets.file('embed.js')?.plain.toString() ?? ''
  // A function, because `$` in a replacement means something.
  const filled = source.replace("'{{words}}'", () => JSON.stringify(JSON.stringify(said)))
  return assetOf('embed.js', Buffer.from(filled))
}
