// Everything the bot can do: topics in the order in which they are asked whether they accept an event (the
// last accepts all), what carries out their effects, pages, routes and jobs.
import type { Channel } from '../channels/channel.ts'
import type { Settings } from '../core/model/settings.ts'
import type { Topic } from '../core/model/topic.ts'
import type { Knowledge } from '../core/step.ts'
import type { Bulk } from '../delivery/index.ts'
import { consentsOf, countChats, keepFiles, kernelTables, type PersonalTable } from '../people/index.ts'
import type { Database } from '../platform/db/database.ts'
import type { ScheduledJob } from '../platform/jobs.ts'
import type { Log } from '../platform/log.ts'
import type { Media } from '../platform/media/media.ts'
import type { PublicPage } from '../site/index.ts'
import type { ApiRoute, Session, StaffPage, Waiting } from '../staff/index.ts'
import type { EffectHandlers, Loaders } from '../turn/index.ts'
import {
  type AnnouncementDesk,
  announcementBulk,
  announcementPages,
  announcementRoutes,
  announcementsWaiting,
  deliveryTable,
  staffChatTable,
} from './announcements/index.ts'
import { answerEffects, answersTopic, menuTopic } from './answers/index.ts'
import { choiceEffects, choicesOf, choicesTopic, choiceTable } from './choices/index.ts'
import { consentEffects, consentTopic } from './consent/index.ts'
import { guideEffects, guidesTopic, reminderJob, reminderTable } from './guides/index.ts'
import { linkCodeTable, linkingEffects, linkingTopic } from './linking/index.ts'
import { rightsEffects, rightsTopic } from './rights/index.ts'
import { welcomeTopic } from './welcome/index.ts'

/** Every table that refers to a person: how it reads, its erasure, its part in a merging. */
export const personalTables: readonly PersonalTable[] = [
  deliveryTable,
  staffChatTable,
  reminderTable,
  linkCodeTable,
  choiceTable,
  ...kernelTables,
]

export const topics: readonly Topic[] = [
  consentTopic,
  rightsTopic(personalTables),
  linkingTopic,
  choicesTopic,
  welcomeTopic,
  guidesTopic,
  menuTopic,
  answersTopic,
]

export const effectHandlers: EffectHandlers = {
  ...answerEffects,
  ...guideEffects,
  ...consentEffects,
  ...rightsEffects(personalTables),
  ...linkingEffects(personalTables),
  ...choiceEffects,
  'make-files': async (sql, { files }, context) => ({
    kind: 'files-made',
    files: await keepFiles(sql, files, context),
  }),
}

export const loaders: Loaders = {
  consents: async (sql, { personId }) => ({ consents: await consentsOf(sql, personId) }),
  chats: async (sql, { personId }) => ({ chats: await countChats(sql, personId) }),
  choices: async (sql, { personId }) => ({ choices: await choicesOf(sql, personId) }),
}

/** What pages, routes and jobs of the features work with. */
export type Parts = {
  database: Database
  /** Content and sentences as they are now. */
  knowledge(): Knowledge
  /** What staff decided, as it is now. */
  settings(): Settings
  media: Media
  /** The channels that are on. */
  channels: readonly Channel[]
  /** The address people see, without a slash at the end. */
  publicUrl: string
  log: Log
}

/** What announcements may carry, and whom other features let them choose. */
function announcementParts(parts: Parts): AnnouncementDesk {
  return { ...parts, plugs: {} }
}

/** The pages of the console. */
export function staffPages(parts: Parts): StaffPage[] {
  return [...announcementPages(announcementParts(parts))]
}

/** How many things wait for somebody in each section of the console. */
export async function waitingFor(parts: Parts, session: Session): Promise<Waiting> {
  return { announcements: await announcementsWaiting(parts, session) }
}

/** The routes of the interface for programs. */
export function apiRoutes(parts: Parts): ApiRoute[] {
  return [...announcementRoutes(announcementParts(parts))]
}

/** What the lane for bulk needs to know. */
export function bulkFor(parts: Parts, rates: Bulk['rates']): Bulk {
  return announcementBulk(announcementParts(parts), rates)
}

/** The pages everybody may see. */
export function publicPages(_parts: Parts): PublicPage[] {
  return []
}

/** What happens on a schedule. */
export function scheduledJobs({ database, knowledge }: Parts): ScheduledJob[] {
  return [reminderJob(database.sql, knowledge)]
}
