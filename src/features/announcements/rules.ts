// When announcements may go out, and who must agree.
import type { Settings } from '../../core/model/settings.ts'
import { fold } from '../../core/text/fold.ts'
import { addDays } from '../../core/time/day.ts'
import { momentIn, wallTimeIn } from '../../core/time/zoned.ts'

type Calendar = Pick<Settings, 'quietHours' | 'silence'>

/** Why nothing goes out at a moment, and from when on it may (ms). */
export type Rest = { reason: 'quiet-hours' | 'silence'; allowedFrom: number }

/** A silence may follow another, and quiet hours a silence. */
const RESTS_MAX = 50

/**
 * Whether an announcement must rest at this moment (ms). Quiet hours are for those that were scheduled: who
 * sends now knows what time it is.
 */
export function restAt(
  at: number,
  { scheduled, timeZone, calendar }: { scheduled: boolean; timeZone: string; calendar: Calendar },
): Rest | undefined {
  const restFrom = (moment: number) =>
    silenceAt(moment, timeZone, calendar) ?? (scheduled ? quietAt(moment, timeZone, calendar) : undefined)
  const first = restFrom(at)
  if (!first) return undefined
  let { allowedFrom } = first
  for (let count = 0; count < RESTS_MAX; count++)
    allowedFrom = restFrom(allowedFrom)?.allowedFrom ?? allowedFrom
  return { reason: first.reason, allowedFrom }
}

function silenceAt(at: number, timeZone: string, { silence }: Calendar): Rest | undefined {
  const { day } = wallTimeIn(timeZone, at)
  const found = silence.find(({ from, to }) => from <= day && day <= to)
  if (!found) return undefined
  const allowedFrom = momentIn(timeZone, { day: addDays(found.to, 1), time: '00:00' }) ?? at
  return { reason: 'silence', allowedFrom }
}

function quietAt(at: number, timeZone: string, { quietHours: { from, to } }: Calendar): Rest | undefined {
  const { day, time } = wallTimeIn(timeZone, at)
  const overnight = from > to
  const quiet = overnight ? time >= from || time < to : time >= from && time < to
  if (!quiet) return undefined
  const endsOn = overnight && time >= from ? addDays(day, 1) : day
  // An hour that the clock skips in spring begins when it has skipped it.
  const allowedFrom = momentIn(timeZone, { day: endsOn, time: to }) ?? at + 3_600_000
  return { reason: 'quiet-hours', allowedFrom }
}

/** A second person must agree; as long as there is none who could, nobody need. */
export function needsApproval(
  recipients: number,
  { approvers, approvalAbove }: { approvers: number; approvalAbove: number },
): boolean {
  return approvers >= 2 && recipients > approvalAbove
}

/** Whether two texts say the same, however they are spelled. */
export function isSameText(one: string, other: string): boolean {
  return plain(one) === plain(other)
}

function plain(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** What sending to people outside of a session costs, and how many of them the month's budget has no money for. */
export type Forecast = { free: number; paid: number; cost: number; currency: string; beyond: number }

export function forecast(
  people: { free: number; paid: number },
  budget: NonNullable<Settings['viberBudget']>,
  paidBefore: number,
): Forecast {
  const { price, currency } = budget
  const left = Math.max(0, paidMax(budget) - paidBefore)
  const served = Math.min(people.paid, left)
  return { ...people, cost: served * price, currency, beyond: people.paid - served }
}

/** How many messages the month's money is enough for. */
export function paidMax({ price, monthly }: { price: number; monthly: number }): number {
  return price > 0 ? Math.floor(monthly / price + 1e-9) : Number.MAX_SAFE_INTEGER
}

/** The moment the month began on the city's clocks (ms). */
export function monthBegan(timeZone: string, now: number): number {
  const { day } = wallTimeIn(timeZone, now)
  return momentIn(timeZone, { day: `${day.slice(0, 7)}-01`, time: '00:00' }) ?? now
}
