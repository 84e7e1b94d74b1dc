// The pages of the team.
import type { SentenceKey } from '../core/model/sentence-key.ts'
import { type Html, html } from '../platform/html/html.ts'
import { inputField, selectField } from './fields.ts'
import type { Visit } from './page.ts'
import { problemNote } from './problem-note.ts'
import { asRole, ROLES, type Role } from './roles.ts'
import { type Row, table } from './table.ts'
import { moment } from './words.ts'

type Member = {
  id: string
  email: string
  role: string
  disabledAt: Date | null
  totpSince: Date | null
  lockedUntil: Date | null
  signedInAt: Date | null
}

/** What was wrong with the invitation, with what was typed. */
export type WrongInvitation = { problem: SentenceKey; email: string; role?: Role }

export function teamView(
  visit: Visit,
  members: readonly Member[],
  { wrong, problem }: { wrong?: WrongInvitation; problem?: SentenceKey } = {},
): Html {
  const { t } = visit
  const columns = [
    { title: t('console.signIn.email') },
    { title: t('console.team.role') },
    { title: t('console.team.state') },
    { title: t('console.team.seen') },
    { title: t('console.actions'), kind: 'actions' as const },
  ]
  return html`${problemNote(problem && t(problem))}
${table(
  columns,
  members.map(member => row(visit, member)),
)}
${invitation(visit, wrong)}`
}

function invitation(visit: Visit, wrong?: WrongInvitation): Html {
  const { t, csrf } = visit
  return html`<section class="card"><h2>${t('console.team.invite')}</h2>
<form method="post" action="/console/team" class="row">${csrf}
  ${inputField({
    id: 'invite-email',
    name: 'email',
    type: 'email',
    label: t('console.signIn.email'),
    value: wrong?.email,
    problem: wrong && t(wrong.problem),
    required: true,
    more: html`autocomplete="off"`,
  })}
  ${selectField({ id: 'invite-role', name: 'role', label: t('console.team.role'), value: wrong?.role ?? 'inbox', options: roleNames(visit) })}
  <button class="primary">${t('console.team.inviteGo')}</button></form>
<dl class="facts">${ROLES.map(role => html`<dt>${t(`console.role.${role}`)}</dt><dd>${t(`console.roleText.${role}`)}</dd>`)}</dl></section>`
}

function roleNames({ t }: Visit): [string, string][] {
  return ROLES.map(role => [role, t(`console.role.${role}`)])
}

function row(visit: Visit, member: Member): Row {
  const { t } = visit
  const { email, disabledAt, signedInAt } = member
  const { key, tone } = stateOf(member)
  return {
    className: disabledAt ? 'off' : '',
    cells: [
      email,
      roleForm(visit, member),
      html`<span class="badge ${tone}">${t(key)}</span>`,
      signedInAt ? moment(visit, signedInAt) : '–',
      actions(visit, member),
    ],
  }
}

function roleForm(visit: Visit, { id, email, role }: Member): Html {
  const { t, csrf } = visit
  const current = asRole(role) ?? 'monitor'
  return html`<form method="post" action="/console/team/${id}/role" class="row tight">${csrf}
<select name="role" aria-label="${t('console.team.roleOf', { email })}">${roleNames(visit).map(
    ([value, name]) => html`<option value="${value}" ${value === current && html`selected`}>${name}</option>`,
  )}</select><button class="small">${t('console.save')}</button></form>`
}

type Action = { verb: 'link' | 'codes' | 'disable' | 'enable'; label: SentenceKey; confirm?: SentenceKey }

function actions({ t, csrf }: Visit, member: Member): Html[] {
  return actionsFor(member).map(({ verb, label, confirm }) => {
    const asks = confirm && html`data-confirm="${t(confirm)}"`
    const danger = confirm ? 'danger' : ''
    return html`<form method="post" action="/console/team/${member.id}/${verb}" ${asks}>${csrf}<button class="small ${danger}">${t(label)}</button></form>`
  })
}

function actionsFor(member: Member): Action[] {
  if (member.disabledAt) return [{ verb: 'enable', label: 'console.team.enable' }]
  const unlock: Action[] = isLocked(member) ? [{ verb: 'enable', label: 'console.team.unlock' }] : []
  const codes: Action[] = member.totpSince
    ? [{ verb: 'codes', label: 'console.team.codes', confirm: 'console.team.codesConfirm' }]
    : []
  return [
    ...unlock,
    { verb: 'link', label: 'console.team.link' },
    ...codes,
    { verb: 'disable', label: 'console.team.disable', confirm: 'console.team.disableConfirm' },
  ]
}

function isLocked({ lockedUntil }: Member): boolean {
  return lockedUntil !== null && lockedUntil > new Date()
}

function stateOf(member: Member): { key: SentenceKey; tone: '' | 'good' | 'warn' | 'bad' } {
  if (member.disabledAt) return { key: 'console.team.states.disabled', tone: '' }
  if (isLocked(member)) return { key: 'console.team.states.locked', tone: 'bad' }
  return member.totpSince
    ? { key: 'console.team.states.active', tone: 'good' }
    : { key: 'console.team.states.invited', tone: 'warn' }
}

/** The link is for one person and shown this once. */
export function linkView({ t }: Visit, email: string, link: string): Html {
  return html`<p>${t('console.team.linkText', { email })}</p><p><code class="secret">${link}</code></p>
<p><a class="button" href="/console/team">${t('console.back')}</a></p>`
}
