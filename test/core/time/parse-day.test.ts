import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, isDay } from '../../../src/core/time/day.ts'
import { parseDay } from '../../../src/core/time/parse-day.ts'

/** A Tuesday. */
const TODAY = '2026-11-24'
const dayOf = (text: string) => {
  const parsed = parseDay(text, TODAY)
  return parsed.kind === 'day' ? parsed.day : parsed.kind
}

describe('a typed day', () => {
  it.each([
    '12.11.2026',
    '12. 11. 2026.',
    ' 12.11.2026. ',
    '12/11/2026',
    '12-11-26',
    '2026-11-12',
    '2026/11/12',
    '12. novembra',
    '12 nov',
    '12. novembar 2026. godine',
    '12. новембра 2026.',
    'od 12. novembra',
    'Novembar 12',
    'November 12, 2026',
    '12th of November',
    '12. studenog 2026',
    'pre 12 dana',
    'prije 12 dana',
    '12 days ago',
  ])('is read from %s', text => {
    expect(dayOf(text)).toBe('2026-11-12')
  })

  it.each([
    ['danas', '2026-11-24'],
    ['Данас', '2026-11-24'],
    ['today', '2026-11-24'],
    ['juče', '2026-11-23'],
    ['juce', '2026-11-23'],
    ['јуче', '2026-11-23'],
    ['JUČER', '2026-11-23'],
    ['yesterday', '2026-11-23'],
    ['prekjučer', '2026-11-22'],
    ['prošli petak', '2026-11-20'],
    ['u ponedjeljak', '2026-11-23'],
    ['last Friday', '2026-11-20'],
    ['utorak', '2026-11-17'],
    ['pre nedelju dana', '2026-11-17'],
    ['prije dvije sedmice', '2026-11-10'],
    ['two weeks ago', '2026-11-10'],
  ])('%s is counted from today', (text, day) => {
    expect(dayOf(text)).toBe(day)
  })

  it('without a year is the nearest one', () => {
    expect(dayOf('5. 1.')).toBe('2027-01-05')
    expect(dayOf('5.10.')).toBe('2026-10-05')
  })

  it.each(['31.2.2026', '12.13.2026', '45. marta', '0.0.0000', '29.2.2027'])('%s does not exist', text => {
    expect(dayOf(text)).toBe('impossible')
  })

  it('needs its month, and a year of two or four digits', () => {
    expect(dayOf('12.')).toBe('incomplete')
    expect(dayOf('1.1.1')).toBe('unreadable')
    expect(dayOf('12. nov 26 u podne')).toBe('unreadable')
    expect(dayOf('20261112')).toBe('unreadable')
  })

  it.each([
    'ko popravlja rasvetu',
    'zakon 129/2007',
    'maj',
    '',
    'koliko dana pre 12. novembra mogu da se žalim',
  ])('is not seen in "%s"', text => {
    expect(dayOf(text)).toBe('none')
  })

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9. /-]{0,12}$/)), text => {
        const parsed = parseDay(text, TODAY)
        if (parsed.kind === 'day') expect(isDay(parsed.day)).toBe(true)
      }),
    )
  })

  it('is read back from every usual spelling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), count => {
        const day = addDays('2026-01-01', count)
        const [year, month, date] = day.split('-').map(Number)
        for (const text of [day, `${date}.${month}.${year}.`, `${date}/${month}/${year}`])
          expect(dayOf(text)).toBe(day)
      }),
    )
  })
})
