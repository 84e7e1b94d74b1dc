// The picture of an announcement: kept once, sent to everybody.
import { cleanPicture, PHOTO_BYTES_MAX } from '../../platform/media/clean-picture.ts'
import type { Answer, Visit } from '../../staff/index.ts'
import { addressOf, editDraft } from './lifecycle.ts'
import type { Announcement } from './model.ts'
import { composerPage } from './staff-composer.ts'
import type { AnnouncementDesk } from './staff-desk.ts'
import { draftOf, type Problem } from './staff-draft.ts'
import { problemOf } from './staff-problems.ts'

export const PICTURE_MAX = PHOTO_BYTES_MAX

/** It must be approved anew. */
export async function addPicture(
  desk: AnnouncementDesk,
  visit: Visit,
  announcement: Announcement,
): Promise<Answer> {
  const mediaId = await kept(desk, visit)
  if (!mediaId) return again(desk, visit, announcement, { key: 'console.announcements.problem.file' })
  return change(desk, visit, announcement, mediaId)
}

export function removePicture(
  desk: AnnouncementDesk,
  visit: Visit,
  announcement: Announcement,
): Promise<Answer> {
  return change(desk, visit, announcement)
}

async function kept({ media }: AnnouncementDesk, { uploads, now }: Visit): Promise<string | undefined> {
  const upload = uploads.find(({ field }) => field === 'picture')
  const picture = upload && (await cleanPicture(upload.bytes))
  if (picture?.status !== 'clean') return undefined
  const { bytes, mime } = picture
  const file = await media.keep({ name: 'slika.jpg', mime, bytes, now })
  return file.status === 'kept' ? file.info.id : undefined
}

async function change(
  desk: AnnouncementDesk,
  visit: Visit,
  announcement: Announcement,
  mediaId?: string,
): Promise<Answer> {
  const { id, audience, message, attached, sendAt } = announcement
  const wish = { audience, message, sendAt, attached: { ...attached, mediaId } }
  const outcome = await editDraft(desk, visit.account, id, wish)
  if (outcome.kind !== 'done') return again(desk, visit, announcement, problemOf(visit, outcome))
  const done = mediaId ? 'console.announcements.done.picture' : 'console.announcements.done.unpictured'
  return { kind: 'redirect', to: addressOf(id), done }
}

function again(
  desk: AnnouncementDesk,
  visit: Visit,
  announcement: Announcement,
  problem: Problem,
): Promise<Answer> {
  return composerPage(desk, visit, { draft: draftOf(announcement, visit), announcement, problem })
}
