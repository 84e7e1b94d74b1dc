// What others may use of announcements.
export { announcementRoutes } from './api.ts'
export { announcementBulk } from './bulk.ts'
export type { AnnouncementDeps } from './deps.ts'
export { type Begun, draftAnnouncement } from './lifecycle.ts'
export { deliveryTable } from './personal.ts'
export type { Attachment, AttachmentOf, Choice, ChoicesOf, Plugs } from './plugs.ts'
export { announcementPages, announcementsWaiting } from './staff.ts'
export type { AnnouncementDesk } from './staff-desk.ts'
