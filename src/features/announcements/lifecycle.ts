// What staff do with an announcement as a whole. Everything is decided while the announcement is held, and
// noted in the same transaction.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from '../../platform/db/database.ts'
import type { Note } from '../../staff/index.ts'
import { type Account, Refused, type Role, withAudit } from '../../staff/index.ts'
import { findAudience } from './audience.ts'
import { type AnnouncementDeps, openChannels, restOf } from './deps.ts'
import type { Announcement, AnnouncementStatus, Wish } from './model.ts'
import { planAnnouncement, renderedFor } from './plan.ts'
import { needsApproval } from './rules.ts'
import {
  changeDraft,
  countApprovers,
  holdAnnouncement,
  insertAnnouncement,
  setStatus,
  skipCancelled,
} from './store.ts'

/** Who may write, approve and send announcements, beside admins. */
export const AUTHORS: readonly Role[] = ['editor', 'events']
/** Who may see everything but who got what. */
export const READERS: readonly Role[] = [...AUTHORS, 'monitor']
const APPROVERS: readonly Role[] = ['admin', ...AUTHORS]

/** Planning goes on by itself; who starts waits so long for it, so that small ones are planned at once. */
const PLAN_PATIENCE_MS = 10_000

export type Refusal =
  | { kind: 'missing' }
  /** It is too late or too early for that. */
  | { kind: 'state'; status: AnnouncementStatus }
  | { kind: 'approval-required'; recipients: number }
  | { kind: 'own-announcement' }
  | { kind: 'quiet-hours' | 'silence'; allowedFrom: Date }
  /** Something that is attached or filtered by does not exist any more. */
  | { kind: 'gone' }
export type Outcome = { kind: 'done'; status: AnnouncementStatus } | Refusal

/** Writes a draft; resolves to its id. */
export function createDraft(
  { database }: Pick<AnnouncementDeps, 'database'>,
  account: Account,
  wish: Wish,
): Promise<string> {
  return withAudit(database, account.email, async (sql, note) => {
    const id = await insertAnnouncement(sql, wish, account.id)
    await note({ action: 'announcement.create', target: targetOf(id) })
    return id
  })
}

/** A draft for everybody that another feature begins, such as "announce this workshop". */
export type Begun = Pick<Wish, 'message' | 'attached'> & Partial<Pick<Wish, 'audience' | 'sendAt'>>

/** Writes a draft for an author to finish; resolves to its address in the console. */
export async function draftAnnouncement(
  deps: Pick<AnnouncementDeps, 'database'>,
  account: Account,
  begun: Begun,
): Promise<string> {
  return addressOf(await createDraft(deps, account, { audience: {}, ...begun }))
}

/** An announcement in the console. */
export function addressOf(id: string): string {
  return `/console/announcements/${id}`
}

/** Writes a draft anew. */
export function editDraft(
  deps: AnnouncementDeps,
  account: Account,
  id: string,
  wish: Wish,
): Promise<Outcome> {
  return decide(deps, account, id, async (sql, announcement, note) => {
    if (announcement.status !== 'draft') return state(announcement)
    await changeDraft(sql, id, wish, account.id)
    await note({ action: 'announcement.change', target: targetOf(id) })
    return done('draft')
  })
}

export type StartOptions = { override: boolean; now: Date }

/** Sends a draft or schedules it. Asked again, it tells how it stands. */
export async function startAnnouncement(
  deps: AnnouncementDeps,
  account: Account,
  id: string,
  options: StartOptions,
): Promise<Outcome> {
  const outcome = await decide(deps, account, id, (sql, announcement, note) =>
    start(deps, account, options, { sql, announcement, note }),
  )
  // Not approved: that it was asked for is kept.
  if (outcome.kind === 'approval-required') await askFor(deps, account, id, options)
  if (outcome.kind === 'done' && outcome.status === 'sending') await planSoon(deps, id)
  return outcome
}

/** A second person's consent. What its author has asked for starts with it. */
export async function approveAnnouncement(
  deps: AnnouncementDeps,
  account: Account,
  id: string,
  now: Date,
): Promise<Outcome> {
  const outcome = await decide(deps, account, id, async (sql, announcement, note) => {
    if (announcement.status !== 'draft') return state(announcement)
    if (announcement.writtenBy === account.id) return { kind: 'own-announcement' }
    await sql`UPDATE announcement SET approved_at = now(), approved_by = ${account.id} WHERE id = ${id}`
    await note({ action: 'announcement.approve', target: targetOf(id) })
    return done('draft')
  })
  if (outcome.kind !== 'done') return outcome
  const wanted = await wantedOverride(deps, id)
  if (wanted === undefined) return outcome
  const started = await startAnnouncement(deps, account, id, { override: wanted, now })
  return started.kind === 'done' ? started : outcome
}

export function pauseAnnouncement(deps: AnnouncementDeps, account: Account, id: string): Promise<Outcome> {
  return switchTo(deps, account, id, {
    from: ['sending', 'scheduled'],
    to: 'paused',
    action: 'announcement.pause',
  })
}

export function resumeAnnouncement(deps: AnnouncementDeps, account: Account, id: string): Promise<Outcome> {
  return decide(deps, account, id, async (sql, announcement, note) => {
    const { status, plannedAt, sendAt } = announcement
    if (status === 'sending' || status === 'scheduled') return done(status)
    if (status !== 'paused') return state(announcement)
    const to = !plannedAt && sendAt && sendAt > new Date() ? 'scheduled' : 'sending'
    await setStatus(sql, id, { from: ['paused'], to })
    await note({ action: 'announcement.resume', target: targetOf(id) })
    return done(to)
  })
}

