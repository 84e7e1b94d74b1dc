// What others may use of the answers.

export { entryById, hiddenBecause } from './catalog.ts'
export { answerEffects } from './effects.ts'
export { createMatcher, type Matcher } from './matcher.ts'
export { CHOOSER_TOKEN, menuMessage, menuTopic } from './menu.ts'
export { answerMessage, day as dayText, entryButtons, menuButton, textWithMenu } from './messages.ts'
export { questionsOverview, reviewOverview } from './overview.ts'
export { createSuggester, type Suggester } from './suggest.ts'
export { answersTopic, opensEntry } from './topic.ts'
