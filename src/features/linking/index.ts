export { linkCodeTable, linkingEffects } from './effects.ts'
export { linkingTopic } from './topic.ts'
