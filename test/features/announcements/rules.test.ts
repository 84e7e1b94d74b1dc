import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../src/core/model/settings.ts'
import {
  forecast,
  isSameText,
  monthBegan,
  needsApproval,
  restAt,
} from '../../../src/features/announcements/rules.ts'

const timeZone = 'Europe/Belgrade'
const at = (local: string) => Date.parse(local)
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString())

describe('quiet hours', () => {
  const rest = (moment: string, scheduled = true) =>
    restAt(at(moment), { scheduled, timeZone, calendar: DEFAULT_SETTINGS })

  it.each([
    ['2026-11-25T21:00:00+01:00', '2026-11-26T07:00:00.000Z'],
    ['2026-11-25T23:59:00+01:00', '2026-11-26T07:00:00.000Z'],
    ['2026-11-26T07:59:00+01:00', '2026-11-26T07:00:00.000Z'],
    // Summer time began that night: eight o'clock is an hour earlier.
    ['2027-03-27T22:00:00+01:00', '2027-03-28T06:00:00.000Z'],
  ])('%s is quiet until %s', (moment, allowedFrom) => {
    const found = rest(moment)
    expect(found?.reason).toBe('quiet-hours')
    expect(iso(found?.allowedFrom)).toBe(allowedFrom)
  })

  it.each(['2026-11-25T20:59:00+01:00', '2026-11-25T08:00:00+01:00', '2026-11-25T12:00:00+01:00'])(
    '%s is not quiet',
    moment => expect(rest(moment)).toBeUndefined(),
  )

  it('are not for who sends now', () => {
    expect(rest('2026-11-25T23:00:00+01:00', false)).toBeUndefined()
  })

  it('may lie within a day', () => {
    const calendar = { quietHours: { from: '12:00', to: '14:00' }, silence: [] }
    const found = restAt(at('2026-11-25T13:00:00+01:00'), { scheduled: true, timeZone, calendar })
    expect(iso(found?.allowedFrom)).toBe('2026-11-25T13:00:00.000Z')
    expect(restAt(at('2026-11-25T22:00:00+01:00'), { scheduled: true, timeZone, calendar })).toBeUndefined()
  })
})

describe('a silence', () => {
  const silence = [
    { from: '2026-12-10', to: '2026-12-12', reason: 'izbori' },
    { from: '2026-12-13', to: '2026-12-13', reason: 'dan posle' },
  ]
  const calendar = { ...DEFAULT_SETTINGS, silence }

  it('holds for everything, both days included, and for the next one that follows', () => {
    for (const moment of ['2026-12-10T00:00:00+01:00', '2026-12-12T23:59:00+01:00']) {
      const found = restAt(at(moment), { scheduled: false, timeZone, calendar })
      expect(found?.reason).toBe('silence')
      expect(iso(found?.allowedFrom)).toBe('2026-12-13T23:00:00.000Z')
    }
    expect(restAt(at('2026-12-14T00:00:00+01:00'), { scheduled: false, timeZone, calendar })).toBeUndefined()
  })

  it('is followed by quiet hours for what is scheduled', () => {
    const found = restAt(at('2026-12-11T12:00:00+01:00'), { scheduled: true, timeZone, calendar })
    expect(iso(found?.allowedFrom)).toBe('2026-12-14T07:00:00.000Z')
  })
})

it('approval is needed above the limit, once there are two who may give it', () => {
  expect(needsApproval(201, { approvers: 2, approvalAbove: 200 })).toBe(true)
  expect(needsApproval(200, { approvers: 2, approvalAbove: 200 })).toBe(false)
  expect(needsApproval(10_000, { approvers: 1, approvalAbove: 200 })).toBe(false)
})

it('texts are the same in any script and spelling', () => {
  expect(isSameText('Radionica u subotu, u 10!', 'радионица  у СУБОТУ у 10')).toBe(true)
  expect(isSameText('Radionica u subotu u 10', 'Radionica u subotu u 11')).toBe(false)
})

it('the cost is that of those outside of a session, as long as there is money', () => {
  const budget = { price: 0.02, monthly: 10, currency: 'EUR' }
  expect(forecast({ free: 5, paid: 100 }, budget, 450)).toEqual({
    ...{ free: 5, paid: 100, currency: 'EUR', beyond: 50 },
    cost: 1,
  })
  expect(forecast({ free: 0, paid: 3 }, { ...budget, price: 0 }, 1e6)).toMatchObject({ cost: 0, beyond: 0 })
  expect(forecast({ free: 0, paid: 3 }, budget, 1e6)).toMatchObject({ cost: 0, beyond: 3 })
})

it('the month begins on the city’s clocks', () => {
  expect(iso(monthBegan(timeZone, at('2026-11-30T23:30:00Z')))).toBe('2026-11-30T23:00:00.000Z')
  expect(iso(monthBegan(timeZone, at('2026-07-15T12:00:00Z')))).toBe('2026-06-30T22:00:00.000Z')
})
