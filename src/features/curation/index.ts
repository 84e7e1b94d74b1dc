// What others may use of the curation.

export { curationRoutes } from './api.ts'
export { compose, standingOf } from './compose.ts'
export { versionJobs } from './jobs.ts'
export { readLiveContent } from './live-content.ts'
export { countWaiting } from './overview.ts'
export { type Pulled, pullRevisions } from './pull.ts'
export { curationPages } from './staff.ts'
export { CONTENT_NEWS } from './store.ts'
export { createWorkbench, type Workbench } from './workbench.ts'
