// Everything the bot can do: topics in the order in which they are asked whether they accept an event (the
// last accepts all), what carries out their effects, pages, routes and jobs.
import type { Channel, FetchedFile } from '../channels/channel.ts'
import type { Loaded } from '../content/load.ts'
import type { Settings } from '../core/model/settings.ts'
import type { Topic } from '../core/model/topic.ts'
import type { Knowledge } from '../core/step.ts'
import type { Bulk } from '../delivery/index.ts'
import { consentsOf, countChats, keepFiles, kernelTables, type PersonalTable } from '../people/index.ts'
import type { Database, Sql } from '../platform/db/database.ts'
import type { Subscription } from '../platform/db/notifications.ts'
import type { ScheduledJob } from '../platform/jobs.ts'
import type { Log } from '../platform/log.ts'
import type { Media } from '../platform/media/media.ts'
import type { PublicPage } from '../site/index.ts'
import {
  type ApiRoute,
  accountsOfChat,
  type OverviewPart,
  type Session,
  type StaffPage,
  type Waiting,
} from '../staff/index.ts'
import type { EffectHandlers, Loaders } from '../turn/index.ts'
import {
  type AnnouncementDesk,
  announcementBulk,
  announcementPages,
  announcementRoutes,
  announcementsOverview,
  announcementsWaiting,
  deliveryTable,
} from './announcements/index.ts'
import { answerEffects, answersTopic, menuTopic, questionsOverview, reviewOverview } from './answers/index.ts'
import {
  caseEffects,
  caseMessageTable,
  casePages,
  caseRoutes,
  casesOverview,
  casesTopic,
  casesWaiting,
  caseTable,
  deliverReplies,
  ownCases,
} from './cases/index.ts'
import { choiceEffects, choicesOf, choicesTopic, choiceTable } from './choices/index.ts'
import {
  clipAnswerTable,
  clipEffects,
  clipPages,
  clipPlugs,
  clipSeriesTable,
  clipStaffPages,
  clipsOf,
  clipsTopic,
  weeklyClipsJob,
} from './clips/index.ts'
import { consentEffects, consentTopic } from './consent/index.ts'
import { countWaiting, curationPages, curationRoutes, versionJobs, type Workbench } from './curation/index.ts'
import {
  feedbackEffects,
  feedbackPages,
  feedbackTopic,
  photoJob,
  proposalPages,
  proposalsOf,
  proposalsWaiting,
  proposalTable,
} from './feedback/index.ts'
import { guideEffects, guidesTopic, reminderJob, reminderTable } from './guides/index.ts'
import { linkCodeTable, linkingEffects, linkingTopic } from './linking/index.ts'
import {
  listPolls,
  loadBallot,
  loadItems,
  pollEffects,
  pollJob,
  pollPages,
  pollPlugs,
  pollRoutes,
  pollsOverview,
  pollsTopic,
  pollsWaiting,
  progressTable,
  resultPages,
  voteTable,
} from './polls/index.ts'
import { rightsEffects, rightsTopic } from './rights/index.ts'
import { staffChatEffects, staffChatTable, staffChatTopic } from './staff-chat/index.ts'
import { surveyPages, surveyRoutes, surveysTopic } from './surveys/index.ts'
import { welcomeTopic } from './welcome/index.ts'
import {
  feedbackTable,
  registrationTable,
  requestTable,
  tellAtOnce,
  waitingRequests,
  workshopEffects,
  workshopJob,
  workshopLoaders,
  workshopPages,
  workshopPlugs,
  workshopPublicPages,
  workshopRoutes,
  workshopsOverview,
  workshopsTopic,
} from './workshops/index.ts'

/** Every table that refers to a person: how it reads, its erasure, its part in a merging. */
export const personalTables: readonly PersonalTable[] = [
  deliveryTable,
  staffChatTable,
  reminderTable,
  linkCodeTable,
  choiceTable,
  caseMessageTable,
  caseTable,
  registrationTable,
  feedbackTable,
  requestTable,
  voteTable,
  progressTable,
  proposalTable,
  clipAnswerTable,
  clipSeriesTable,
  ...kernelTables,
]

export const topics: readonly Topic[] = [
  consentTopic,
  rightsTopic(personalTables),
  linkingTopic,
  staffChatTopic,
  choicesTopic,
  workshopsTopic,
  pollsTopic,
  surveysTopic,
  feedbackTopic,
  clipsTopic,
  welcomeTopic,
  casesTopic,
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
  ...caseEffects,
  ...workshopEffects,
  ...staffChatEffects,
  ...pollEffects,
  ...feedbackEffects,
  ...clipEffects,
  'make-files': async (sql, { files }, context) => ({
    kind: 'files-made',
    files: await keepFiles(sql, files, context),
  }),
}

