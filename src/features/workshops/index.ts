// What others may use of workshops.
export { workshopEffects, workshopLoaders } from './effects.ts'
export { tellAtOnce, workshopJob } from './jobs.ts'
export { feedbackTable, registrationTable, requestTable } from './personal.ts'
export { workshopsTopic } from './topic.ts'
