// Everything the bot can do: topics in the order in which they are asked whether they accept an event (the
// last accepts all), what carries out their effects, pages, routes and jobs.
import type { FetchedFile } from '../channels/channel.ts'
import type { Settings } from '../core/model/settings.ts'
import type { Topic } from '../core/model/topic.ts'
import type { Knowledge } from '../core/step.ts'
import { consentsOf, countChats, keepFiles, kernelTables, type PersonalTable } from '../people/index.ts'
import type { Database } from '../platform/db/database.ts'
import type { ScheduledJob } from '../platform/jobs.ts'
import type { Log } from '../platform/log.ts'
import type { Media } from '../platform/media/media.ts'
import type { PublicPage } from '../site/index.ts'
import type { ApiRoute, Session, StaffPage, Waiting } from '../staff/index.ts'
import type { EffectHandlers, Loaders } from '../turn/index.ts'
import { answerEffects, answersTopic, menuTopic } from './answers/index.ts'
import { choiceEffects, choicesOf, choicesTopic, choiceTable } from './choices/index.ts'
import { consentEffects, consentTopic } from './consent/index.ts'
import {
  countWaiting,
  feedbackEffects,
  feedbackPages,
  feedbackTopic,
  photoJob,
  proposalPages,
  proposalsOf,
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
  pollRoutes,
  pollsTopic,
  pollsWaiting,
  progressTable,
  resultPages,
  voteTable,
} from './polls/index.ts'
import { rightsEffects, rightsTopic } from './rights/index.ts'
import { surveyPages, surveyRoutes, surveysTopic } from './surveys/index.ts'
import { welcomeTopic } from './welcome/index.ts'

/** Every table that refers to a person: how it reads, its erasure, its part in a merging. */
export const personalTables: readonly PersonalTable[] = [
  reminderTable,
  linkCodeTable,
  choiceTable,
  voteTable,
  progressTable,
  proposalTable,
  ...kernelTables,
]

export const topics: readonly Topic[] = [
  consentTopic,
  rightsTopic(personalTables),
  linkingTopic,
  choicesTopic,
  pollsTopic,
  surveysTopic,
  feedbackTopic,
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
  ...pollEffects,
  ...feedbackEffects,
  'make-files': async (sql, { files }, context) => ({
    kind: 'files-made',
    files: await keepFiles(sql, files, context),
  }),
}

export const loaders: Loaders = {
  consents: async (sql, { personId }) => ({ consents: await consentsOf(sql, personId) }),
  chats: async (sql, { personId }) => ({ chats: await countChats(sql, personId) }),
  choices: async (sql, { personId }) => ({ choices: await choicesOf(sql, personId) }),
  polls: async (sql, context) => ({ polls: await loadItems(sql, context) }),
  ballot: (sql, context, { pollId }) => loadBallot(sql, context, pollId),
  proposals: async (sql, context) => ({ proposals: await proposalsOf(sql, context) }),
}

/** What pages, routes and jobs of the features work with. */
export type Parts = {
  database: Database
  /** Content and sentences as they are now. */
  knowledge(): Knowledge
  /** What staff decided, as it is now. */
  settings(): Settings
  media: Media
  /** The address people see, without a slash at the end. */
  publicUrl: string
  /** A file that somebody sent, by the reference in its event. */
  fetchFile(channel: string, ref: string, maxBytes: number): Promise<FetchedFile>
  log: Log
}

/** The pages of the console. */
export function staffPages(parts: Parts): StaffPage[] {
  return [...pollPages(parts), ...surveyPages(parts), ...feedbackPages(parts)]
}

/** How many things wait for somebody in each section of the console. */
export async function waitingFor({ database }: Parts, _session: Session): Promise<Waiting> {
  const { sql } = database
  return { polls: pollsWaiting(await listPolls(sql), new Date()), feedback: await countWaiting(sql) }
}

/** The routes of the interface for programs. */
export function apiRoutes(parts: Parts): ApiRoute[] {
  return [...pollRoutes(parts), ...surveyRoutes(parts)]
}

/** The pages everybody may see. */
export function publicPages(parts: Parts): PublicPage[] {
  return [...resultPages(parts), ...proposalPages(parts)]
}

/** What happens on a schedule. */
export function scheduledJobs(parts: Parts): ScheduledJob[] {
  const { database, knowledge } = parts
  return [reminderJob(database.sql, knowledge), pollJob(parts), photoJob(parts)]
}
