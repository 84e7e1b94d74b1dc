// Everything the bot can talk about, in the order in which topics are asked whether they accept an
// event (the last accepts all), and what carries out their effects.
import type { Topic } from '../core/model/topic.ts'
import { countChats, kernelTables, type PersonalTable } from '../people/index.ts'
import type { EffectHandlers, Loaders } from '../turn/index.ts'
import { answerEffects, answersTopic, menuTopic } from './answers/index.ts'
import { choiceEffects, choicesOf, choicesTopic, choiceTable } from './choices/index.ts'
import { guideEffects, guidesTopic, reminderTable } from './guides/index.ts'
import { linkCodeTable, linkingEffects, linkingTopic } from './linking/index.ts'
import { isSubscribed, rightsEffects, rightsTopic } from './rights/index.ts'
import { welcomeTopic } from './welcome/index.ts'

export const topics: readonly Topic[] = [
  rightsTopic,
  linkingTopic,
  choicesTopic,
  welcomeTopic,
  guidesTopic,
  menuTopic,
  answersTopic,
]

/** Every table that refers to a person, with its export, its erasure and its part in a merging. */
export const personalTables: readonly PersonalTable[] = [
  reminderTable,
  linkCodeTable,
  choiceTable,
  ...kernelTables,
]

export const effectHandlers: EffectHandlers = {
  ...answerEffects,
  ...guideEffects,
  ...rightsEffects(personalTables),
  ...linkingEffects(personalTables),
  ...choiceEffects,
}

export const loaders: Loaders = {
  subscription: async (sql, { personId }) => ({ subscribed: await isSubscribed(sql, personId) }),
  chats: async (sql, { personId }) => ({ chats: await countChats(sql, personId) }),
  choices: async (sql, { personId }) => ({ choices: await choicesOf(sql, personId) }),
}
