// Guessing passwords and codes: over HTTP, from one address and from many, one after the other and at once.
import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createLimiter, networkOf } from '../../src/platform/http/limiter.ts'
import { hashPassword, newTotpSecret } from '../../src/staff/secrets.ts'
import { startConsole, type TestConsole } from '../support/console.ts'

const PASSWORD = 'plavi slon pleše noću'
const EMAIL = 'mira@grad.example'
const SECRET = newTotpSecret()

let console_: TestConsole
let passwordHash: string
beforeAll(async () => {
  console_ = await startConsole()
  passwordHash = await hashPassword(PASSWORD)
})
afterAll(() => console_.stop())
const sql: TestConsole['database']['sql'] = (...query) => console_.database.sql(...query)

beforeEach(async () => {
  await sql`TRUNCATE staff_account, staff_session, audit CASCADE`
  await sql`INSERT INTO staff_account (email, role, password_hash, totp_secret, totp_since)
    VALUES (${EMAIL}, 'editor', ${passwordHash}, ${SECRET}, now())`
})

async function guess(password: string, ip?: string): Promise<number> {
  const browser = console_.browser(ip)
  await browser.get('/console/sign-in')
  return (await browser.post('/console/sign-in', { email: EMAIL, password })).statusCode
}

async function lock() {
  const [row] = await sql<{ failures: number; minutes: number | null }>`
    SELECT failures, round(extract(epoch FROM locked_until - now()) / 60)::int AS minutes FROM staff_account`
  return row
}

const lockEnds = () => sql`UPDATE staff_account SET locked_until = now() - interval '1 second'`
const rightCode = () => generateSync({ secret: SECRET })

describe('a wrong password', () => {
  test('locks the account at the fifth, also for the right one', async () => {
    for (let tries = 1; tries <= 5; tries++) expect(await guess(`wrong ${tries}`)).toBe(401)
    expect(await lock()).toEqual({ failures: 5, minutes: 5 })
    expect(await guess(PASSWORD)).toBe(401)
    expect(await lock(), 'what is tried meanwhile doesn’t make it longer').toEqual({
      failures: 5,
      minutes: 5,
    })
    const [row] = await sql`SELECT actor, action, target FROM audit`
    expect(row).toEqual({ actor: 'system', action: 'team.lock', target: `account ${EMAIL}` })
  })

  test('locks it for twice as long each time, but never for days', async () => {
    await sql`UPDATE staff_account SET failures = 4`
    const minutes: unknown[] = []
    for (let round = 0; round < 6; round++) {
      await guess('wrong')
      minutes.push((await lock())?.minutes)
      await lockEnds()
    }
    expect(minutes).toEqual([5, 10, 20, 40, 60, 60])
    await sql`UPDATE staff_account SET failures = 1000000`
    await guess('wrong')
    expect((await lock())?.minutes).toBe(60)
  })

  test('counts no more after the lock, once its owner is in', async () => {
    for (let tries = 1; tries <= 5; tries++) await guess('wrong')
    await lockEnds()
    const browser = console_.browser()
    await browser.get('/console/sign-in')
    expect((await browser.post('/console/sign-in', { email: EMAIL, password: PASSWORD })).statusCode).toBe(
      303,
    )
    expect((await lock())?.failures, 'the password alone forgives nothing').toBe(5)
    expect((await browser.post('/console/sign-in/code', { code: rightCode() })).statusCode).toBe(303)
    expect(await lock()).toEqual({ failures: 0, minutes: null })
  })

  test('a hundred at once count as a hundred', async () => {
    const guesses = await Promise.all(Array.from({ length: 40 }, (_, number) => guess(`wrong ${number}`)))
    expect(guesses.every(status => status === 401)).toBe(true)
    expect(await lock()).toEqual({ failures: 5, minutes: 5 })
  })
})

describe('a wrong code', () => {
  test('counts like a wrong password, and the right password doesn’t forgive it', async () => {
    for (let tries = 1; tries <= 4; tries++) {
      const browser = console_.browser()
      await browser.get('/console/sign-in')
      await browser.post('/console/sign-in', { email: EMAIL, password: PASSWORD })
      expect((await browser.post('/console/sign-in/code', { code: '000000' })).statusCode).toBe(401)
    }
    expect(await lock()).toEqual({ failures: 4, minutes: null })
    const browser = console_.browser()
    await browser.get('/console/sign-in')
    await browser.post('/console/sign-in', { email: EMAIL, password: PASSWORD })
    await browser.post('/console/sign-in/code', { code: '000000' })
    expect((await lock())?.minutes).toBe(5)
    expect((await browser.post('/console/sign-in/code', { code: rightCode() })).statusCode).toBe(401)
  })
})

describe('one address of the network', () => {
  const wrong = (ip: string) => guess('wrong', ip)

  test('is stopped after thirty tries, whatever the account; others go on', async () => {
    const statuses: number[] = []
    for (let tries = 0; tries < 33; tries++) statuses.push(await wrong('192.0.2.1'))
    expect(statuses.indexOf(429)).toBe(30)
    expect(statuses.slice(30)).toEqual([429, 429, 429])
    expect(await guess(PASSWORD, '192.0.2.1'), 'nothing is judged any more').toBe(429)
    expect(await wrong('192.0.2.2')).toBe(401)
  })

  test('says when to come back, in words and for programs', async () => {
    const browser = console_.browser('192.0.2.1')
    await browser.get('/console/sign-in')
    const answer = await browser.post('/console/sign-in', { email: EMAIL, password: PASSWORD })
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '60'])
    expect(answer.body).toContain('Previše pokušaja')
  })

  test('can’t pass for others by claiming to be a proxy', async () => {
    const behind = await startConsole({ database: console_.database, trustProxy: true })
    const tryAs = async (claimed: string) => {
      const browser = behind.browser('10.9.9.9')
      const headers = { 'x-forwarded-for': `${claimed}, 198.51.100.7` }
      await browser.get('/console/sign-in', headers)
      return (await browser.post('/console/sign-in', { email: EMAIL, password: 'x' }, headers)).statusCode
    }
    const statuses: number[] = []
    for (let number = 0; number < 32; number++) statuses.push(await tryAs(`203.0.113.${number}`))
    expect(statuses.indexOf(429)).toBe(30)
    await behind.stop()
  })
})

describe('the limiter', () => {
  test('whoever has many addresses doesn’t free the busy ones', () => {
    const limiter = createLimiter({ max: 1, windowMs: 60_000 })
    limiter.allows('busy')
    for (let number = 0; number < 30_000; number++) {
      limiter.allows(`other ${number}`)
      if (number % 5000 === 0) expect(limiter.allows('busy')).toBe(false)
    }
  })

  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s belongs to %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })
})
