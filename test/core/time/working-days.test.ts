import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayFrom, dayIn, daysBetween, isDay, weekday } from '../../../src/core/time/day.ts'
import { type Counting, DAYS_MAX, dayOff, deadline } from '../../../src/core/time/working-days.ts'

const rows = readFileSync(path.join(import.meta.dirname, '../../../content/holidays.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map(line => line.split(','))
const holidays = new Set(rows.map(([day = '']) => day))

const end = (start: string, days: number, counts: Counting) => deadline({ start, days, counts, holidays })

const anyDay = fc.integer({ min: 0, max: 900 }).map(count => addDays('2026-01-01', count))
const anyCounting = fc.constantFrom<Counting[]>('calendar', 'working')
const anyLength = fc.integer({ min: 1, max: 90 })
const anyHolidays = fc.array(anyDay, { maxLength: 60 }).map(days => new Set(days))

describe('a deadline in calendar days', () => {
  it('counts from the day after the event and includes weekends', () => {
    expect(end('2026-11-24', 15, 'calendar')).toEqual({
      date: '2026-12-09',
      counted: { from: '2026-11-25', until: '2026-12-09', skipped: [] },
    })
  })

  it('moves from a Saturday over the weekend', () => {
    expect(end('2026-11-20', 15, 'calendar')).toEqual({
      date: '2026-12-07',
      counted: {
        from: '2026-11-21',
        until: '2026-12-05',
        skipped: [
          { day: '2026-12-05', why: 'saturday' },
          { day: '2026-12-06', why: 'sunday' },
        ],
      },
    })
  })

  it('moves over Easter and the moved Labour Day that follows it', () => {
    const { date, counted } = end('2027-04-15', 15, 'calendar')
    expect(date).toBe('2027-05-05')
    expect(counted.skipped.map(({ why }) => why)).toEqual(Array(5).fill('holiday'))
  })
})

describe('a deadline in working days', () => {
  it('passes over weekends and holidays', () => {
    const { date, counted } = end('2026-12-29', 6, 'working')
    expect(counted.skipped.map(({ day }) => day)).toEqual([
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
      '2027-01-07',
    ])
    expect(date).toBe('2027-01-08')
  })

  it('makes 30 working days six weeks and the holidays among them', () => {
    expect(end('2026-02-02', 30, 'working').date).toBe('2026-03-18')
  })
})

describe('any deadline', () => {
  it('never ends on a weekend or a holiday, and never before counting does', () => {
    fc.assert(
      fc.property(anyDay, anyLength, anyCounting, anyHolidays, (start, days, counts, closed) => {
        const { date, counted } = deadline({ start, days, counts, holidays: closed })
        expect(dayOff(date, closed)).toBeUndefined()
        expect(date >= counted.until).toBe(true)
        expect(daysBetween(start, date)).toBeGreaterThanOrEqual(days)
      }),
    )
  })

  it('grows with its length and with its start', () => {
    fc.assert(
      fc.property(anyDay, anyLength, anyCounting, anyHolidays, (start, days, counts, closed) => {
        const one = deadline({ start, days, counts, holidays: closed }).date
        expect(deadline({ start, days: days + 1, counts, holidays: closed }).date >= one).toBe(true)
        expect(deadline({ start: addDays(start, 1), days, counts, holidays: closed }).date >= one).toBe(true)
      }),
    )
  })

  it('is as long as its working days and the days off that are named', () => {
    fc.assert(
      fc.property(anyDay, anyLength, anyHolidays, (start, days, closed) => {
        const { date, counted } = deadline({ start, days, counts: 'working', holidays: closed })
        expect(daysBetween(start, date)).toBe(days + counted.skipped.length)
      }),
    )
  })

  it('has a length that makes sense', () => {
    for (const days of [0, -1, 1.5, Number.NaN, DAYS_MAX + 1])
      expect(() => end('2026-11-24', days, 'calendar')).toThrow(RangeError)
  })
})

/** Orthodox Easter Sunday: Meeus' rule in the Julian calendar, 13 days behind the Gregorian until 2099. */
function orthodoxEaster(year: number): string {
  const moon = (19 * (year % 19) + 15) % 30
  const sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
  const sum = moon + sunday + 114
  return addDays(`${year}-0${Math.floor(sum / 31)}-${String((sum % 31) + 1).padStart(2, '0')}`, 13)
}

/** The law's days off of one year; a state holiday on a Sunday gives the next working day. */
function lawfulDaysOff(year: number): string[] {
  const easter = orthodoxEaster(year)
  const state = ['01-01', '01-02', '02-15', '02-16', '05-01', '05-02', '11-11'].map(day => `${year}-${day}`)
  const church = [`${year}-01-07`, ...[-2, -1, 0, 1].map(count => addDays(easter, count))]
  const days = new Set([...state, ...church])
  for (const holiday of state.filter(day => weekday(day) === 0)) {
    let next = holiday
    while (dayOff(next, days)) next = addDays(next, 1)
    days.add(next)
  }
  return [...days].sort()
}

describe('content/holidays.csv', () => {
  it('knows Orthodox Easter as it was and will be', () => {
    expect([2019, 2021, 2024, 2026, 2027, 2028].map(orthodoxEaster)).toEqual([
      '2019-04-28',
      '2021-05-02',
      '2024-05-05',
      '2026-04-12',
      '2027-05-02',
      '2028-04-16',
    ])
  })

  it.each([2026, 2027, 2028])('holds exactly the days off of %i', year => {
    const listed = [...holidays].filter(day => day.startsWith(`${year}`))
    expect(listed).toEqual(lawfulDaysOff(year))
  })

  it('says of every moved day which Sunday it stands for', () => {
    const moved = rows.filter(([, , , , from]) => from)
    expect(moved.map(([day]) => day)).toEqual(['2026-02-17', '2027-05-04', '2028-01-03'])
    for (const [, , , , from = ''] of moved) expect(weekday(from)).toBe(0)
  })
})

describe('days', () => {
  it('exist or not', () => {
    expect(isDay('2028-02-29')).toBe(true)
    expect([isDay('2027-02-29'), isDay('2026-13-01'), isDay('2026-1-1'), isDay('')]).toEqual(
      Array(4).fill(false),
    )
    expect(dayFrom([2026, 2, 31])).toBeUndefined()
  })

  it('change at midnight of the city, also when clocks do', () => {
    expect(dayIn('Europe/Belgrade', Date.parse('2026-11-24T22:59:59Z'))).toBe('2026-11-24')
    expect(dayIn('Europe/Belgrade', Date.parse('2026-11-24T23:00:00Z'))).toBe('2026-11-25')
    expect(dayIn('Europe/Belgrade', Date.parse('2026-07-24T22:00:00Z'))).toBe('2026-07-25')
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
  })
})
