// Who gets a seat, and when. Pure; seats.ts carries it out.
//
// The waiting list is strictly in order: nobody passes anybody, however few seats they need. Seats that are
// too few for the first are kept for them until enough are free, or until they ask for fewer. A group that
// waits so holds up those behind it; the other rule would let a class wait for ever.
//
// A freed seat goes to the first who waits: at once if the workshop is more than a day away, else as an offer
// that ends in time for the next one. Shortly before the beginning there is no time left for offers: then free
// seats are anybody's who signs up, whether they waited or not.
import type { OwnSeat, RegistrationStatus, Workshop } from '../../core/model/workshop.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** With more time than this left, a freed seat is given, not offered. */
const GIVEN_BEFORE_MS = 24 * HOUR_MS
/** No offer lasts until later than this before the beginning. */
const OFFERS_END_MS = 2 * HOUR_MS
/** Nobody can answer faster. */
const OFFER_SHORTEST_MS = 15 * MINUTE_MS
/** Around the workshop people may check in. */
const CHECK_IN_MS = 2 * HOUR_MS
/** Workshops whose staff don't close them are over by themselves after this long. */
export const OVER_AFTER_MS = 12 * HOUR_MS
/** Changes this soon after one another are told as one. */
export const TELL_AFTER_MS = 2 * MINUTE_MS
/** Fewer answers than this are not summed up: single people could be recognised. */
export const SMALL_GROUP = 10
/** Characters of a comment or a request. */
export const TEXT_MAX = 1000
/** Open requests one person may have. */
export const REQUESTS_MAX = 3

/** Those whom a change concerns. */
export const CONCERNED: readonly RegistrationStatus[] = ['confirmed', 'offered', 'waiting']

/** Seats of somebody with so many guests. */
export function seatsOf({ guests }: Pick<OwnSeat, 'guests'>): number {
  return guests + 1
}

/** What becomes of a seat that is freed now. */
export type Freed = { kind: 'given' } | { kind: 'offered'; until: number } | { kind: 'open' }

export function freedSeat(
  { startsAt, offerMinutes }: { startsAt: number; offerMinutes: number },
  now: number,
): Freed {
  if (startsAt - now > GIVEN_BEFORE_MS) return { kind: 'given' }
  const until = Math.min(now + offerMinutes * MINUTE_MS, startsAt - OFFERS_END_MS)
  return until - now < OFFER_SHORTEST_MS ? { kind: 'open' } : { kind: 'offered', until }
}

type Times = Pick<Workshop, 'status' | 'startsAt' | 'endsAt' | 'opensAt' | 'closesAt'>

/** Whether people may sign up now. */
export function isOpen({ status, startsAt, opensAt, closesAt }: Times, now: number): boolean {
  return status === 'published' && now >= (opensAt ?? 0) && now < (closesAt ?? startsAt)
}

/** Whether people may check in now. */
export function isDoorOpen({ status, startsAt, endsAt }: Times, now: number): boolean {
  const held = status === 'published' || status === 'done'
  return held && now >= startsAt - CHECK_IN_MS && now <= endsAt + CHECK_IN_MS
}

/** The most guests somebody may bring along. */
export function guestsAllowed(
  { capacity, guestsMax }: Pick<Workshop, 'capacity' | 'guestsMax'>,
  group: boolean,
): number {
  return Math.min(group ? capacity - 1 : guestsMax, capacity - 1)
}

/** What staff may make of a registration, and from which states: none of it gives a seat that isn't there. */
export const CHANGES = {
  attended: ['confirmed', 'offered', 'absent'],
  absent: ['confirmed', 'attended'],
  confirmed: ['attended', 'absent'],
  cancelled: CONCERNED,
} as const satisfies Partial<Record<RegistrationStatus, readonly RegistrationStatus[]>>

/** Whether the registration still leads to a seat. */
export function isActive(status: RegistrationStatus | undefined): boolean {
  return status !== undefined && CONCERNED.includes(status)
}

/** The state that is worth more when two people turn out to be one comes first. */
const WORTH: readonly RegistrationStatus[] = [
  'attended',
  'confirmed',
  'offered',
  'waiting',
  'absent',
  'cancelled',
]

type Kept = { status: RegistrationStatus; guests: number; position: number | null }

/**
 * Which of two registrations of one person stays: the better state; in the same, whoever stands further in
 * front; then whoever needs more seats.
 */
export function betterOf<One extends Kept>(first: One, second: One): One {
  const worth = WORTH.indexOf(first.status) - WORTH.indexOf(second.status)
  if (worth) return worth < 0 ? first : second
  const waits = first.status === 'waiting' || first.status === 'offered'
  if (waits) return (first.position ?? 0) <= (second.position ?? 0) ? first : second
  return first.guests >= second.guests ? first : second
}
