// What every public page has around its content: head, name of the city's bot, languages.
import type { Translate } from '../core/model/topic.ts'
import { PAGE_LANGUAGES, type PageLanguage } from '../core/text/page-language.ts'
import { type Html, html } from '../platform/html/html.ts'
import type { Assets } from '../platform/http/assets.ts'
import { policyText } from '../platform/http/security.ts'

/** What pages share. `city` is the city's name in the page's language and script. */
export type Frame = {
  language: PageLanguage
  t: Translate
  assets: Assets
  city: string
  /** What the city must tell everybody now. */
  notice?: string
}

export type FramedPage = Frame & {
  title: string
  /** Where the page lives, for the links to its other languages. */
  path: string
  body: Html
  /** The page stands inside another site's page: it stays so, and what leads elsewhere opens a tab. */
  embedded?: boolean
  /** The entry script, for pages that have one. */
  script?: string
  /** One sentence for search engines and previews. */
  description?: string
  /** Handed to the script, readable as JSON from the body. */
  data?: object
  className?: string
}

/** A whole page. */
export function framed(page: FramedPage): string {
  const { language, t, assets, city, notice, title, description, body, script, data, className } = page
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f5f1e8" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#101718" media="(prefers-color-scheme: dark)">
<title>${title}</title>
<meta name="description" content="${description ?? t('web.lead')}">
<link rel="icon" href="${assets.url('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.url('page.css')}">
${script && html`<script type="module" src="${assets.url(script)}"></script>`}
</head>
<body class="${className}" ${data && html`data-page="${JSON.stringify(data)}"`}>
<header class="top">
  <div class="top-inner">
    <a class="brand" ${ownLink('/', page)}><img src="${assets.url('icon.svg')}" alt="" width="40" height="40">
      <span><strong>${t('web.bot')}</strong> <span class="tagline"><span class="role">${t('web.tagline')} · </span>${city}</span></span></a>
    ${languageLinks(page)}
  </div>
</header>
${notice && html`<aside class="notice" aria-label="${t('web.notice')}"><p>${notice}</p></aside>`}
${body}
</body>
</html>`.toString()
}

/** A link to a page of ours; out of another site's page it opens a tab, in the same language. */
export function ownLink(
  path: string,
  { embedded, language }: Pick<FramedPage, 'embedded' | 'language'>,
): Html {
  if (!embedded) return html`href="${path}"`
  return html`href="${withQuery(path, { prefer: language })}" target="_blank" rel="noopener"`
}

/** The chat's address with a query; inside another site's page it stays inside. */
export function chatPath(embedded: boolean, query: Record<string, string> = {}): string {
  return withQuery('/', { ...(embedded && { embed: '1' }), ...query })
}

function withQuery(path: string, query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString()
  return text ? `${path}?${text}` : path
}

/** Each language names itself as its readers do. */
const NAMES: Record<PageLanguage, { long: string; short: string; token: string }> = {
  'sr-Latn': { long: 'Srpski', short: 'SR', token: 'lang:sr' },
  'sr-Cyrl': { long: 'Српски', short: 'СР', token: 'lang:sr-Cyrl' },
  bs: { long: 'Bosanski', short: 'BS', token: 'lang:bs' },
  en: { long: 'English', short: 'EN', token: 'lang:en' },
}

/** The token lets a running chat change its language together with the page. */
function languageLinks({ language, t, path, embedded }: FramedPage): Html {
  return html`<nav class="languages" aria-label="${t('web.language')}">${PAGE_LANGUAGES.map(code => {
    const { long, short, token } = NAMES[code]
    const current = code === language && html` aria-current="true"`
    const href = embedded ? chatPath(true, { lang: code }) : withQuery(path, { lang: code })
    return html`<a href="${href}" hreflang="${code}" lang="${code}" data-token="${token}"${current}>
      <span class="long">${long}</span><span class="short" aria-hidden="true">${short}</span></a>`
  })}</nav>`
}

/** What our pages may load: their own files, and files under the public address. */
export function pagePolicy(publicUrl: string, embedders: readonly string[]): string {
  const own = ["'self'", new URL(publicUrl).origin]
  return policyText({
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'connect-src': ["'self'"],
    'img-src': own,
    'media-src': own,
    'form-action': ["'self'"],
    'frame-ancestors': ["'self'", ...embedders],
  })
}
