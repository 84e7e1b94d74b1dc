// From the day something happened to the day a guide's deadline ends.
import type { GuideDeadline, Holiday } from '../../core/model/content.ts'
import { addDays, weekday } from '../../core/time/day.ts'
import { type DayOff, type Deadline, deadline } from '../../core/time/working-days.ts'

export type Computed = {
  start: string
  /** The last day, on which a reminder is due. */
  date: string
  /** How days were counted; absent for a deadline in hours, which simply run. */
  counted?: Deadline['counted']
  /** The last day if the deadline is extended as far as the law lets it. */
  extended?: string
}

/** The first and the last day of the years whose holidays are known; undefined when none are. */
export function knownDays(holidays: readonly Holiday[]): { from: string; until: string } | undefined {
  const [first, last] = [holidays[0], holidays.at(-1)]
  return first && last && { from: `${first.day.slice(0, 4)}-01-01`, until: `${last.day.slice(0, 4)}-12-31` }
}

/** When the deadline ends after an event on `start`; undefined when that leaves the years that are known. */
export function compute(
  { length, extension, firstDayCounts }: GuideDeadline,
  start: string,
  holidays: readonly Holiday[],
): Computed | undefined {
  const known = knownDays(holidays)
  if (!known || start < known.from || start > known.until) return undefined
  const found = length.unit === 'hours' ? inHours(start, length.count) : inDays(length.unit)
  return (found.extended ?? found.date) <= known.until ? found : undefined

  function inDays(counts: 'calendar' | 'working'): Computed {
    const closed = new Set(holidays.map(({ day }) => day))
    const before = firstDayCounts ? addDays(start, -1) : start
    const after = (days: number) => deadline({ start: before, days, counts, holidays: closed })
    const { date, counted } = after(length.count)
    const extended = extension && after(extension.days).date
    return { start, date, counted, extended }
  }
}

/** Hours run through nights and weekends: after whole days it is the same time of day. */
function inHours(start: string, hours: number): Computed {
  return { start, date: addDays(start, Math.ceil(hours / 24)) }
}

/** What was passed over: how many days of weekends, and the other days. */
export function passedOver(skipped: readonly DayOff[]): { weekends: number; holidays: string[] } {
  const isWeekend = ({ day }: DayOff) => weekday(day) === 0 || weekday(day) === 6
  return {
    weekends: skipped.filter(isWeekend).length,
    holidays: skipped.filter(off => !isWeekend(off)).map(({ day }) => day),
  }
}
