// The pages of the team.
import type { SentenceKey } from '../core/model/sentence-key.ts'
import { type Html, html } from '../platform/html/html.ts'
import type { Visit } from './page.ts'
import { asRole, ROLES, type Role } from './roles.ts'
import { moment } from './words.ts'

type Member = {
  id: string
  email: string
  role: string
  disabledAt: Date | null
  totpSince: Date | null
  lockedUntil: Date | null
  sessions: { lastSeenAt: Date }[]
}

export function teamView(visit: Visit, members: readonly Member[], problem?: SentenceKey): Html {
  const { t, csrf } = visit
  return html`${problem && html`<p class="problem" role="alert">${t(problem)}</p>`}
<section class="card"><h2>${t('console.team.invite')}</h2>
<form method="post" action="/console/team" class="row">${csrf}
  <label>${t('console.signIn.email')}<input type="email" name="email" required autocomplete="off"></label>
  <label>${t('console.team.role')}${roleSelect(visit, 'inbox')}</label>
  <button class="primary">${t('console.team.inviteGo')}</button></form>
<dl class="roles">${ROLES.map(role => html`<dt>${t(`console.role.${role}`)}</dt><dd>${t(`console.roleText.${role}`)}</dd>`)}</dl></section>
<div class="table-scroll"><table><thead><tr><th scope="col">${t('console.signIn.email')}</th><th scope="col">${t('console.team.role')}</th>
<th scope="col">${t('console.team.state')}</th><th scope="col">${t('console.team.seen')}</th><th scope="col"><span class="visually-hidden">${t('console.actions')}</span></th></tr></thead>
<tbody>${members.map(member => row(visit, member))}</tbody></table></div>`
}

function row(visit: Visit, member: Member): Html {
  const { t, csrf } = visit
  const { id, email, role, disabledAt, sessions } = member
  const seen = sessions[0]?.lastSeenAt
  const action = (verb: 'link' | 'disable' | 'enable', confirm?: SentenceKey) =>
    html`<form method="post" action="/console/team/${id}/${verb}" ${confirm && html`data-confirm="${t(confirm)}"`}>${csrf}<button>${t(`console.team.${verb}`)}</button></form>`
  return html`<tr class="${disabledAt ? 'off' : ''}"><th scope="row">${email}</th>
<td><form method="post" action="/console/team/${id}/role" class="row tight">${csrf}
  ${roleSelect(visit, asRole(role) ?? 'monitor', t('console.team.roleOf', { email }))}<button>${t('console.save')}</button></form></td>
<td>${t(stateOf(member))}</td><td>${seen ? moment(visit, seen) : '–'}</td>
<td class="actions">${disabledAt ? action('enable') : [action('link'), action('disable', 'console.team.disableConfirm')]}</td></tr>`
}

function stateOf({ disabledAt, totpSince, lockedUntil }: Member): SentenceKey {
  if (disabledAt) return 'console.team.states.disabled'
  if (lockedUntil && lockedUntil > new Date()) return 'console.team.states.locked'
  return totpSince ? 'console.team.states.active' : 'console.team.states.invited'
}

function roleSelect({ t }: Visit, current: Role, label?: string): Html {
  return html`<select name="role" ${label && html`aria-label="${label}"`}>${ROLES.map(
    role =>
      html`<option value="${role}" ${role === current && html`selected`}>${t(`console.role.${role}`)}</option>`,
  )}</select>`
}

/** The link is for one person and shown this once. */
export function linkView({ t }: Visit, email: string, link: string): Html {
  return html`<p>${t('console.team.linkText', { email })}</p><p><code class="secret">${link}</code></p>
<p><a class="button" href="/console/team">${t('console.back')}</a></p>`
}
