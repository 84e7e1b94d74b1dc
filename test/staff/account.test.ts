// What everybody may do with their own account.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword, isPassword } from '../../src/staff/secrets.ts'
import { type Browser, COOKIE, startConsole, type TestConsole } from '../support/console.ts'

const PASSWORD = 'plavi slon pleše noću'
const NEXT = 'zelena reka i stari most'

let console_: TestConsole
let passwordHash: string
beforeAll(async () => {
  console_ = await startConsole()
  passwordHash = await hashPassword(PASSWORD)
})
afterAll(() => console_.stop())
const sql: TestConsole['database']['sql'] = (...query) => console_.database.sql(...query)

type Own = Browser & { email: string; accountId: string }

async function signedIn(): Promise<Own> {
  const browser = await console_.signIn('inbox')
  await sql`UPDATE staff_account SET password_hash = ${passwordHash}, recovery = '{a,b,c}' WHERE id = ${browser.accountId}`
  return browser
}

/** Another browser of the same account. */
async function elsewhere({ email }: Own): Promise<Browser> {
  return console_.signIn('inbox', { email })
}

const opens = async (browser: Browser) => (await browser.get('/console/account')).statusCode === 200
const actions = async ({ email }: Own) =>
  (await sql<{ action: string }>`SELECT action FROM audit WHERE actor = ${email} ORDER BY id`).map(
    row => row.action,
  )

describe('the password', () => {
  test('is changed by whoever knows the old one; other browsers are signed out', async () => {
    const browser = await signedIn()
    const other = await elsewhere(browser)
    const answer = await browser.post('/console/account/password', { old: PASSWORD, password: NEXT })
    expect(answer.headers.location).toBe('/console/account?done=console.account.done.password')
    expect([await opens(browser), await opens(other)]).toEqual([true, false])
    const [row] = await sql<{ hash: string }>`
      SELECT password_hash AS hash FROM staff_account WHERE id = ${browser.accountId}`
    expect(await isPassword(NEXT, row?.hash ?? null)).toBe(true)
    expect(await actions(browser)).toEqual(['account.password'])
  })

  test('stays when the old one is wrong or the new one easy, and the field says why', async () => {
    const browser = await signedIn()
    const wrong = await browser.post('/console/account/password', { old: 'x', password: NEXT })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toMatch(/id="password-old-problem">Sadašnja lozinka nije tačna/)
    const easy = await browser.post('/console/account/password', { old: PASSWORD, password: 'lozinka12345' })
    expect(easy.body).toMatch(/id="new-password-problem">Ovu lozinku je lako pogoditi/)
    expect(await actions(browser)).toEqual([])
  })

  test('can’t be guessed on an open page: the fifth wrong one locks, also for the right one', async () => {
    const browser = await signedIn()
    for (let tries = 0; tries < 5; tries++) await browser.post('/console/account/password', { old: 'x' })
    const right = await browser.post('/console/account/password', { old: PASSWORD, password: NEXT })
    expect(right.statusCode).toBe(422)
    expect(await opens(browser), 'who is in stays in').toBe(true)
  })
})

describe('codes', () => {
  test('the page says how many recovery codes are left and makes new ones', async () => {
    const browser = await signedIn()
    expect((await browser.get('/console/account')).body).toContain('Ostala su 3 koda za oporavak.')
    const refused = await browser.post('/console/account/recovery', { old: 'x' })
    expect(refused.statusCode).toBe(422)
    const page = await browser.post('/console/account/recovery', { old: PASSWORD })
    expect(page.body.match(/[A-Z2-9]{5}-[A-Z2-9]{5}/g)).toHaveLength(10)
    expect((await browser.get('/console/account')).body).toContain('Ostalo je 10 kodova za oporavak.')
    const [row] = await sql<{
      recovery: string[]
    }>`SELECT recovery FROM staff_account WHERE id = ${browser.accountId}`
    expect(row?.recovery).not.toContain('a')
  })

  test('a new app is connected only with the password; everybody is signed out', async () => {
    const browser = await signedIn()
    expect((await browser.post('/console/account/codes', {})).statusCode).toBe(422)
    expect(await opens(browser)).toBe(true)
    expect((await browser.post('/console/account/codes', { old: PASSWORD })).headers.location).toBe(
      '/console/sign-in',
    )
    expect(await opens(browser)).toBe(false)
    const [row] = await sql`
      SELECT totp_secret AS secret, totp_since AS since, recovery FROM staff_account WHERE id = ${browser.accountId}`
    expect(row).toEqual({ secret: null, since: null, recovery: [] })
  })
})

describe('devices', () => {
  test('one is signed out, or all others; only one’s own', async () => {
    const browser = await signedIn()
    const [second, third] = [await elsewhere(browser), await elsewhere(browser)]
    const stranger = await signedIn()
    const { body } = await browser.get('/console/account')
    const hashes = [...body.matchAll(/name="hash" value="(\w+)"/g)].map(([, hash]) => hash ?? '')
    expect(hashes).toHaveLength(2)
    const strangers = /name="hash" value="(\w+)"/.exec(
      (await (await elsewhere(stranger)).get('/console/account')).body,
    )?.[1]
    await browser.post('/console/account/devices', { hash: strangers ?? '' })
    expect(await opens(stranger)).toBe(true)

    await browser.post('/console/account/devices', { hash: hashes[0] ?? '' })
    expect([await opens(second), await opens(third)].filter(Boolean)).toHaveLength(1)
    await browser.post('/console/account/devices')
    expect([await opens(browser), await opens(second), await opens(third)]).toEqual([true, false, false])
  })
})

describe('the language', () => {
  test('is the account’s, in every browser', async () => {
    const browser = await signedIn()
    await browser.post('/console/account/language', { language: 'sr-Cyrl' })
    const page = await (await elsewhere(browser)).get('/console/account')
    expect(page.body).toContain('<html lang="sr-Cyrl">')
    expect(page.body).toContain(browser.email)
    await browser.post('/console/account/language', { language: 'xx' })
    expect((await browser.get('/console/account')).body).toContain('<html lang="sr-Cyrl">')
  })
})

describe('keys for programs', () => {
  test('are shown once, open the interface, and open nothing once revoked', async () => {
    const browser = await signedIn()
    const { body } = await browser.post('/console/account/tokens', { name: 'Tabla <b>' })
    const key = /kms_[\w-]{43}/.exec(body)?.[0] ?? ''
    expect((await browser.get('/console/account')).body).not.toContain(key)
    expect((await browser.get('/console/account')).body).toContain('Tabla &lt;b&gt;')
    expect(await sql`SELECT 1 FROM api_token WHERE hash LIKE '%kms_%'`).toEqual([])
    const [token] = await sql<{
      id: string
    }>`SELECT id FROM api_token WHERE account_id = ${browser.accountId}`
    await (await signedIn()).post(`/console/account/tokens/${token?.id}/revoke`)
    const works = async () => {
      const [row] = await sql`SELECT 1 FROM api_token WHERE id = ${token?.id} AND revoked_at IS NULL`
      return row !== undefined
    }
    expect(await works(), 'somebody else can’t revoke it').toBe(true)
    await browser.post(`/console/account/tokens/${token?.id}/revoke`)
    await browser.post('/console/account/tokens/nonsense/revoke')
    expect(await works()).toBe(false)
  })
})

test('the cookie of the console opens no other account after the account is gone', async () => {
  const browser = await signedIn()
  await sql`DELETE FROM staff_account WHERE id = ${browser.accountId}`
  expect(await opens(browser)).toBe(false)
  expect(browser.cookies.has(COOKIE)).toBe(true)
})
