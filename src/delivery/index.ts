// What others may use of delivery.
export { createReceipts } from './receipts.ts'
export { createSender, type Sender } from './sender.ts'
export type { Claimed } from './store.ts'
