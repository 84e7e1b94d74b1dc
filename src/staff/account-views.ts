// The page of one's own account.
import { type Html, html } from '../platform/html/html.ts'
import type { Visit } from './page.ts'
import { moment } from './words.ts'

type Session = { hash: string; device: string; lastSeenAt: Date }
type Token = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }

export function accountView(visit: Visit, rows: { sessions: Session[]; tokens: Token[] }): Html {
  const { t, csrf, account } = visit
  return html`<p class="quiet">${account.email} · ${t(`console.role.${account.role}`)}</p>
<section class="card"><h2>${t('console.account.password')}</h2>
<form method="post" action="/console/account/password" class="stack">${csrf}
  <label>${t('console.account.oldPassword')}<input type="password" name="old" autocomplete="current-password" required></label>
  <label>${t('console.account.newPassword')}<input type="password" name="password" autocomplete="new-password" required></label>
  <p class="hint">${t('console.password.length')}</p>
  <button>${t('console.account.changePassword')}</button></form></section>
<section class="card"><h2>${t('console.account.codes')}</h2><p>${t('console.account.codesText')}</p>
<form method="post" action="/console/account/codes" data-confirm="${t('console.account.codesConfirm')}">${csrf}
  <button>${t('console.account.codesAgain')}</button></form></section>
<section class="card"><h2>${t('console.account.devices')}</h2>
<ul class="rows">${rows.sessions.map(session => device(visit, session))}</ul>
<form method="post" action="/console/account/devices">${csrf}<button>${t('console.account.signOutOthers')}</button></form></section>
<section class="card"><h2>${t('console.account.tokens')}</h2><p>${t('console.account.tokensText')} <a href="/api/v1/openapi.json">OpenAPI</a></p>
<ul class="rows">${rows.tokens.map(token => key(visit, token))}</ul>
<form method="post" action="/console/account/tokens" class="row">${csrf}
  <label>${t('console.account.tokenName')}<input name="name" maxlength="80" required></label>
  <button>${t('console.account.makeToken')}</button></form></section>`
}

function device(visit: Visit, { hash, device, lastSeenAt }: Session): Html {
  const { t, csrf, sessionHash } = visit
  const own = hash === sessionHash
  return html`<li><span>${device || t('console.account.unknownDevice')} <span class="quiet">${moment(visit, lastSeenAt)}${own && html` · ${t('console.account.thisDevice')}`}</span></span>
  ${!own && html`<form method="post" action="/console/account/devices">${csrf}<button name="hash" value="${hash}">${t('console.account.signOutDevice')}</button></form>`}</li>`
}

function key(visit: Visit, { id, name, createdAt, lastUsedAt }: Token): Html {
  const { t, csrf } = visit
  const used = lastUsedAt
    ? t('console.account.tokenUsed', { at: moment(visit, lastUsedAt) })
    : t('console.account.tokenUnused')
  return html`<li><span>${name} <span class="quiet">${moment(visit, createdAt)} · ${used}</span></span>
  <form method="post" action="/console/account/tokens/${id}/revoke" data-confirm="${t('console.account.revokeConfirm')}">${csrf}<button>${t('console.account.revoke')}</button></form></li>`
}

/** The key itself, this once. */
export function newTokenView({ t }: Visit, token: string): Html {
  return html`<p>${t('console.account.tokenOnce')}</p><p><code class="secret">${token}</code></p>
<p><a class="button" href="/console/account">${t('console.account.tokenKept')}</a></p>`
}
