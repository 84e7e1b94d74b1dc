// The frame of every console page: navigation by role, languages, who is signed in, what was done.
import type { Translate } from '../core/model/topic.ts'
import { PAGE_LANGUAGES, type PageLanguage } from '../core/text/page-language.ts'
import { type Html, html } from '../platform/html/html.ts'
import type { Assets } from '../platform/http/assets.ts'
import type { Account } from './accounts.ts'
import { SECTIONS, type Section, type Waiting } from './page.ts'
import { STYLES } from './shell.ts'

export type Framed = {
  assets: Assets
  t: Translate
  language: PageLanguage
  city: string
  title: string
  body: Html
  /** What was just done, said once. */
  done?: string
  csrf: string
  wide?: boolean
}

export type FramedForStaff = Framed & {
  account: Account
  /** The sections the account may enter. */
  sections: readonly Section[]
  current?: Section
  waiting: Waiting
}

/** A page for somebody who is signed in. */
export function staffFrame(page: FramedForStaff): string {
  const { t, account, title, body, done, wide } = page
  return documentOf(
    page,
    html`<a class="skip" href="#main">${t('console.skip')}</a>
<header class="bar">
  <a class="brand" href="/console"><img src="${page.assets.url('icon.svg')}" alt="" width="28" height="28">
    <span>${t('web.bot')} <span class="quiet">${page.city}</span></span></a>
  ${navigation(page)}
  <details class="me"><summary>${account.email}</summary>
    <div class="me-menu"><p class="quiet">${t(`console.role.${account.role}`)}</p>
      <a href="/console/account">${t('console.account.title')}</a>
      ${languageForm(page)}
      <form method="post" action="/console/sign-out">${csrfField(page.csrf)}<button class="link">${t('console.signOut')}</button></form>
    </div></details>
</header>
<main id="main" class="${wide ? 'wide' : ''}" tabindex="-1">
  ${done && html`<p class="done" role="status">${done}</p>`}
  <h1>${title}</h1>
  ${body}
</main>`,
  )
}

/** `languages`: the same page in another language, where it can be opened again. */
export type FramedPlainly = Framed & { languages?: ((language: PageLanguage) => string) | undefined }

/** A page without navigation: one thing to do. */
export function plainFrame(page: FramedPlainly): string {
  const { t, title, body, done } = page
  return documentOf(
    page,
    html`<main id="main" class="narrow">
  <p class="brand"><img src="${page.assets.url('icon.svg')}" alt="" width="40" height="40"> <span>${t('web.bot')} <span class="quiet">${page.city}</span></span></p>
  ${done && html`<p class="done" role="status">${done}</p>`}
  <h1>${title}</h1>
  ${body}
  ${languageLinks(page)}
</main>`,
  )
}

function languageLinks({ t, language, languages }: FramedPlainly): Html | undefined {
  if (!languages) return undefined
  return html`<nav class="languages" aria-label="${t('web.language')}">${PAGE_LANGUAGES.map(
    code =>
      html`<a href="${languages(code)}" lang="${code}" hreflang="${code}" ${code === language && html`aria-current="true"`}>${LANGUAGE_NAMES[code]}</a>`,
  )}</nav>`
}

function documentOf({ assets, t, language, title, csrf }: Framed, body: Html): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content="${HTMX_CONFIG}">
<title>${title} · ${t('console.title')}</title>
<link rel="icon" href="${assets.url('icon.svg')}" type="image/svg+xml">
${STYLES.map(style => html`<link rel="stylesheet" href="${assets.url(style)}">`)}
<script src="${assets.url('htmx.min.js')}" defer></script>
<script src="${assets.url('hx-sse.min.js')}" defer></script>
<script type="module" src="${assets.url('console.js')}"></script>
</head>
<body hx-headers:inherited="${JSON.stringify({ 'x-csrf-token': csrf })}" data-failed="${t('console.error.part')}">
${body}
</body>
</html>`.toString()
}

/**
 * No inline styles and no code from attributes: the page's policy forbids both. A part that failed stays as it
 * was; only a form that was filled in wrongly (422) comes back.
 */
const HTMX_CONFIG =
  '{"includeIndicatorCSS":false,"history":false,"extensions":"sse","noSwap":[204,304,400,401,403,404,413,429,"5xx"]}'

/** Each language names itself as its readers do. */
const LANGUAGE_NAMES: Record<PageLanguage, string> = {
  'sr-Latn': 'Srpski',
  'sr-Cyrl': 'Српски',
  bs: 'Bosanski',
  en: 'English',
}

function navigation({ t, sections, current, waiting }: FramedForStaff): Html {
  return html`<nav class="sections" aria-label="${t('console.sections')}"><ul>${SECTIONS.filter(section =>
    sections.includes(section),
  ).map(section => {
    const count = waiting[section]
    return html`<li><a href="/console/${section}" ${section === current && html`aria-current="page"`}>${t(`console.section.${section}`)}${
      count
        ? html` <span class="count">${count}<span class="visually-hidden"> ${t('console.waiting')}</span></span>`
        : ''
    }</a></li>`
  })}</ul></nav>`
}

function languageForm({ t, language, csrf }: FramedForStaff): Html {
  return html`<form method="post" action="/console/account/language" class="language">${csrfField(csrf)}
    <fieldset><legend class="visually-hidden">${t('web.language')}</legend>${PAGE_LANGUAGES.map(
      code =>
        html`<button class="link" name="language" value="${code}" lang="${code}" ${code === language && html`aria-pressed="true"`}>${LANGUAGE_NAMES[code]}</button>`,
    )}</fieldset></form>`
}

/** What every form that changes something carries. */
export function csrfField(csrf: string): Html {
  return html`<input type="hidden" name="_csrf" value="${csrf}">`
}
