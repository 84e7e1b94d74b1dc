// What others may use of delivery.
export { createSender, type Sender } from './sender.ts'
export type { Claimed } from './store.ts'
