// What others may use of the guides.
export { guideEffects, reminderTable } from './effects.ts'
export { reminderJob, sendDueReminders } from './jobs.ts'
export { guidesTopic } from './topic.ts'