export const loaders: Loaders = {
  consents: async (sql, { personId }) => ({ consents: await consentsOf(sql, personId) }),
  chats: async (sql, { personId }) => ({ chats: await countChats(sql, personId) }),
  choices: async (sql, { personId }) => ({ choices: await choicesOf(sql, personId) }),
  cases: async (sql, context) => ({ cases: await ownCases(sql, context) }),
  ...workshopLoaders,
  'staff-accounts': async (sql, { addressId }) => ({ staffAccounts: await accountsOfChat(sql, addressId) }),
  polls: async (sql, context) => ({ polls: await loadItems(sql, context) }),
  ballot: (sql, context, { pollId }) => loadBallot(sql, context, pollId),
  proposals: async (sql, context) => ({ proposals: await proposalsOf(sql, context) }),
  clips: async (sql, { personId }) => ({ clips: await clipsOf(sql, personId) }),
}

/** What pages, routes and jobs of the features work with. */
export type Parts = {
  database: Database
  /** Content and sentences as they are now. */
  knowledge(): Knowledge
  /** What staff decided, as it is now. */
  settings(): Settings
  /** What the files of the content say, whatever was published since. */
  files: Loaded
  /** Computes what takes longer than a page may. */
  workbench: Workbench
  media: Media
  /** The channels that are on. */
  channels: readonly Channel[]
  /** The address people see, without a slash at the end. */
  publicUrl: string
  /** A file that somebody sent, by the reference in its event. */
  fetchFile(channel: string, ref: string, maxBytes: number): Promise<FetchedFile>
  log: Log
}

/** What announcements may carry, and whom other features let them choose. */
export function announcementParts(parts: Parts): AnnouncementDesk {
  const plugs = [workshopPlugs, pollPlugs, clipPlugs].map(plugsOf => plugsOf(parts.knowledge))
  return { ...parts, plugs: Object.assign({}, ...plugs) }
}

/** The pages of the console. */
export function staffPages(parts: Parts): StaffPage[] {
  return [
    ...curationPages(parts),
    ...announcementPages(announcementParts(parts)),
    ...casePages(parts),
    ...clipStaffPages(parts),
    ...workshopPages(parts),
    ...pollPages(parts),
    ...surveyPages(parts),
    ...feedbackPages(parts),
  ]
}

/** What the features show on the overview, in its order. */
export function overviewParts({ database: { sql }, knowledge }: Parts): OverviewPart[] {
  const content = () => knowledge().content
  return [
    questionsOverview(sql, content),
    casesOverview(sql),
    announcementsOverview(sql),
    pollsOverview(sql),
    workshopsOverview(sql),
    reviewOverview(content),
  ]
}

/** How many things wait for somebody in each section of the console. */
export async function waitingFor(parts: Parts, session: Session): Promise<Waiting> {
  return {
    answers: await countWaiting(parts),
    announcements: await announcementsWaiting(parts, session),
    inbox: await casesWaiting(parts, session),
    workshops: await waitingRequests(parts, session),
    polls: pollsWaiting(await listPolls(parts.database.sql), new Date()),
    feedback: await proposalsWaiting(parts.database.sql),
  }
}

/** The routes of the interface for programs. */
export function apiRoutes(parts: Parts): ApiRoute[] {
  return [
    ...curationRoutes(parts),
    ...announcementRoutes(announcementParts(parts)),
    ...caseRoutes(parts),
    ...workshopRoutes(parts),
    ...pollRoutes(parts),
    ...surveyRoutes(parts),
  ]
}

/** What the lane for bulk needs to know. */
export function bulkFor(parts: Parts, rates: Bulk['rates']): Bulk {
  return announcementBulk(announcementParts(parts), rates)
}

/** The pages everybody may see. */
export function publicPages(parts: Parts): PublicPage[] {
  return [...workshopPublicPages(parts), ...resultPages(parts), ...proposalPages(parts), ...clipPages(parts)]
}

/** What happens on a schedule. */
export function scheduledJobs(parts: Parts): ScheduledJob[] {
  return [
    reminderJob(parts.database.sql, parts.knowledge),
    weeklyClipsJob(parts.database.sql, parts.knowledge),
    workshopJob(parts),
    pollJob(parts),
    photoJob(parts),
    ...versionJobs(parts),
  ]
}

/** What happens as soon as the database tells of something, where jobs run. */
export function followers(parts: Parts, databaseUrl: string): Subscription[] {
  return [tellAtOnce(parts, databaseUrl)]
}

/** What every sweep repairs beside the turns and the outbox. */
export async function sweepFeatures(sql: Sql, knowledge: Knowledge): Promise<void> {
  await deliverReplies(sql, knowledge)
}
