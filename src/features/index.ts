// Everything the bot can talk about, in the order in which topics are asked whether they accept an
// event (the last accepts all), and what carries out their effects.
import type { Topic } from '../core/model/topic.ts'
import { consentsOf, countChats, keepFiles, kernelTables, type PersonalTable } from '../people/index.ts'
import type { EffectHandlers, Loaders } from '../turn/index.ts'
import { answerEffects, answersTopic, menuTopic } from './answers/index.ts'
import { choiceEffects, choicesOf, choicesTopic, choiceTable } from './choices/index.ts'
import { consentEffects, consentTopic } from './consent/index.ts'
import { guideEffects, guidesTopic, reminderTable } from './guides/index.ts'
import { linkCodeTable, linkingEffects, linkingTopic } from './linking/index.ts'
import { rightsEffects, rightsTopic } from './rights/index.ts'
import { welcomeTopic } from './welcome/index.ts'

/** Every table that refers to a person: how it reads, its erasure, its part in a merging. */
export const personalTables: readonly PersonalTable[] = [
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
