// What others may use of cases.
export { caseRoutes } from './api.ts'
export { caseEffects, ownCases } from './effects.ts'
export { casesOverview } from './overview.ts'
export { caseMessageTable, caseTable } from './personal.ts'
export { deliverReplies } from './replies.ts'
export { casePages, casesWaiting } from './staff.ts'
export { expireCases } from './store.ts'
export { casesTopic } from './topic.ts'
