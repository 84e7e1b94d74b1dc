export { choiceEffects, choicesOf, choiceTable } from './effects.ts'
export { choiceButtons, choicesTopic } from './topic.ts'
