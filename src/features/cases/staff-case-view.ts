// The page of one case: what was written, the reply, what else can be done, who did what.
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import type { Settings } from '../../core/model/settings.ts'
import { channelName } from '../../core/text/channel-name.ts'
import { redact } from '../../core/text/redact.ts'
import { type Html, html } from '../../platform/html/html.ts'
import {
  type AuditRow,
  bubble,
  drawnText,
  isoDayWords,
  problemNote,
  time,
  type Visit,
} from '../../staff/index.ts'
import { CLOSE_REASONS } from './messages.ts'
import { TEXT_MAX } from './rules.ts'
import { type ReplyPart, replyForm } from './staff-reply-view.ts'
import { isAfter, threadView } from './staff-thread-view.ts'
import type { Case, CaseText, Said } from './store.ts'

export type CasePage = ReplyPart & {
  texts: readonly CaseText[]
  noteKey: string
  problem?: SentenceKey
  /** What came after this moment (ms) came while somebody was writing. */
  freshSince?: number
  said: readonly Said[]
  people: readonly { id: string; email: string }[]
  history: readonly AuditRow[]
}

export function caseView(visit: Visit, page: CasePage): Html {
  const { t } = visit
  const { found, problem } = page
  return html`<p><a href="/console/inbox">${t('console.inbox.back')}</a></p>
${problemNote(problem && t(problem))}
<div class="columns"><div>
${saidView(visit, page, true)}${threadView(visit, page)}${saidView(visit, page, false)}
${found.state === 'closed' ? html`<p class="hint">${t('console.inbox.closedHint')}</p>` : replyForm(visit, page)}
${noteForm(visit, page)}</div>
<div>${facts(visit, page)}${deeds(visit, page)}${history(visit, page)}</div></div>`
}

/** What the bot said before or after the question; folded, because the question comes first. */
function saidView({ t }: Visit, { said }: CasePage, before: boolean): Html | false {
  const part = said.filter(words => words.before === before)
  if (part.length === 0) return false
  return html`<details class="card"><summary>${t(before ? 'console.inbox.saidBefore' : 'console.inbox.saidAfter')}</summary>${part.map(
    ({ message }) =>
      bubble(message.blocks.map(block => drawnText(block.text, block.kind === 'text' ? block.spans : []))),
  )}</details>`
}

function noteForm({ t, csrf }: Visit, { found, noteKey }: CasePage): Html {
  return html`<form method="post" action="/console/inbox/${found.reference}/note" class="card" data-keep>${csrf}
<input type="hidden" name="key" value="${noteKey}"><h2>${t('console.inbox.note')}</h2>
<label>${t('console.inbox.noteText')}<textarea name="text" rows="3" maxlength="${TEXT_MAX}" required dir="auto" aria-describedby="note-hint"></textarea></label>
<p class="hint" id="note-hint">${t('console.inbox.noteHint')}</p><p><button>${t('console.inbox.noteGo')}</button></p></form>`
}

function facts(visit: Visit, { found }: CasePage): Html {
  const { t } = visit
  const { openedAt, expectedOn, channel, language, script, closedAt, closedBy, closeReason } = found
  const reason = CLOSE_REASONS.find(known => known === closeReason)
  const rows: [SentenceKey, Html | string][] = [
    ['console.inbox.asked', time(visit, openedAt)],
    ['console.inbox.expected', isoDayWords(visit, expectedOn)],
    ['console.inbox.channel', channelName(channel, t)],
    [
      'console.inbox.language',
      `${language}${language === 'sr' ? `, ${t(`console.inbox.script.${script}`)}` : ''}`,
    ],
  ]
  if (closedAt) {
    const by = t(closedBy === 'asker' ? 'console.inbox.byAsker' : 'console.inbox.byStaff')
    rows.push([
      'console.inbox.closedAt',
      html`${time(visit, closedAt)} · ${by}${reason && html` · ${t(`case.reasons.${reason}`)}`}`,
    ])
  }
  return html`<section class="card"><dl class="facts">${rows.map(([label, value]) => html`<div><dt>${t(label)}</dt><dd>${value}</dd></div>`)}</dl>
<p><a href="/console/answers/new?question=${encodeURIComponent(redact(found.question).slice(0, 300))}">${t('console.inbox.makeAnswer')}</a></p></section>`
}

