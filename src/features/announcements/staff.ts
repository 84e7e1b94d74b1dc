// The pages of announcements: a list, the composer of a draft, and an announcement on its way.
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { type Answer, mayEnter, type Session, type StaffPage, type Visit } from '../../staff/index.ts'
import { VARIANTS } from './compose.ts'
import { countAsSent, sendAgain } from './decisions.ts'
import {
  AUTHORS,
  addressOf,
  approveAnnouncement,
  cancelAnnouncement,
  createDraft,
  draftAnnouncement,
  editDraft,
  type Outcome,
  pauseAnnouncement,
  READERS,
  resumeAnnouncement,
  startAnnouncement,
} from './lifecycle.ts'
import type { Announcement } from './model.ts'
import { connectChat, disconnectChat, sendTest } from './own-chat.ts'
import { composerPage, lookPart } from './staff-composer.ts'
import { deliveriesFile, deliveriesPage } from './staff-deliveries.ts'
import { type AnnouncementDesk, found } from './staff-desk.ts'
import { draftFrom, draftOf, givenOf, newDraft, type Problem } from './staff-draft.ts'
import { listPage } from './staff-list.ts'
import { addPicture, PICTURE_MAX, removePicture } from './staff-picture.ts'
import { problemOf } from './staff-problems.ts'
import { liveProgress, progressPage } from './staff-progress.ts'
import { countWanted } from './store.ts'
import { checkWish } from './wish.ts'

const LIST = '/console/announcements'
const ONE = `${LIST}/:id`

/** The pages of the section. */
export function announcementPages(desk: AnnouncementDesk): StaffPage[] {
  const page = (
    method: StaffPage['method'],
    path: string,
    handle: StaffPage['handle'],
    roles = AUTHORS,
  ): StaffPage => ({ method, path, section: 'announcements', roles, handle })
  const onOne = (verb: string, handle: OnOne) =>
    page('POST', `${ONE}/${verb}`, visit => withOne(desk, visit, handle))
  return [
    page('GET', LIST, visit => listPage(desk, visit), READERS),
    page('GET', `${LIST}/new`, visit => composerPage(desk, visit, { draft: newDraft(visit) })),
    page('POST', LIST, visit => create(desk, visit)),
    page('POST', `${LIST}/preview`, visit => preview(desk, visit)),
    page('GET', ONE, visit => withOne(desk, visit, show), READERS),
    page('GET', `${ONE}/live`, visit => withOne(desk, visit, liveProgress), READERS),
    page('GET', `${ONE}/deliveries`, visit => withOne(desk, visit, deliveriesPage)),
    page('GET', `${ONE}/deliveries.csv`, visit => withOne(desk, visit, deliveriesFile)),
    page('POST', ONE, visit => withOne(desk, visit, save)),
    { ...onOne('picture', addPicture), uploadMax: PICTURE_MAX },
    onOne('picture/remove', removePicture),
    onOne('chat', connect),
    onOne('chat/forget', forget),
    onOne('test', test),
    onOne('start', start),
    onOne('approve', approve),
    onOne('pause', pause),
    onOne('resume', resume),
    onOne('cancel', cancel),
    onOne('retry', retry),
    onOne('confirm', confirm),
    onOne('correction', correct),
  ]
}

/** How many announcements wait for this person to agree. */
export async function announcementsWaiting(
  { database }: Pick<AnnouncementDesk, 'database'>,
  { account }: Session,
): Promise<number> {
  return mayEnter(account.role, AUTHORS) ? countWanted(database.sql, account.id) : 0
}

/** What is done with one announcement. */
type OnOne = (desk: AnnouncementDesk, visit: Visit, announcement: Announcement) => Promise<Answer>

async function withOne(desk: AnnouncementDesk, visit: Visit, work: OnOne): Promise<Answer> {
  const announcement = await found(desk, visit.params.id ?? '')
  return announcement ? work(desk, visit, announcement) : { kind: 'missing' }
}

/** Who only reads sees a draft as something that has not begun. */
async function show(
  desk: AnnouncementDesk,
  visit: Visit,
  announcement: Announcement,
  problem?: Problem,
): Promise<Answer> {
  const mayWrite = visit.account.role !== 'monitor'
  if (announcement.status !== 'draft' || !mayWrite) return progressPage(desk, visit, announcement, problem)
  return composerPage(desk, visit, { draft: draftOf(announcement, visit), announcement, problem })
}

async function create(desk: AnnouncementDesk, visit: Visit): Promise<Answer> {
  const draft = draftFrom(visit)
  const given = givenOf(draft, visit)
  if ('key' in given) return composerPage(desk, visit, { draft, problem: given })
  const checked = await checkWish(desk, given, visit.now)
  if (checked.kind === 'unknown')
    return composerPage(desk, visit, { draft, problem: unknownProblem(checked.unknown) })
  const id = await createDraft(desk, visit.account, checked.wish)
  const done = 'console.announcements.done.saved'
  return { kind: 'redirect', to: `${addressOf(id)}?look=${draft.look}`, done }
}

async function save(desk: AnnouncementDesk, visit: Visit, announcement: Announcement): Promise<Answer> {
  const { id } = announcement
  const draft = draftFrom(visit, id)
  const again = (problem: Problem) => composerPage(desk, visit, { draft, announcement, problem })
  const given = givenOf(draft, visit)
  if ('key' in given) return again(given)
  const checked = await checkWish(desk, given, visit.now)
  if (checked.kind === 'unknown') return again(unknownProblem(checked.unknown))
  const outcome = await editDraft(desk, visit.account, id, checked.wish)
  if (outcome.kind !== 'done') return afterAll(desk, visit, id, outcome)
  const done = 'console.announcements.done.saved'
  return { kind: 'redirect', to: `${addressOf(id)}?look=${draft.look}`, done }
}

