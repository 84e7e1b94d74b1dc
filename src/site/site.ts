// The public site: pages of the features in the frame of the city, and the files they load.
import path from 'node:path'
import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Content, Language } from '../core/model/content.ts'
import type { Settings } from '../core/model/settings.ts'
import type { Translate } from '../core/model/topic.ts'
import { contentLanguage, knownPageLanguage, type PageLanguage, phrases } from '../core/text/page-language.ts'
import { toCyrillic } from '../core/text/transliterate.ts'
import { html } from '../platform/html/html.ts'
import { type Assets, addAssetRoutes } from '../platform/http/assets.ts'
import { LANGUAGE_COOKIE, pageLanguage } from '../platform/http/page-language.ts'
import { type Frame, framed, pagePolicy } from './frame.ts'
import type { PublicAnswer, PublicPage, PublicVisit } from './page.ts'

/** Where the files of public pages are served. */
export const ASSETS_PATH = '/assets'

const FOLDER = path.join(import.meta.dirname, 'browser')
/** The files that every public page loads. */
export const SITE_FILES: readonly string[] = [
  'page.css',
  'icon.svg',
  'glyph-file.svg',
  'glyph-place.svg',
  'glyph-date.svg',
  'clip.js',
].map(name => path.join(FOLDER, name))

export type SiteOptions = {
  /** The address people see, without a slash at the end. */
  publicUrl: string
  /** Origins of sites that may show our pages inside theirs. */
  origins: readonly string[]
  city: Content['city']
  translator(language: Language): Translate
  assets: Assets
  /** What staff decided, as it is now. */
  settings(): Pick<Settings, 'notice'>
}

/** Adds the pages and their files. */
export function addSite(app: FastifyInstance, options: SiteOptions, pages: readonly PublicPage[]): void {
  app.register(async scope => {
    await scope.register(cookie)
    addAssetRoutes(scope, ASSETS_PATH, options.assets)
    for (const page of pages) {
      scope.get(page.path, async (request, reply) => {
        rememberLanguage(scope, request, reply, { secure: isSecure(options), embedded: isEmbedded(request) })
        return send(options, request, reply, await page.handle(visitOf(options, request)))
      })
    }
  })
}

/** What a page's frame says, in the reader's language. */
export function frameFor(options: SiteOptions, request: FastifyRequest): Frame {
  const language = pageLanguage(request)
  const t = phrases(language, options.translator, options.city.protectedWords)
  const inScript = inScriptOf(options, language)
  const city = inScript(options.city.name[contentLanguage(language)])
  const { notice } = options.settings()
  const shown = notice && Date.parse(notice.until) > Date.now() ? notice : undefined
  const said = shown && inScript(shown.texts[contentLanguage(language)])
  return { language, t, assets: options.assets, city, notice: said }
}

/** Brings Serbian texts into the script of a page. */
export function inScriptOf(
  { city }: Pick<SiteOptions, 'city'>,
  page: PageLanguage,
): (text: string) => string {
  return page === 'sr-Cyrl' ? text => toCyrillic(text, city.protectedWords) : text => text
}

/** Whether the page stands in another site's page. */
export function isEmbedded(request: FastifyRequest): boolean {
  return (request.query as { embed?: unknown }).embed === '1'
}

export function isSecure({ publicUrl }: Pick<SiteOptions, 'publicUrl'>): boolean {
  return new URL(publicUrl).protocol === 'https:'
}

const A_YEAR_S = 365 * 24 * 3600

/** Only a language somebody chose is remembered, not one we guessed. */
export function rememberLanguage(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  where: { secure: boolean; embedded: boolean },
): void {
  const chosen = knownPageLanguage((request.query as { lang?: unknown }).lang)
  if (!chosen || chosen === request.cookies[LANGUAGE_COOKIE]) return
  const options = { path: '/', maxAge: A_YEAR_S, ...jarOf(where) }
  reply.header('set-cookie', app.serializeCookie(LANGUAGE_COOKIE, chosen, options))
}

/** Inside another site's page a browser keeps cookies in a jar of its own. */
export function jarOf({ secure, embedded }: { secure: boolean; embedded: boolean }) {
  return embedded
    ? { sameSite: 'none' as const, secure: true, partitioned: true }
    : { sameSite: 'lax' as const, secure }
}

/** Pages depend on their reader: no cache keeps them. */
export function sendPage(
  reply: FastifyReply,
  { publicUrl, origins }: Pick<SiteOptions, 'publicUrl' | 'origins'>,
  page: string,
  status = 200,
): FastifyReply {
  return reply
    .code(status)
    .header('content-security-policy', pagePolicy(publicUrl, origins))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page)
}

function visitOf(options: SiteOptions, request: FastifyRequest): PublicVisit {
  const { language, t } = frameFor(options, request)
  const query = Object.entries(request.query as Record<string, string | string[]>)
  return {
    t,
    language,
    contentLanguage: contentLanguage(language),
    inScript: inScriptOf(options, language),
    timeZone: options.city.timeZone,
    params: request.params as Record<string, string>,
    query: Object.fromEntries(query.map(([name, value]) => [name, String([value].flat().at(-1) ?? '')])),
    now: new Date(),
    embedded: isEmbedded(request),
  }
}

function send(
  options: SiteOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: PublicAnswer,
): FastifyReply {
  switch (answer.kind) {
    case 'page': {
      const frame = frameFor(options, request)
      const path = request.url.split('?')[0] ?? '/'
      const page = framed({ ...frame, ...answer, path, embedded: isEmbedded(request) })
      return sendPage(reply, options, page, answer.status)
    }
    case 'file': {
      const { name, mime, bytes, inline, maxAge = 0 } = answer
      const cache = maxAge ? `public, max-age=${maxAge}` : 'no-store'
      const how = inline ? 'inline' : 'attachment'
      const plain = name.replace(/[^\w.-]/g, '_')
      reply.headers({ 'cache-control': cache, 'content-disposition': `${how}; filename="${plain}"` })
      return reply.type(mime).send(bytes)
    }
    case 'redirect':
      return reply.redirect(answer.to, 303)
    case 'missing': {
      const { t } = frameFor(options, request)
      const body = html`<main class="document"><h1>${t('web.missing')}</h1><p><a class="back" href="/">${t('web.backToChat')}</a></p></main>`
      return send(options, request, reply, { kind: 'page', title: t('web.missing'), body, status: 404 })
    }
  }
}
