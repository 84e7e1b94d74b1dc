import { counter } from '../platform/http/metrics.ts'

/** Events that were answered, and attempts that broke. */
export const turnsTotal = counter('komsija_turns_total', 'Events answered, by channel and outcome', [
  'channel',
  'outcome',
])

/** What was made of the messages that were read as questions. */
export const answersTotal = counter('komsija_answers_total', 'Questions, by what the bot decided', [
  'channel',
  'decision',
])
