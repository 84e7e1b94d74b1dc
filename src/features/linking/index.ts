export { linkCodeTable, linkingEffects, redeemCode } from './effects.ts'
export { linkingTopic } from './topic.ts'
