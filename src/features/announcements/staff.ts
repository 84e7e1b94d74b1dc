// The pages of announcements: a list, the composer of a draft, and an announcement on its way.
import { type Answer, mayEnter, type Session, type StaffPage, type Visit } from '../../staff/index.ts'
import { AUTHORS, addressOf, createDraft, editDraft, READERS } from './lifecycle.ts'
import type { Announcement } from './model.ts'
import { composerPage, lookPart } from './staff-composer.ts'
import * as deeds from './staff-deeds.ts'
import { deliveriesFile, deliveriesPage } from './staff-deliveries.ts'
import { type AnnouncementDesk, found } from './staff-desk.ts'
import { draftFrom, givenOf, newDraft, type Problem } from './staff-draft.ts'
import { listPage } from './staff-list.ts'
import { addPicture, PICTURE_MAX, removePicture } from './staff-picture.ts'
import { liveProgress } from './staff-progress.ts'
import { afterAll, show } from './staff-show.ts'
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
    onOne('test', deeds.test),
    onOne('start', deeds.start),
    onOne('approve', deeds.approve),
    onOne('pause', deeds.pause),
    onOne('resume', deeds.resume),
    onOne('cancel', deeds.cancel),
    onOne('retry', deeds.retry),
    onOne('confirm', deeds.confirm),
    onOne('correction', deeds.correct),
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
