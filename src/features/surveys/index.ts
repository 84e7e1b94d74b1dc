// What others may use of surveys.
export { surveyRoutes } from './api.ts'
export { surveyPages } from './staff.ts'
export { surveysTopic } from './topic.ts'
