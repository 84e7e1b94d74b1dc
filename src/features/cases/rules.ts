// When people answer: the day an answer is promised for, and the hours of the week.
import type { Holiday } from '../../core/model/content.ts'
import type { Hours, Settings } from '../../core/model/settings.ts'
import { addDays, weekday } from '../../core/time/day.ts'

/** How long a closed case can be gone on with. */
export const REOPEN_DAYS = 14
/** The longest message of a case; one message of Telegram. */
export const TEXT_MAX = 4000
/** Open cases of one person, so that nobody fills the inbox alone. */
export const OPEN_MAX = 5

type Calendar = Pick<Settings, 'caseDays' | 'openingHours' | 'extraHolidays'>

/** A year without an open day is a mistake of the settings; then the promise is a year. */
const SEARCHED_DAYS = 366

/** The last of `caseDays` days on which people work, counted from the day after `today` (ISO days). */
export function answerDay(
  today: string,
  { caseDays, openingHours, extraHolidays }: Calendar,
  holidays: readonly Holiday[],
): string {
  const closed = new Set([...holidays, ...extraHolidays].map(({ day }) => day))
  let day = today
  let left = Math.max(1, caseDays)
  for (let searched = 0; left > 0 && searched < SEARCHED_DAYS; searched++) {
    day = addDays(day, 1)
    if (openingHours[mondayFirst(day)] && !closed.has(day)) left--
  }
  return day
}

function mondayFirst(day: string): number {
  return (weekday(day) + 6) % 7
}

/** Weekdays one after the other (0 = Monday) with the same hours. */
export type OpenRun = { from: number; to: number; hours: NonNullable<Hours> }

/** The opening hours of a week, days with the same hours together. */
export function openRuns(week: readonly Hours[]): OpenRun[] {
  const runs: OpenRun[] = []
  for (const [day, hours] of week.entries()) {
    if (!hours) continue
    const last = runs.at(-1)
    const goesOn = last?.to === day - 1 && last.hours.from === hours.from && last.hours.to === hours.to
    if (goesOn) last.to = day
    else runs.push({ from: day, to: day, hours })
  }
  return runs
}
