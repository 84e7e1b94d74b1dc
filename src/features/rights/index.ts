export { isSubscribed, rightsEffects } from './effects.ts'
export { rightsTopic } from './topic.ts'