function deeds(visit: Visit, page: CasePage): Html {
  const { t, account } = visit
  const { found } = page
  const isMine = found.assigneeId === account.id
  return html`<section class="card"><h2>${t('console.actions')}</h2>
${!found.assigneeId && deed(visit, found, 'claim')}${assignForm(visit, page, isMine)}
${found.state === 'closed' ? deed(visit, found, 'reopen') : [passForm(visit, page), turnForms(visit, found), closeForm(visit, found)]}</section>`
}

/** Whose turn it is can be set by hand. */
function turnForms(visit: Visit, found: Case): Html[] {
  return [
    ...(found.state !== 'waiting' ? [deed(visit, found, 'wait')] : []),
    ...(found.state !== 'open' ? [deed(visit, found, 'reopen')] : []),
  ]
}

function deed({ t, csrf }: Visit, { reference, version }: Case, verb: 'claim' | 'wait' | 'reopen'): Html {
  return html`<form method="post" action="/console/inbox/${reference}/${verb}" class="deed">${csrf}
<input type="hidden" name="version" value="${version}"><button>${t(`console.inbox.do.${verb}`)}</button></form>`
}

function assignForm({ t, csrf }: Visit, { found, people }: CasePage, isMine: boolean): Html {
  return html`<form method="post" action="/console/inbox/${found.reference}/assign" class="deed row">${csrf}
<label>${t('console.inbox.assignee')}<select name="to"><option value="">${t('console.inbox.nobody')}</option>${people.map(
    ({ id, email }) =>
      html`<option value="${id}" ${id === found.assigneeId && html`selected`}>${email}</option>`,
  )}</select></label><button>${t(isMine ? 'console.inbox.do.handOver' : 'console.inbox.do.assign')}</button></form>`
}

function passForm({ t, csrf, inScript, contentLanguage }: Visit, { found, settings }: CasePage): Html {
  if (settings.departments.length === 0) return html`<p class="hint">${t('console.inbox.noDepartments')}</p>`
  return html`<form method="post" action="/console/inbox/${found.reference}/pass" class="deed row">${csrf}
<input type="hidden" name="version" value="${found.version}">
<label>${t('console.inbox.passTo')}<select name="department">${settings.departments.map(
    ({ id, name }) =>
      html`<option value="${id}" ${id === found.department && html`selected`}>${inScript(name[contentLanguage])}</option>`,
  )}</select></label><button>${t('console.inbox.do.pass')}</button></form>`
}

function closeForm({ t, csrf }: Visit, { reference, version }: Case): Html {
  return html`<form method="post" action="/console/inbox/${reference}/close" class="deed row" data-confirm="${t('console.inbox.closeConfirm')}">${csrf}
<input type="hidden" name="version" value="${version}">
<label>${t('console.inbox.reason')}<select name="reason">${CLOSE_REASONS.map(
    reason => html`<option value="${reason}">${t(`case.reasons.${reason}`)}</option>`,
  )}</select></label><button class="danger">${t('console.inbox.do.close')}</button></form>`
}

function history(visit: Visit, { history, settings, freshSince }: CasePage): Html | false {
  const { t } = visit
  if (history.length === 0) return false
  return html`<section class="card"><h2>${t('console.inbox.history')}</h2><ul class="rows history">${history.map(
    row =>
      html`<li><span>${words(visit, row, settings)}</span> <span class="detail">${row.actor} · ${time(visit, row.at)}
${isAfter(row.at, freshSince) && html`<span class="badge warn">${t('console.inbox.fresh')}</span>`}</span></li>`,
  )}</ul></section>`
}

const DID: Record<string, SentenceKey> = {
  'case.claim': 'console.inbox.did.claim',
  'case.assign': 'console.inbox.did.assign',
  'case.reply': 'console.inbox.did.reply',
  'case.note': 'console.inbox.did.note',
  'case.pass': 'console.inbox.did.pass',
  'case.wait': 'console.inbox.did.wait',
  'case.close': 'console.inbox.did.close',
  'case.reopen': 'console.inbox.did.reopen',
}

function words(
  { t, inScript, contentLanguage }: Visit,
  { action, details }: AuditRow,
  settings: Settings,
): string {
  const { to, department, reason } = details as Record<string, unknown>
  const known = settings.departments.find(({ id }) => id === department)
  const why = CLOSE_REASONS.find(it => it === reason)
  const key = DID[action]
  const more = [
    to,
    known ? inScript(known.name[contentLanguage]) : department,
    why && t(`case.reasons.${why}`),
  ].filter(it => typeof it === 'string')
  return [key ? t(key) : action, ...more].join(': ')
}
