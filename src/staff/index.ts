// What others may use of the console's shell.
export type { Account } from './accounts.ts'
export type { ApiReply, ApiRoute } from './api/route.ts'
export { apiRoute, notFound, problem, success } from './api/route.ts'
export { API_PATH, addApi } from './api/server.ts'
export { shellRoutes } from './api/shell-routes.ts'
export { type AuditRow, audit, auditRows, type Note, Refused, withAudit } from './audit.ts'
export { accountsOfChat, tieChat, untieChat } from './chat-tie.ts'
export { addConsole, shellPages } from './console.ts'
export { csvFile } from './csv-file.ts'
export { deedButton } from './deed-button.ts'
export { areaField, checkField, type Field, inputField, selectField } from './fields.ts'
export { firstAdminLink } from './first-admin.ts'
export { idIn, readId } from './id-in.ts'
export { overviewRoutes } from './overview/api.ts'
export type { ChannelState } from './overview/kernel-parts.ts'
export {
  type Cell,
  type Chart,
  DAYS,
  type Figure,
  lastDays,
  type OverviewBlock,
  type OverviewPart,
  type OverviewReader,
  type Table,
  type Tone,
} from './overview/part.ts'
export type { Answer, Section, StaffPage, Upload, Visit, Waiting } from './page.ts'
export { bubble, drawnText } from './preview/drawn.ts'
export { lookChoice, lookOf, previewsIn, previewsInAll } from './preview/looks.ts'
export { type Looker, messagePreviewOn, messagePreviews, previewsOf } from './preview/message-previews.ts'
export { problemNote } from './problem-note.ts'
export { EVERYONE, mayEnter, type Role } from './roles.ts'
export { forgetStaleSignIns, type Session } from './sessions.ts'
export type { ConsoleOptions } from './shell.ts'
export { type Column, type Row, table } from './table.ts'
export { dayWords, isoDayWords, moment, number, percent, time } from './words.ts'
