export { rightsEffects } from './effects.ts'
export { rightsTopic } from './topic.ts'
