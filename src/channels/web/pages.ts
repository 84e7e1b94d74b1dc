// The page for people who chat, and the line other sites include.
import type { FastifyInstance } from 'fastify'
import { contentLanguage, PAGE_LANGUAGES, type PageLanguage, phrases } from '../../core/text/page-language.ts'
import { type Asset, assetOf, sendAsset } from '../../platform/http/assets.ts'
import { frameFor, inScriptOf, isEmbedded, isSecure, rememberLanguage, sendPage } from '../../site/index.ts'
import { type ChatProblem, chatPage } from './page.ts'
import { knownAddress } from './session.ts'
import type { Site } from './site.ts'
import { lastMessages } from './store.ts'
import { wordsFor } from './words.ts'

const HISTORY_SHOWN = 50

/** What the page can say of a form that was sent. */
const PROBLEMS = [
  'body',
  'empty',
  'long',
  'photoUnasked',
  'photoLarge',
  'photoUnreadable',
  'photoOften',
] as const satisfies ChatProblem[]

/** GET /. */
export function addChatPage(app: FastifyInstance, site: Site): void {
  app.get<{ Querystring: Record<string, unknown> }>('/', async (request, reply) => {
    const frame = frameFor(site, request)
    rememberLanguage(app, request, reply, { secure: isSecure(site), embedded: isEmbedded(request) })
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
      embedded: isEmbedded(request),
      start: deepLink(site, request.query.start, frame.language),
      problem: PROBLEMS.find(problem => problem === request.query.problem),
    })
    return sendPage(reply, site, page)
  })
}

/** What a link like /?start=faq-foi-request or clip-foi opens; the title is empty when it opens neither. */
function deepLink(
  site: Site,
  payload: unknown,
  page: PageLanguage,
): { payload: string; title: string } | undefined {
  if (typeof payload !== 'string' || !/^[\w-]{1,64}$/.test(payload)) return undefined
  const linked =
    site.entries().find(({ id }) => `faq-${id}` === payload) ??
    site.clips?.().find(({ id }) => `clip-${id}` === payload)
  return { payload, title: linked ? inScriptOf(site, page)(linked.texts[contentLanguage(page)].title) : '' }
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
