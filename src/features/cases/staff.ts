// The inbox of the console: what people asked the city, and everything staff do about it.
import { randomUUID } from 'node:crypto'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import {
  type Answer,
  mayEnter,
  type Refused,
  type Role,
  type Session,
  type StaffPage,
  type Visit,
} from '../../staff/index.ts'
import {
  type Act,
  AFTER,
  assign,
  claim,
  close,
  type Desk,
  noteOn,
  passOn,
  type Refusal,
  reopen,
  replyTo,
  setWaiting,
} from './changes.ts'
import { CLOSE_REASONS } from './messages.ts'
import { readReference } from './reference.ts'
import { newDraft, pageOf, previewOf, replyFormOf, threadOf } from './staff-case.ts'
import { listPart, listView } from './staff-list-view.ts'
import type { Draft } from './staff-reply-view.ts'
import { colleagues, countCases, countOpen, findCase, listCases, SHOWS } from './store.ts'
import { plainText } from './text.ts'

const ROLES: readonly Role[] = ['inbox']
const PAGE_SIZE = 50
const ONE = '/console/inbox/:reference'

/** The pages of the inbox. */
export function casePages(desk: Desk): StaffPage[] {
  const page = (method: StaffPage['method'], path: string, handle: StaffPage['handle']): StaffPage => ({
    method,
    path,
    section: 'inbox',
    roles: ROLES,
    handle,
  })
  return [
    page('GET', '/console/inbox', visit => list(desk, visit)),
    page('GET', ONE, visit => show(desk, visit)),
    page('POST', `${ONE}/preview`, visit => preview(desk, visit)),
    page('POST', `${ONE}/canned`, visit => canned(desk, visit)),
    page('POST', `${ONE}/reply`, visit => reply(desk, visit)),
    page('POST', `${ONE}/note`, visit => note(desk, visit)),
    page('POST', `${ONE}/claim`, visit => act(desk, visit, 'console.inbox.done.claim', claim)),
    page('POST', `${ONE}/assign`, visit => give(desk, visit)),
    page('POST', `${ONE}/pass`, visit => pass(desk, visit)),
    page('POST', `${ONE}/wait`, visit => act(desk, visit, 'console.inbox.done.wait', setWaiting)),
    page('POST', `${ONE}/close`, visit => end(desk, visit)),
    page('POST', `${ONE}/reopen`, visit => act(desk, visit, 'console.inbox.done.reopen', reopen)),
  ]
}

/** How many cases wait for the city, for whoever may see them. */
export async function casesWaiting({ database }: Desk, { account }: Session): Promise<number> {
  return mayEnter(account.role, ROLES) ? countOpen(database.sql) : 0
}

/** A whole number that is looked for leads to its case. */
async function list({ database: { sql }, knowledge }: Desk, visit: Visit): Promise<Answer> {
  const { account, query } = visit
  const wanted = readReference(query.q ?? '')
  if (wanted && (await findCase(sql, wanted))) return { kind: 'redirect', to: `/console/inbox/${wanted}` }
  const digits = (query.q ?? '').replace(/\D/g, '') || undefined
  const show = digits ? undefined : (SHOWS.find(known => known === query.show) ?? 'open')
  const page = /^\d{1,4}$/.test(query.page ?? '') ? Number(query.page) : 0
  const department = query.department || undefined
  const filter = { show, accountId: account.id, department, digits }
  const cases = await listCases(sql, filter, { limit: PAGE_SIZE, offset: page * PAGE_SIZE })
  const counts = await countCases(sql, account.id)
  const { settings } = knowledge()
  const view = {
    cases,
    counts,
    show,
    department,
    digits,
    page,
    hasMore: cases.length === PAGE_SIZE,
    settings,
  }
  if (visit.isPart) return { kind: 'part', body: listPart(visit, view) }
  return { kind: 'page', title: visit.t('console.section.inbox'), body: listView(visit, view) }
}

async function show(desk: Desk, visit: Visit): Promise<Answer> {
  const found = await caseOf(desk, visit)
  if (!found) return { kind: 'missing' }
  if (!visit.isPart) return pageOf(desk, visit, found, newDraft(found, visit))
  return { kind: 'part', body: await threadOf(desk, visit, found) }
}

async function caseOf({ database }: Desk, { params }: Visit) {
  const reference = readReference(params.reference ?? '')
  return reference ? findCase(database.sql, reference) : undefined
}

function draftFrom({ form }: Visit): Draft {
  const after = AFTER.find(known => known === form.after) ?? 'waiting'
  return {
    text: plainText(form.text ?? ''),
    after,
    key: form.key || randomUUID(),
    version: Number(form.version),
    seen: Number(form.seen) || 0,
  }
}

