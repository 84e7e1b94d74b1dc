// What others may use of proposals.
export { feedbackEffects, proposalsOf } from './effects.ts'
export { proposalTable } from './personal.ts'
export { photoJob } from './photos.ts'
export { proposalPages } from './public.ts'
export { feedbackPages } from './staff.ts'
export { proposalsWaiting } from './store.ts'
export { feedbackTopic } from './topic.ts'
