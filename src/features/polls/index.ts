// What others may use of polls.

export { pollRoutes } from './api.ts'
export { loadBallot, loadItems } from './ballots.ts'
export { type By, closeNow, type DeedProblem, openNow } from './deeds.ts'
export { pollEffects } from './effects.ts'
export { pollJob } from './jobs.ts'
export { announcementBlocks } from './messages.ts'
export { progressTable, voteTable } from './personal.ts'
export { resultPages } from './public.ts'
export { pollPages } from './staff.ts'
export { pollsTopic } from './topic.ts'
