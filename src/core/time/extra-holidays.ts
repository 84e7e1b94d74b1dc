import type { Content } from '../model/content.ts'
import type { Settings } from '../model/settings.ts'

type Extra = Settings['extraHolidays']

/** What was made of the settings last: every step asks. */
const made = new WeakMap<Extra, { content: Content; result: Content }>()

/**
 * The content with the days off that staff added. Only within the years that are known as a whole: a single
 * day of a later year must not make that year look complete.
 */
export function withExtraHolidays(content: Content, extra: Extra): Content {
  if (extra.length === 0) return content
  const known = made.get(extra)
  if (known?.content === content) return known.result
  const result = { ...content, holidays: joined(content.holidays, extra) }
  made.set(extra, { content, result })
  return result
}

function joined(holidays: Content['holidays'], extra: Extra): Content['holidays'] {
  const own = new Set(holidays.map(({ day }) => day))
  const [first = '', last = ''] = [holidays[0]?.day, holidays.at(-1)?.day].map(day => day?.slice(0, 4))
  const added = extra.filter(
    ({ day }) => !own.has(day) && day.slice(0, 4) >= first && day.slice(0, 4) <= last,
  )
  return [...holidays, ...added].toSorted((a, b) => a.day.localeCompare(b.day))
}
