// What the pages of announcements work with.
import type { Media } from '../../platform/media/media.ts'
import type { AnnouncementDeps } from './deps.ts'
import type { Announcement } from './model.ts'
import { readAnnouncement } from './store.ts'

export type AnnouncementDesk = AnnouncementDeps & { media: Pick<Media, 'find' | 'keep'> }

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The announcement of an address. */
export async function found({ database }: AnnouncementDesk, id: string): Promise<Announcement | undefined> {
  return UUID.test(id) ? readAnnouncement(database.sql, id) : undefined
}
