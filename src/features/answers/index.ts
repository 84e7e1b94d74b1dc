// What others may use of the answers.

export { calibrate, matchingHash } from './calibrate.ts'
export { entryById, entryToken, hiddenBecause, visibleClips } from './catalog.ts'
export { createNearness, leadersOf } from './clusters.ts'
export { answerEffects } from './effects.ts'
export { type Confusable, confusablePairs, confusableWith } from './index-confusable.ts'
export type { Tongue } from './index-text.ts'
export { type Indexed, renewIndexes, sameCutOffs } from './indexes.ts'
export { createMatcher, type Indexes, type Matcher } from './matcher.ts'
export { type ExplainedCandidate, type Explanation, explain } from './matcher-explain.ts'
export { type Asked, askGold, type Figures, figuresOf, gradeOf } from './measure.ts'
export { CATEGORIES, CHOOSER_TOKEN, menuMessage, menuTopic } from './menu.ts'
export {
  answerMessage,
  CLIP_TOKEN,
  day as dayText,
  entryButtons,
  menuButton,
  textWithMenu,
} from './messages.ts'
export { questionsOverview, reviewOverview } from './overview.ts'
export { createSearch, createSuggester, type Search, type Suggester } from './suggest.ts'
export { answersTopic, opensEntry } from './topic.ts'
