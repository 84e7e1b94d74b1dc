// What others may use of announcements.
export { announcementRoutes } from './api.ts'
export { announcementBulk } from './bulk.ts'
export type { AnnouncementDeps } from './deps.ts'
export { deliveryTable } from './personal.ts'
export type { Attachment, AttachmentOf, Plugs } from './plugs.ts'
