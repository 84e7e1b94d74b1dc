// What others may use of the curation.

export { readLiveContent } from './live-content.ts'
export { CONTENT_NEWS } from './store.ts'
