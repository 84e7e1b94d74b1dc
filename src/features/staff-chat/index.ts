export { staffChatEffects, staffChatTable } from './effects.ts'
export { staffChatTopic } from './topic.ts'
