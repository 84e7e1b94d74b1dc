// What others may use of the ledger.

export type { Going, PaidLimit } from './claim.ts'
export { type Lane, type LaneOptions, startLane } from './lane.ts'
export { DELIVERY_STATUSES, type DeliveryEvent, type DeliveryStatus, move, statusesBefore } from './states.ts'
export { countPaid } from './store.ts'
