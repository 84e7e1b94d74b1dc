// What others may use of delivery.
export { type Bulk, createDelivery, type Delivery } from './delivery.ts'
export { type Failures, type Queue, readFailures, readQueue } from './figures.ts'
export {
  countPaid,
  DELIVERY_STATUSES,
  type DeliveryEvent,
  type DeliveryStatus,
  type Going,
  move,
  type PaidLimit,
  statusesBefore,
} from './ledger/index.ts'
export { measureQueue } from './metrics.ts'
export { createReceipts } from './receipts.ts'
export type { Claimed } from './store.ts'
