// When a deadline ends: counted in calendar or in working days, never ending on a day off.
import { addDays, weekday } from './day.ts'

export type Counting = 'calendar' | 'working'

/** A day on which offices are closed. A holiday on a weekend is a holiday. */
export type DayOff = { day: string; why: 'saturday' | 'sunday' | 'holiday' }

export type Deadline = {
  /** The last day of the deadline, always a working day. */
  date: string
  counted: {
    /** The first day that counts: the day of the event itself doesn't. */
    from: string
    /** Where counting alone ends. Differs from `date` when a calendar deadline is moved off a day off. */
    until: string
    /** Days off that were passed over: while counting working days, or moving off the end. */
    skipped: DayOff[]
  }
}

/** No deadline of the law is longer; a longer one is a mistake. */
export const DAYS_MAX = 1000

/** Why offices are closed on that day; undefined: it is a working day. `holidays` holds ISO days. */
export function dayOff(day: string, holidays: ReadonlySet<string>): DayOff | undefined {
  if (holidays.has(day)) return { day, why: 'holiday' }
  const number = weekday(day)
  if (number === 6) return { day, why: 'saturday' }
  return number === 0 ? { day, why: 'sunday' } : undefined
}

/**
 * The end of a deadline of `days` (1 to DAYS_MAX) after the event on `start` (an ISO day). Working days:
 * weekends and holidays don't count. Calendar days: all count, and an end on a day off moves to the next
 * working day. Throws a RangeError for a length out of bounds.
 */
export function deadline(options: {
  start: string
  days: number
  counts: Counting
  holidays: ReadonlySet<string>
}): Deadline {
  const { start, days, counts, holidays } = options
  if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX)
    throw new RangeError(`a deadline of ${days} days`)
  const from = addDays(start, 1)
  if (counts === 'working') {
    const { day, skipped } = walkWorkingDays(start, days, holidays)
    return { date: day, counted: { from, until: day, skipped } }
  }
  const until = addDays(start, days)
  const { day, skipped } = walkWorkingDays(addDays(until, -1), 1, holidays)
  return { date: day, counted: { from, until, skipped } }
}

/** The `count`-th working day after `start`, and the days off on the way there. */
function walkWorkingDays(start: string, count: number, holidays: ReadonlySet<string>) {
  const skipped: DayOff[] = []
  let day = start
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    const off = dayOff(day, holidays)
    if (off) skipped.push(off)
    else left--
  }
  return { day, skipped }
}
