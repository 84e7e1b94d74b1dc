export { welcomeTopic } from './topic.ts'
