export { choiceEffects, choicesOf, choiceTable } from './effects.ts'
export { choiceButtons, choicesTopic, OTHER_COMMUNITY, shownCommunities } from './topic.ts'
