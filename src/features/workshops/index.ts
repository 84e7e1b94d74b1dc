// What others may use of workshops.

export { announcementOf, workshopPlugs } from './announcement.ts'
export { workshopRoutes } from './api.ts'
export { coverageOf } from './coverage.ts'
export { workshopEffects, workshopLoaders } from './effects.ts'
export { tellAtOnce, workshopJob } from './jobs.ts'
export { workshopsOverview } from './overview.ts'
export { feedbackTable, registrationTable, requestTable } from './personal.ts'
export { workshopPublicPages } from './public.ts'
export { waitingRequests, workshopPages } from './staff.ts'
export { workshopsTopic } from './topic.ts'
