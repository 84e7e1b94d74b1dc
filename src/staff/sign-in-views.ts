// The pages of signing in.
import type { SentenceKey } from '../core/model/sentence-key.ts'
import type { Translate } from '../core/model/topic.ts'
import { type Html, html } from '../platform/html/html.ts'
import { qrSvg } from '../platform/qr.ts'
import { csrfField } from './frame.ts'
import { PASSWORD_MIN } from './password-rules.ts'
import { problemNote } from './problem-note.ts'
import { totpUri } from './secrets.ts'

export type View =
  | { view: 'password'; email?: string }
  | { view: 'code' }
  | { view: 'enrol'; secret: string; email: string }
  | { view: 'recovery'; codes: string[] }
  | { view: 'setup'; email: string; isNew: boolean }

type Drawing = { t: Translate; csrf: string; to: string; issuer: string; problem?: SentenceKey }

/** Where the page can be opened again, in another language; nowhere if it is shown only once. */
export function placeOf({ view }: View, url: string): string | undefined {
  switch (view) {
    case 'password':
      return '/console/sign-in'
    case 'code':
    case 'enrol':
      return '/console/sign-in/code'
    case 'setup':
      return url.split('?')[0]
    case 'recovery':
      return undefined
  }
}

/** Draws one page: its title and its body. */
export async function draw(
  view: View & { problem?: SentenceKey },
  drawing: Omit<Drawing, 'problem'>,
): Promise<{ title: string; body: Html }> {
  const { t } = drawing
  const problem = problemNote(view.problem && t(view.problem))
  const title = t(`console.signIn.title.${view.view}`)
  switch (view.view) {
    case 'password':
      return { title, body: html`${problem}${passwordForm(drawing, view.email)}` }
    case 'code':
      return { title, body: html`${problem}${codeForm(drawing)}` }
    case 'enrol':
      return { title, body: html`${problem}${await enrolForm(drawing, view)}` }
    case 'recovery':
      return { title, body: recoveryList(drawing.t, view.codes, drawing.to) }
    case 'setup':
      return { title, body: html`${problem}${setupForm(drawing, view)}` }
  }
}

function passwordForm({ t, csrf, to }: Drawing, email = ''): Html {
  return html`<form method="post" action="/console/sign-in" class="stack">${csrfField(csrf)}
  ${placeField(to)}
  <label>${t('console.signIn.email')}<input type="email" name="email" value="${email}" autocomplete="username" required></label>
  <label>${t('console.signIn.password')}<input type="password" name="password" autocomplete="current-password" required></label>
  <button class="primary">${t('console.signIn.go')}</button></form>`
}

function codeForm({ t, csrf, to }: Drawing): Html {
  return html`<form method="post" action="/console/sign-in/code" class="stack">${csrfField(csrf)}
  ${placeField(to)}
  <label>${t('console.signIn.code')}<input name="code" inputmode="numeric" autocomplete="one-time-code" required autofocus></label>
  <p class="hint">${t('console.signIn.recoveryHint')}</p>
  <button class="primary">${t('console.signIn.go')}</button></form>`
}

async function enrolForm(
  { t, csrf, to, issuer }: Drawing,
  { secret, email }: { secret: string; email: string },
): Promise<Html> {
  const picture = await qrSvg(totpUri(issuer, email, secret))
  return html`<p>${t('console.signIn.enrolText')}</p>
  <div class="qr" role="img" aria-label="${t('console.signIn.qr')}">${picture}</div>
  <p>${t('console.signIn.secretText')} <code class="secret">${secret}</code></p>
  <form method="post" action="/console/sign-in/enrol" class="stack">${csrfField(csrf)}
  ${placeField(to)}
  <label>${t('console.signIn.firstCode')}<input name="code" inputmode="numeric" autocomplete="one-time-code" required></label>
  <button class="primary">${t('console.signIn.go')}</button></form>`
}

function placeField(to: string): Html {
  return html`<input type="hidden" name="to" value="${to}">`
}

/** Codes to write down, and where to go on once that is done. */
export function recoveryList(t: Translate, codes: readonly string[], to: string): Html {
  return html`<p>${t('console.signIn.recoveryText')}</p>
  <ul class="codes">${codes.map(code => html`<li><code>${code}</code></li>`)}</ul>
  <p><a class="button primary" href="${to}">${t('console.signIn.recoveryKept')}</a></p>`
}

function setupForm({ t, csrf }: Drawing, { email, isNew }: { email: string; isNew: boolean }): Html {
  return html`<p>${t(isNew ? 'console.setup.firstText' : 'console.setup.text')}</p>
  <form method="post" class="stack">${csrfField(csrf)}
  <label>${t('console.signIn.email')}<input type="email" name="email" value="${email}" autocomplete="username" required ${!isNew && html`readonly`}></label>
  <label>${t('console.setup.password')}<input type="password" name="password" autocomplete="new-password" minlength="${PASSWORD_MIN}" required></label>
  <p class="hint">${t('console.password.length')}</p>
  <button class="primary">${t('console.setup.go')}</button></form>`
}