/** Whoever is planned is skipped; what is on its way arrives. */
export async function cancelAnnouncement(
  deps: AnnouncementDeps,
  account: Account,
  id: string,
): Promise<Outcome> {
  const from = ['draft', 'scheduled', 'sending', 'paused'] as const
  const outcome = await switchTo(deps, account, id, { from, to: 'cancelled', action: 'announcement.cancel' })
  // Many are skipped a part at a time, by whoever keeps the agenda.
  if (outcome.kind === 'done') await skipCancelled(deps.database.sql, id)
  return outcome
}

type Switch = { from: readonly AnnouncementStatus[]; to: AnnouncementStatus; action: string }

function switchTo(
  deps: AnnouncementDeps,
  account: Account,
  id: string,
  { from, to, action }: Switch,
): Promise<Outcome> {
  return decide(deps, account, id, async (sql, announcement, note) => {
    if (announcement.status === to) return done(to)
    if (!(await setStatus(sql, id, { from, to }))) return state(announcement)
    await note({ action, target: targetOf(id) })
    return done(to)
  })
}

type Held = { sql: Sql; announcement: Announcement; note: Note }

async function start(
  deps: AnnouncementDeps,
  account: Account,
  { override, now }: StartOptions,
  { sql, announcement, note }: Held,
): Promise<Outcome> {
  const { id, status, sendAt } = announcement
  if (status === 'sending' || status === 'scheduled') return done(status)
  if (status !== 'draft') return state(announcement)
  const scheduled = sendAt !== undefined && sendAt > now
  const refusal =
    (await missingFor(deps, announcement)) ??
    restFor(deps, { scheduled, override }, scheduled ? sendAt : now) ??
    (await approvalFor(deps, sql, announcement))
  if (refusal) return refusal
  const to = scheduled ? 'scheduled' : 'sending'
  await sql`
    UPDATE announcement SET status = ${to}, override = ${override}, started_at = now(), started_by = ${account.id}
    WHERE id = ${id}`
  const action = scheduled ? 'announcement.schedule' : 'announcement.start'
  await note({ action, target: targetOf(id), details: override ? { override } : {} })
  return done(to)
}

async function missingFor(deps: AnnouncementDeps, announcement: Announcement): Promise<Refusal | undefined> {
  return (await renderedFor(deps, announcement)) ? undefined : { kind: 'gone' }
}

function restFor(
  deps: AnnouncementDeps,
  manner: { scheduled: boolean; override: boolean },
  at: Date,
): Refusal | undefined {
  const rest = restOf(deps, manner, at.getTime())
  return rest && { kind: rest.reason, allowedFrom: new Date(rest.allowedFrom) }
}

async function approvalFor(
  deps: AnnouncementDeps,
  sql: Sql,
  { audience, approvedAt }: Announcement,
): Promise<Refusal | undefined> {
  if (approvedAt) return undefined
  const { approvalAbove } = deps.settings()
  const approvers = await countApprovers(sql, APPROVERS)
  if (approvers < 2) return undefined
  const shares = await findAudience(sql, { audience, channels: openChannels(deps), plugs: deps.plugs })
  if (!shares) return { kind: 'gone' }
  const recipients = shares.reduce((sum, { people }) => sum + people, 0)
  return needsApproval(recipients, { approvers, approvalAbove })
    ? { kind: 'approval-required', recipients }
    : undefined
}

/** Keeps that somebody asked for it, and whether in spite of quiet hours. */
async function askFor(
  deps: AnnouncementDeps,
  account: Account,
  id: string,
  { override, now }: StartOptions,
): Promise<void> {
  await withAudit(deps.database, account.email, async (sql, note) => {
    await sql`UPDATE announcement SET wanted_at = ${now}, override = ${override} WHERE id = ${id} AND status = 'draft'`
    await note({ action: 'announcement.ask', target: targetOf(id) })
  })
}

async function wantedOverride({ database }: AnnouncementDeps, id: string): Promise<boolean | undefined> {
  const [row] = await database.sql<{ override: boolean }>`
    SELECT override FROM announcement WHERE id = ${id} AND wanted_at IS NOT NULL`
  return row?.override
}

async function planSoon(deps: AnnouncementDeps, id: string): Promise<void> {
  const patience = new AbortController()
  const planned = planAnnouncement(deps, id).catch(error =>
    deps.log.error(
      { err: error, announcement: id },
      'an announcement was not planned; the agenda tries again',
    ),
  )
  await Promise.race([
    planned,
    sleep(PLAN_PATIENCE_MS, undefined, { signal: patience.signal, ref: false }).catch(() => undefined),
  ])
  patience.abort()
}

/** Decides about an announcement that nobody else changes meanwhile; only what is done is noted. */
export async function decide(
  { database }: AnnouncementDeps,
  account: Account,
  id: string,
  work: (sql: Sql, announcement: Announcement, note: Note) => Promise<Outcome>,
): Promise<Outcome> {
  let outcome: Outcome = { kind: 'missing' }
  if (!UUID.test(id)) return outcome
  await withAudit(database, account.email, async (sql, note) => {
    let noted = false
    const announcement = await holdAnnouncement(sql, id)
    if (announcement)
      outcome = await work(sql, announcement, deed => {
        noted = true
        return note(deed)
      })
    return noted ? undefined : new Refused(outcome.kind)
  })
  return outcome
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** How the audit log names an announcement. */
export function targetOf(id: string): string {
  return `announcement ${id}`
}

function done(status: AnnouncementStatus): Outcome {
  return { kind: 'done', status }
}

function state({ status }: Announcement): Outcome {
  return { kind: 'state', status }
}
