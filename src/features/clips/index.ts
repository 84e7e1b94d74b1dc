// What others may use of the clips.
export { clipPlugs } from './announcement.ts'
export { clipAnswerTable, clipEffects, clipSeriesTable, clipsOf } from './effects.ts'
export { sendWeeklyClips, weeklyClipsJob } from './jobs.ts'
export { clipPages } from './public.ts'
export { clipStaffPages } from './staff.ts'
export { clipsTopic } from './topic.ts'
