// An announcement on a bad day: two instances, a platform that asks for silence and drops connections, kill -9.
// `npm run bench -- announcements-fire` is the long form.
import { expect, test } from 'vitest'
import { announceUnderFire } from '../support/under-fire.ts'

const FIRE = {
  recipients: 400,
  rate: 60,
  kills: 3,
  databaseKills: 0,
  pauses: 1,
  silenceShare: 0.006,
  patienceMs: 120_000,
}

test('everybody gets it once or is accounted for, whoever dies and whatever the platform asks for', async () => {
  const report = await announceUnderFire(FIRE)
  const { numbers, dropped, inFlight } = report
  expect(numbers).toMatchObject({ status: 'done', total: FIRE.recipients, planned: 0, sending: 0 })
  expect(numbers.sent + numbers.failed + numbers.skipped + numbers.uncertain).toBe(FIRE.recipients)
  expect(report.repeated, 'people who got it twice').toBe(0)
  expect(report.contradicted, 'people of whom the ledger says something else than the platform').toBe(0)
  expect(report.disobeyed, 'requests while silence was asked for').toBe(0)
  expect(numbers.failed, 'those who blocked the bot, unless nobody knows').toBeLessThanOrEqual(8)
  expect(numbers.uncertain, 'only what was on its way').toBeLessThanOrEqual(dropped + inFlight)
  expect(report.busiestPerSecond, 'the rate').toBeLessThanOrEqual(FIRE.rate * 1.15)
}, 180_000)
