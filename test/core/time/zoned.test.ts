import { describe, expect, it } from 'vitest'
import { momentIn, wallTimeIn } from '../../../src/core/time/zoned.ts'

const ZONE = 'Europe/Belgrade'
const moment = (text: string) => {
  const [day = '', time = ''] = text.split(' ')
  const at = momentIn(ZONE, { day, time })
  return at === undefined ? undefined : new Date(at).toISOString()
}

describe('a moment of the city’s clock', () => {
  it.each([
    ['2030-01-15 10:00', '2030-01-15T09:00:00.000Z'],
    ['2030-07-15 10:00', '2030-07-15T08:00:00.000Z'],
    ['2030-07-15 00:00', '2030-07-14T22:00:00.000Z'],
    ['2029-12-31 23:59', '2029-12-31T22:59:00.000Z'],
    // Spring: two o'clock is three o'clock at once.
    ['2030-03-31 01:59', '2030-03-31T00:59:00.000Z'],
    ['2030-03-31 03:00', '2030-03-31T01:00:00.000Z'],
    // Autumn: the hour from two to three comes twice; the first is meant.
    ['2030-10-27 02:30', '2030-10-27T00:30:00.000Z'],
    ['2030-10-27 03:00', '2030-10-27T02:00:00.000Z'],
  ])('%s is %s', (shown, iso) => {
    expect(moment(shown)).toBe(iso)
  })

  it.each([
    '2030-03-31 02:00',
    '2030-03-31 02:59',
    '2030-02-30 10:00',
    '2030-01-01 24:00',
    '2030-01-01',
    ' ',
    '30-1-1 1:1',
  ])('%s never comes', shown => {
    expect(moment(shown)).toBeUndefined()
  })

  it('is shown again as it was given, at any hour of the year', () => {
    for (
      let at = Date.parse('2030-01-01T00:00:00Z');
      at < Date.parse('2031-01-01T00:00:00Z');
      at += 3_600_000
    ) {
      const back = momentIn(ZONE, wallTimeIn(ZONE, at))
      // The second of two equal hours is read as the first.
      expect([at, at - 3_600_000]).toContain(back)
    }
  })
})
