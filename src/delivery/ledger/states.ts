// How a delivery may move. The statements of the ledger keep to this table; a test drives both side by side.

/** `uncertain`: it may have arrived; only staff decide what to do about it. */
export type DeliveryStatus = 'planned' | 'sending' | 'sent' | 'failed' | 'skipped' | 'uncertain'

export type DeliveryEvent =
  /** An instance takes it to send it now. */
  | 'claim'
  /** There is a reason not to send it to this person. */
  | 'skip'
  /** It certainly was not sent: it waits again. */
  | 'return'
  /** The channel took it. */
  | 'take'
  /** The channel refused it for good. */
  | 'refuse'
  /** Whether it arrived is unknown: the answer was lost, or who sent it died. */
  | 'lose'
  /** The channel says of a message it took that it did not arrive. */
  | 'undeliver'
  /** Staff count it as sent. */
  | 'confirm'
  /** Staff have it sent (again). */
  | 'again'

/** A `lose` may be premature: a process that was cut off from the database may still tell what it knows. */
const MOVES: Record<DeliveryStatus, Partial<Record<DeliveryEvent, DeliveryStatus>>> = {
  planned: { claim: 'sending', skip: 'skipped' },
  sending: { take: 'sent', refuse: 'failed', undeliver: 'failed', lose: 'uncertain', return: 'planned' },
  sent: { undeliver: 'failed' },
  failed: { again: 'planned' },
  skipped: { again: 'planned' },
  uncertain: { take: 'sent', refuse: 'failed', return: 'planned', confirm: 'sent', again: 'planned' },
}

export const DELIVERY_STATUSES = ['planned', 'sending', 'sent', 'failed', 'skipped', 'uncertain'] as const

/** Where the event leads; undefined: it does not happen in this status. */
export function move(status: DeliveryStatus, event: DeliveryEvent): DeliveryStatus | undefined {
  return MOVES[status][event]
}

/** The statuses in which the event may happen. */
export function statusesBefore(event: DeliveryEvent): DeliveryStatus[] {
  return DELIVERY_STATUSES.filter(status => move(status, event) !== undefined)
}