/** The text as it will arrive; without a script, with the whole page around it. */
async function preview(desk: Desk, visit: Visit): Promise<Answer> {
  const found = await caseOf(desk, visit)
  if (!found) return { kind: 'missing' }
  const draft = draftFrom(visit)
  if (visit.isPart) return { kind: 'part', body: await previewOf(desk, visit, found, draft) }
  return pageOf(desk, visit, found, draft)
}

/** Adds a text that is used again and again, in the asker's language, to what is typed. */
async function canned(desk: Desk, visit: Visit): Promise<Answer> {
  const found = await caseOf(desk, visit)
  if (!found) return { kind: 'missing' }
  const draft = draftFrom(visit)
  const chosen = desk.knowledge().settings.cannedReplies.find(({ id }) => id === visit.form.canned)
  const text = [draft.text, chosen?.texts[found.language]].filter(Boolean).join('\n\n')
  if (visit.isPart) return { kind: 'part', body: await replyFormOf(desk, visit, found, { ...draft, text }) }
  return pageOf(desk, visit, found, { ...draft, text })
}

async function reply(desk: Desk, visit: Visit): Promise<Answer> {
  const draft = draftFrom(visit)
  const { text, key, after, version } = draft
  if (!text) return again(desk, visit, draft, 'console.inbox.problem.empty')
  const refused = await replyTo(actOf(desk, visit, version), { text, key, after })
  if (!refused || refused.reason === 'repeated') return done(visit, 'console.inbox.done.reply')
  return again(desk, visit, draft, problemOf(refused))
}

async function note(desk: Desk, visit: Visit): Promise<Answer> {
  const text = plainText(visit.form.text ?? '')
  if (!text) return again(desk, visit, undefined, 'console.inbox.problem.empty')
  const refused = await noteOn(actOf(desk, visit), { text, key: visit.form.key })
  return refused && refused.reason !== 'repeated'
    ? again(desk, visit, undefined, problemOf(refused))
    : done(visit, 'console.inbox.done.note')
}

async function give(desk: Desk, visit: Visit): Promise<Answer> {
  const people = await colleagues(desk.database.sql)
  const to = people.find(({ id }) => id === visit.form.to)
  if (visit.form.to && !to) return again(desk, visit, undefined, 'console.inbox.problem.unknown')
  return act(desk, visit, 'console.inbox.done.assign', it => assign(it, to))
}

async function pass(desk: Desk, visit: Visit): Promise<Answer> {
  const department = desk.knowledge().settings.departments.find(({ id }) => id === visit.form.department)
  if (!department) return again(desk, visit, undefined, 'console.inbox.problem.unknown')
  return act(desk, visit, 'console.inbox.done.pass', it => passOn(it, department.id))
}

async function end(desk: Desk, visit: Visit): Promise<Answer> {
  const reason = CLOSE_REASONS.find(known => known === visit.form.reason)
  if (!reason) return again(desk, visit, undefined, 'console.inbox.problem.unknown')
  return act(desk, visit, 'console.inbox.done.close', it => close(it, reason))
}

async function act(
  desk: Desk,
  visit: Visit,
  said: SentenceKey,
  deed: (act: Act) => Promise<Refused<Refusal> | undefined>,
): Promise<Answer> {
  const refused = await deed(actOf(desk, visit, Number(visit.form.version)))
  return refused ? again(desk, visit, undefined, problemOf(refused)) : done(visit, said)
}

function actOf({ database, knowledge }: Desk, { account, params }: Visit, version?: number): Act {
  return {
    database,
    words: knowledge(),
    account,
    reference: readReference(params.reference ?? '') ?? '',
    version,
  }
}

function done({ params }: Visit, said: SentenceKey): Answer {
  return { kind: 'redirect', to: `/console/inbox/${readReference(params.reference ?? '')}`, done: said }
}

function problemOf({ reason }: Refused<Refusal>): SentenceKey {
  switch (reason) {
    case 'closed':
      return 'console.inbox.problem.closed'
    case 'taken':
      return 'console.inbox.problem.taken'
    default:
      return 'console.inbox.problem.stale'
  }
}

/** The page as it is now, with what was typed and why nothing was done. */
async function again(
  desk: Desk,
  visit: Visit,
  written: Draft | undefined,
  problem: SentenceKey,
): Promise<Answer> {
  const found = await caseOf(desk, visit)
  if (!found) return { kind: 'missing' }
  const isStale = problem === 'console.inbox.problem.stale'
  const fresh = newDraft(found, visit)
  const { version, seen } = fresh
  const draft = written ? { ...written, version, seen } : fresh
  const freshSince = isStale ? written?.seen : undefined
  return pageOf(desk, visit, found, draft, { problem, status: isStale ? 409 : 422, freshSince })
}
