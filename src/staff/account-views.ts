// The page of one's own account.
import type { SentenceKey } from '../core/model/sentence-key.ts'
import { channelName } from '../core/text/channel-name.ts'
import { type Html, html } from '../platform/html/html.ts'
import type { ApiToken } from './api-tokens.ts'
import { inputField } from './fields.ts'
import type { Visit } from './page.ts'
import { PASSWORD_MIN } from './password-rules.ts'
import type { SignedIn } from './sessions.ts'
import { moment } from './words.ts'

/** The forms that ask for the password again. */
export type AccountForm = 'password' | 'codes' | 'recovery'

export type AccountState = {
  sessions: SignedIn[]
  tokens: ApiToken[]
  /** The channel of the account's own chat. */
  chat?: string
  recoveryLeft: number
  problem?: { form: AccountForm; key: SentenceKey }
}

/** Fewer recovery codes than this are a reason to make new ones. */
const RECOVERY_FEW = 3

export function accountView(visit: Visit, state: AccountState): Html {
  const { t, account } = visit
  return html`<p class="quiet">${account.email} · ${t(`console.role.${account.role}`)}</p>
<div class="halves"><div>${passwordCard(visit, state)}${codesCard(visit, state)}</div>
<div>${devicesCard(visit, state)}${chatCard(visit, state)}${tokensCard(visit, state)}</div></div>`
}

function passwordCard(visit: Visit, state: AccountState): Html {
  const { t, csrf } = visit
  const { problem } = state
  const wrong = problem?.form === 'password' && problem.key !== 'console.account.wrongPassword'
  return html`<section class="card"><h2>${t('console.account.password')}</h2>
<form method="post" action="/console/account/password" class="stack">${csrf}
  ${oldPassword(visit, state, 'password')}
  ${inputField({
    id: 'new-password',
    name: 'password',
    type: 'password',
    label: t('console.account.newPassword'),
    hint: t('console.password.length'),
    problem: wrong ? t(problem.key) : undefined,
    required: true,
    more: html`autocomplete="new-password" minlength="${PASSWORD_MIN}"`,
  })}
  <button>${t('console.account.changePassword')}</button></form></section>`
}

function oldPassword({ t }: Visit, { problem }: AccountState, form: AccountForm): Html {
  const wrong = problem?.form === form && problem.key === 'console.account.wrongPassword'
  return inputField({
    id: `${form}-old`,
    name: 'old',
    type: 'password',
    label: t('console.account.oldPassword'),
    problem: wrong ? t(problem.key) : undefined,
    required: true,
    more: html`autocomplete="current-password"`,
  })
}

function codesCard(visit: Visit, state: AccountState): Html {
  const { t, csrf } = visit
  const left = t('console.account.recoveryLeft', { count: state.recoveryLeft })
  const few = state.recoveryLeft < RECOVERY_FEW
  const open = (form: AccountForm) => state.problem?.form === form && html`open`
  return html`<section class="card"><h2>${t('console.account.codes')}</h2>
<p ${few && html`class="warning"`}>${left}</p>
<details ${open('recovery')}><summary>${t('console.account.recoveryAgain')}</summary>
<form method="post" action="/console/account/recovery" class="stack">${csrf}<p class="hint">${t('console.account.recoveryAgainText')}</p>
  ${oldPassword(visit, state, 'recovery')}<button>${t('console.account.recoveryMake')}</button></form></details>
<details ${open('codes')}><summary>${t('console.account.codesAgain')}</summary>
<form method="post" action="/console/account/codes" class="stack">${csrf}<p class="hint">${t('console.account.codesText')}</p>
  ${oldPassword(visit, state, 'codes')}<button class="danger">${t('console.account.codesGo')}</button></form></details></section>`
}

function devicesCard(visit: Visit, { sessions }: AccountState): Html {
  const { t, csrf } = visit
  return html`<section class="card"><h2>${t('console.account.devices')}</h2>
<ul class="rows">${sessions.map(session => device(visit, session))}</ul>
${sessions.length > 1 && html`<form method="post" action="/console/account/devices">${csrf}<button>${t('console.account.signOutOthers')}</button></form>`}</section>`
}

function device(visit: Visit, { hash, device, lastSeenAt }: SignedIn): Html {
  const { t, csrf, sessionHash } = visit
  const own = hash === sessionHash
  return html`<li><span>${device || t('console.account.unknownDevice')}<br><span class="quiet">${moment(visit, lastSeenAt)}</span></span>
  ${
    own
      ? html`<span class="badge good">${t('console.account.thisDevice')}</span>`
      : html`<form method="post" action="/console/account/devices">${csrf}<button class="small" name="hash" value="${hash}">${t('console.account.signOutDevice')}</button></form>`
  }</li>`
}

function chatCard({ t, csrf }: Visit, { chat }: AccountState): Html {
  const tied = chat && html`<p>${t('console.account.chatTied', { channel: channelName(chat, t) })}</p>`
  return html`<section class="card"><h2>${t('console.account.chat')}</h2>
<p class="hint">${t('console.account.chatText')}</p>${tied}
<div class="row"><form method="post" action="/console/account/chat">${csrf}<button>${t(chat ? 'console.account.chatOther' : 'console.account.chatCode')}</button></form>
${chat && html`<form method="post" action="/console/account/chat/end">${csrf}<button class="danger">${t('console.account.chatEnd')}</button></form>`}</div></section>`
}

/** The code to type in the chat, this once. */
export function chatCodeView({ t }: Visit, code: string): Html {
  return html`<p>${t('console.account.chatCodeText')}</p><p><code class="secret">/osoblje ${code}</code></p>
<p><a class="button" href="/console/account">${t('console.back')}</a></p>`
}

function tokensCard(visit: Visit, { tokens }: AccountState): Html {
  const { t, csrf } = visit
  return html`<section class="card"><h2>${t('console.account.tokens')}</h2>
<p class="hint">${t('console.account.tokensText')} <a href="/api/v1/openapi.json">OpenAPI</a></p>
${tokens.length > 0 && html`<ul class="rows">${tokens.map(token => key(visit, token))}</ul>`}
<form method="post" action="/console/account/tokens" class="row">${csrf}
  ${inputField({ id: 'token-name', name: 'name', label: t('console.account.tokenName'), required: true, more: html`maxlength="80"` })}
  <button>${t('console.account.makeToken')}</button></form></section>`
}

function key(visit: Visit, { id, name, createdAt, lastUsedAt }: ApiToken): Html {
  const { t, csrf } = visit
  const used = lastUsedAt
    ? t('console.account.tokenUsed', { at: moment(visit, lastUsedAt) })
    : t('console.account.tokenUnused')
  return html`<li><span>${name}<br><span class="quiet">${moment(visit, createdAt)} · ${used}</span></span>
  <form method="post" action="/console/account/tokens/${id}/revoke" data-confirm="${t('console.account.revokeConfirm')}">${csrf}<button class="small danger">${t('console.account.revoke')}</button></form></li>`
}

/** The key itself, this once. */
export function newTokenView({ t }: Visit, token: string): Html {
  return html`<p>${t('console.account.tokenOnce')}</p><p><code class="secret">${token}</code></p>
<p><a class="button" href="/console/account">${t('console.account.tokenKept')}</a></p>`
}
