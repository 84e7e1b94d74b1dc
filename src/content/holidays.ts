// content/holidays.csv: public holidays and the days off that stand for holidays on a Sunday.
import type { Holiday } from '../core/model/content.ts'
import { addDays, isDay, weekday } from '../core/time/day.ts'
import { dayOff } from '../core/time/working-days.ts'
import { type CsvReader, readCsv } from './csv.ts'

const FILE = 'holidays.csv'
const COLUMNS = ['date', 'name', 'name_bs', 'name_en', 'moved_from']

/** Reads the holidays; a missing file means none. A row with a mistake is reported and left out. */
export async function loadHolidays(reader: CsvReader): Promise<Holiday[]> {
  const { items, lines, report } = await readCsv<Holiday>(reader, FILE, COLUMNS, (cells, before) => {
    const holiday = holidayOf(cells)
    if (typeof holiday === 'string') return holiday
    return holiday.day > (before.at(-1)?.day ?? '') ? holiday : 'days must go up, each once'
  })
  for (const { day, message } of misfits(items)) {
    report(lines[items.findIndex(holiday => holiday.day === day)] ?? 1, message)
  }
  return items
}

/** A row as a holiday, or what is wrong with it. */
function holidayOf([day = '', sr = '', bs = '', en = '', movedFrom = '']: string[]): Holiday | string {
  if (!isDay(day)) return `${day || 'the date'} is no day like 2026-11-23`
  if (!sr || !bs || !en) return 'the name is missing in a language'
  if (movedFrom && !isDay(movedFrom)) return `${movedFrom} is no day like 2026-11-23`
  return { day, name: { sr, bs, en }, ...(movedFrom && { movedFrom }) }
}

/** Moved days that stand for no listed Sunday or aren't the next working day; years that are missing. */
function misfits(holidays: readonly Holiday[]): { day: string; message: string }[] {
  const own = new Set(holidays.filter(({ movedFrom }) => !movedFrom).map(({ day }) => day))
  const found: { day: string; message: string }[] = []
  for (const { day, movedFrom } of holidays) {
    if (movedFrom === undefined) continue
    let expected = movedFrom
    while (dayOff(expected, own)) expected = addDays(expected, 1)
    if (!own.has(movedFrom) || weekday(movedFrom) !== 0)
      found.push({ day, message: `${movedFrom} is no listed holiday on a Sunday` })
    else if (day !== expected)
      found.push({ day, message: `the next working day after ${movedFrom} is ${expected}` })
  }
  holidays.forEach(({ day }, index) => {
    const gap = Number(day.slice(0, 4)) - Number((holidays[index - 1]?.day ?? day).slice(0, 4))
    if (gap > 1) found.push({ day, message: 'the year before has no holidays' })
  })
  return found
}
