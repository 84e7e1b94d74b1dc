// The page of one announcement after something was asked of it: what was done, or why nothing was.
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import type { Answer, Visit } from '../../staff/index.ts'
import { addressOf, type Outcome } from './lifecycle.ts'
import type { Announcement } from './model.ts'
import { composerPage } from './staff-composer.ts'
import { type AnnouncementDesk, found } from './staff-desk.ts'
import { draftOf, type Problem } from './staff-draft.ts'
import { problemOf } from './staff-problems.ts'
import { progressPage } from './staff-progress.ts'

/** Who only reads sees a draft as something that has not begun. */
export async function show(
  desk: AnnouncementDesk,
  visit: Visit,
  announcement: Announcement,
  problem?: Problem,
): Promise<Answer> {
  const mayWrite = visit.account.role !== 'monitor'
  if (announcement.status !== 'draft' || !mayWrite) return progressPage(desk, visit, announcement, problem)
  return composerPage(desk, visit, { draft: draftOf(announcement, visit), announcement, problem })
}

/** Says on the announcement's page what was done. */
export function done(id: string, said: SentenceKey): Answer {
  return { kind: 'redirect', to: addressOf(id), done: said }
}

/** Says what was done; or shows the announcement as it is now, and why nothing was. */
export async function afterAll(
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
