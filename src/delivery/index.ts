// What others may use of delivery.
export { type Failures, type Queue, readFailures, readQueue } from './figures.ts'
export { measureQueue } from './metrics.ts'
export { createReceipts } from './receipts.ts'
export { createSender, type Sender } from './sender.ts'
export type { Claimed } from './store.ts'