function unknownProblem(unknown: readonly string[]): Problem {
  return { key: 'console.announcements.problem.unknown', values: { what: unknown.join(', ') } }
}

/** What is typed as people would get it; without a script, with the whole page around it. */
async function preview(desk: AnnouncementDesk, visit: Visit): Promise<Answer> {
  const announcement = visit.query.id ? await found(desk, visit.query.id) : undefined
  const draft = draftFrom(visit, announcement?.id)
  if (visit.isPart) return { kind: 'part', body: await lookPart(desk, visit, draft) }
  return composerPage(desk, visit, { draft, announcement })
}

async function connect(desk: AnnouncementDesk, visit: Visit, announcement: Announcement): Promise<Answer> {
  const { account, form, now } = visit
  const connected = await connectChat(desk, account, { code: form.code ?? '', now })
  if (!connected) return show(desk, visit, announcement, { key: 'console.announcements.problem.code' })
  return done(announcement.id, 'console.announcements.done.connected')
}

async function forget(desk: AnnouncementDesk, { account }: Visit, { id }: Announcement): Promise<Answer> {
  await disconnectChat(desk, account)
  return done(id, 'console.announcements.done.disconnected')
}

async function test(desk: AnnouncementDesk, visit: Visit, announcement: Announcement): Promise<Answer> {
  const which = VARIANTS.find(variant => variant === visit.form.which) ?? 'all'
  const sent = await sendTest(desk, visit.account, announcement, which)
  if (!sent) return show(desk, visit, announcement, { key: 'console.announcements.problem.noChat' })
  return done(announcement.id, 'console.announcements.done.tested')
}

async function start(desk: AnnouncementDesk, visit: Visit, { id }: Announcement): Promise<Answer> {
  const options = { override: visit.form.override === 'yes', now: visit.now }
  const outcome = await startAnnouncement(desk, visit.account, id, options)
  const isScheduled = outcome.kind === 'done' && outcome.status === 'scheduled'
  return afterAll(
    desk,
    visit,
    id,
    outcome,
    isScheduled ? 'console.announcements.done.scheduled' : 'console.announcements.done.started',
  )
}

async function approve(desk: AnnouncementDesk, visit: Visit, { id }: Announcement): Promise<Answer> {
  const outcome = await approveAnnouncement(desk, visit.account, id, visit.now)
  return afterAll(desk, visit, id, outcome, 'console.announcements.done.approved')
}

async function pause(desk: AnnouncementDesk, visit: Visit, { id }: Announcement): Promise<Answer> {
  const outcome = await pauseAnnouncement(desk, visit.account, id)
  return afterAll(desk, visit, id, outcome, 'console.announcements.done.paused')
}

async function resume(desk: AnnouncementDesk, visit: Visit, { id }: Announcement): Promise<Answer> {
  const outcome = await resumeAnnouncement(desk, visit.account, id)
  return afterAll(desk, visit, id, outcome, 'console.announcements.done.resumed')
}

async function cancel(desk: AnnouncementDesk, visit: Visit, { id }: Announcement): Promise<Answer> {
  const outcome = await cancelAnnouncement(desk, visit.account, id)
  return afterAll(desk, visit, id, outcome, 'console.announcements.done.cancelled')
}

async function retry(desk: AnnouncementDesk, visit: Visit, announcement: Announcement): Promise<Answer> {
  const { id } = announcement
  const status = (['failed', 'skipped', 'uncertain'] as const).find(known => known === visit.form.status)
  const ids = chosenIds(visit)
  if (!status || ids?.length === 0) return nothingChosen(desk, visit, announcement)
  const { outcome } = await sendAgain(desk, visit.account, id, { status, ids })
  return afterAll(desk, visit, id, outcome, 'console.announcements.done.again')
}

async function confirm(desk: AnnouncementDesk, visit: Visit, announcement: Announcement): Promise<Answer> {
  const ids = chosenIds(visit)
  if (ids?.length === 0) return nothingChosen(desk, visit, announcement)
  const { outcome } = await countAsSent(desk, visit.account, announcement.id, ids)
  return afterAll(desk, visit, announcement.id, outcome, 'console.announcements.done.confirmed')
}

/** Of a form where single people are chosen; undefined: all are meant. */
function chosenIds({ form, all }: Visit): string[] | undefined {
  return form.single ? all('delivery').filter(id => /^\d{1,18}$/.test(id)) : undefined
}

function nothingChosen(desk: AnnouncementDesk, visit: Visit, announcement: Announcement): Promise<Answer> {
  return show(desk, visit, announcement, { key: 'console.announcements.problem.nothing' })
}

/** A draft with the same text, for those who got it. */
async function correct(
  desk: AnnouncementDesk,
  { account }: Visit,
  { id, message, attached }: Announcement,
): Promise<Answer> {
  const to = await draftAnnouncement(desk, account, { message, attached, audience: { got: id } })
  return { kind: 'redirect', to, done: 'console.announcements.done.correction' }
}

function done(id: string, said: SentenceKey): Answer {
  return { kind: 'redirect', to: addressOf(id), done: said }
}

/** Says what was done; or shows the announcement as it is now, and why nothing was. */
async function afterAll(
  desk: AnnouncementDesk,
  visit: Visit,
  id: string,
  outcome: Outcome,
  said: SentenceKey = 'console.announcements.done.saved',
): Promise<Answer> {
  if (outcome.kind === 'done') return done(id, said)
  const announcement = await found(desk, id)
  return announcement ? show(desk, visit, announcement, problemOf(visit, outcome)) : { kind: 'missing' }
}
