// What is done with one announcement by a form of its page.
import type { Answer, Visit } from '../../staff/index.ts'
import { VARIANTS } from './compose.ts'
import { countAsSent, sendAgain } from './decisions.ts'
import {
  approveAnnouncement,
  cancelAnnouncement,
  draftAnnouncement,
  pauseAnnouncement,
  resumeAnnouncement,
  startAnnouncement,
} from './lifecycle.ts'
import type { Announcement } from './model.ts'
import { sendTest } from './own-chat.ts'
import type { AnnouncementDesk } from './staff-desk.ts'
import { afterAll, done, show } from './staff-show.ts'

/** The saved draft to the own chat. */
export async function test(
  desk: AnnouncementDesk,
  visit: Visit,
  announcement: Announcement,
): Promise<Answer> {
  const which = VARIANTS.find(variant => variant === visit.form.which) ?? 'all'
  const sent = await sendTest(desk, visit.account, announcement, which)
  if (!sent) return show(desk, visit, announcement, { key: 'console.announcements.problem.noChat' })
  return done(announcement.id, 'console.announcements.done.tested')
}

/** Sends or schedules it. */
export async function start(desk: AnnouncementDesk, visit: Visit, { id }: Announcement): Promise<Answer> {
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

/** As the second person. */
export async function approve(desk: AnnouncementDesk, visit: Visit, { id }: Announcement): Promise<Answer> {
  const outcome = await approveAnnouncement(desk, visit.account, id, visit.now)
  return afterAll(desk, visit, id, outcome, 'console.announcements.done.approved')
}

/** Holds what is not sent yet. */
export async function pause(desk: AnnouncementDesk, visit: Visit, { id }: Announcement): Promise<Answer> {
  const outcome = await pauseAnnouncement(desk, visit.account, id)
  return afterAll(desk, visit, id, outcome, 'console.announcements.done.paused')
}

/** Goes on. */
export async function resume(desk: AnnouncementDesk, visit: Visit, { id }: Announcement): Promise<Answer> {
  const outcome = await resumeAnnouncement(desk, visit.account, id)
  return afterAll(desk, visit, id, outcome, 'console.announcements.done.resumed')
}

/** Ends it; a draft is discarded. */
export async function cancel(desk: AnnouncementDesk, visit: Visit, { id }: Announcement): Promise<Answer> {
  const outcome = await cancelAnnouncement(desk, visit.account, id)
  return afterAll(desk, visit, id, outcome, 'console.announcements.done.cancelled')
}

/** Sends again to all of a status, or to those that were chosen. */
export async function retry(
  desk: AnnouncementDesk,
  visit: Visit,
  announcement: Announcement,
): Promise<Answer> {
  const { id } = announcement
  const status = (['failed', 'skipped', 'uncertain'] as const).find(known => known === visit.form.status)
  const ids = chosenIds(visit)
  if (!status || ids?.length === 0) return nothingChosen(desk, visit, announcement)
  const { outcome } = await sendAgain(desk, visit.account, id, { status, ids })
  return afterAll(desk, visit, id, outcome, 'console.announcements.done.again')
}

/** Counts as sent what nobody knows. */
export async function confirm(
  desk: AnnouncementDesk,
  visit: Visit,
  announcement: Announcement,
): Promise<Answer> {
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
export async function correct(
  desk: AnnouncementDesk,
  { account }: Visit,
  { id, message, attached }: Announcement,
): Promise<Answer> {
  const to = await draftAnnouncement(desk, account, { message, attached, audience: { got: id } })
  return { kind: 'redirect', to, done: 'console.announcements.done.correction' }
}
