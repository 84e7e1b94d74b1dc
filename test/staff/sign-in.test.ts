// The way into the console, from the first link to the first page, and everything somebody may try on it.
import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccount, createLink, setPassword } from '../../src/staff/accounts.ts'
import { firstAdminLink } from '../../src/staff/index.ts'
import { hashPassword, isPassword, newTotpSecret, tokenHash } from '../../src/staff/secrets.ts'
import { forgetStaleSignIns } from '../../src/staff/sessions.ts'
import { type Browser, COOKIE, startConsole, type TestConsole } from '../support/console.ts'

const PASSWORD = 'plavi slon pleše noću'
const EMAIL = 'mira@grad.example'

let console_: TestConsole
let passwordHash: string
beforeAll(async () => {
  console_ = await startConsole()
  passwordHash = await hashPassword(PASSWORD)
})
afterAll(() => console_.stop())
beforeEach(async () => {
  await console_.database.sql`TRUNCATE staff_account, staff_link, staff_session, api_token, audit CASCADE`
})

const sql: TestConsole['database']['sql'] = (...query) => console_.database.sql(...query)

/** The code of an app at this many time steps from now. */
function codeOf(secret: string, steps = 0): string {
  return generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 })
}

/** An account that has a password, and an app if it has a secret. */
async function anAccount(secret?: string): Promise<string> {
  const id = await createAccount(console_.database.sql, { email: EMAIL, role: 'editor' })
  await setPassword(console_.database.sql, id ?? '', passwordHash)
  if (secret) await sql`UPDATE staff_account SET totp_secret = ${secret}, totp_since = now()`
  return id ?? ''
}

async function typePassword(browser: Browser, password = PASSWORD, to = '') {
  await browser.get('/console/sign-in')
  return browser.post('/console/sign-in', { email: EMAIL, password, to })
}

async function typeCode(browser: Browser, code: string, to = '') {
  return browser.post('/console/sign-in/code', { code, to })
}

const secretOf = (page: string) => /<code class="secret">([A-Z2-7]+)<\/code>/.exec(page)?.[1] ?? ''
const recoveryOf = (page: string) =>
  [...page.matchAll(/<code>([A-Z2-9]{5}-[A-Z2-9]{5})<\/code>/g)].map(([, code]) => code ?? '')
const actions = async () =>
  (await sql<{ action: string }>`SELECT action FROM audit ORDER BY id`).map(row => row.action)

describe('the first admin', () => {
  test('comes by a link, sets a password, connects an app and keeps recovery codes', async () => {
    const link = (await firstAdminLink(console_.database)) ?? ''
    const browser = console_.browser()
    const setup = await browser.get(`${link}?lang=en`)
    expect(setup.body).toContain('This is the first account')
    const set = await browser.post(link, { email: ' Mira@Grad.example ', password: PASSWORD })
    expect([set.statusCode, set.headers.location]).toEqual([303, '/console/sign-in/code'])

    const enrol = await browser.get('/console/sign-in/code')
    const secret = secretOf(enrol.body)
    expect(enrol.body).toContain('<svg')
    expect(secretOf((await browser.get('/console/sign-in/code')).body), 'a reload shows the same').toBe(
      secret,
    )
    expect((await browser.get('/console/account')).headers.location, 'not in yet').toContain(
      '/console/sign-in',
    )
    const wrong = await browser.post('/console/sign-in/enrol', { code: '000000' })
    expect([wrong.statusCode, secretOf(wrong.body)]).toEqual([401, secret])

    const kept = await browser.post('/console/sign-in/enrol', { code: codeOf(secret) })
    expect(recoveryOf(kept.body)).toHaveLength(10)
    expect(kept.body, 'leaving this page loses the codes').not.toContain('class="languages"')
    const account = await browser.get('/console/account')
    expect(account.body).toContain(EMAIL)
    expect(account.body, 'in the language of the set-up').toContain('My account')
    expect(await actions()).toEqual(['team.first-admin', 'team.enrol'])
  })

  test('is one: other links for the first admin open nothing any more', async () => {
    const links = [await firstAdminLink(console_.database), await firstAdminLink(console_.database)]
    const browsers = [console_.browser(), console_.browser()]
    for (const [index, browser] of browsers.entries()) await browser.get(links[index] ?? '')
    const answers = await Promise.all(
      browsers.map((browser, index) =>
        browser.post(links[index] ?? '', { email: `a${index}@grad.example`, password: PASSWORD }),
      ),
    )
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 410])
    expect(await sql`SELECT 1 FROM staff_account`).toHaveLength(1)
    expect(await firstAdminLink(console_.database)).toBeUndefined()
    expect((await console_.browser().get(links[0] ?? '')).statusCode).toBe(410)
  })

  test('a link stays good when the address belongs to an account already', async () => {
    await createAccount(console_.database.sql, { email: EMAIL, role: 'monitor' })
    const link = (await firstAdminLink(console_.database)) ?? ''
    const browser = console_.browser()
    await browser.get(link)
    const taken = await browser.post(link, { email: EMAIL, password: PASSWORD })
    expect(taken.statusCode).toBe(422)
    expect((await browser.post(link, { email: 'a@grad.example', password: PASSWORD })).statusCode).toBe(303)
  })

  test.each([
    ['no address', { email: 'mira', password: PASSWORD }],
    ['an address with a line break', { email: 'mira@grad.example\r\nbcc: x@y.z', password: PASSWORD }],
    ['a short password', { email: EMAIL, password: 'kratka' }],
    ['an easy password', { email: EMAIL, password: 'Lozinka12345' }],
  ])('%s is refused and the link stays good', async (_name, fields) => {
    const link = (await firstAdminLink(console_.database)) ?? ''
    const browser = console_.browser()
    await browser.get(link)
    const refused = await browser.post(link, fields)
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('role="alert"')
    expect((await browser.get(link)).statusCode).toBe(200)
  })
})

describe('an invitation', () => {
  test('works once, for three days, and sets the password of its account alone', async () => {
    const id = (await createAccount(console_.database.sql, { email: EMAIL, role: 'inbox' })) ?? ''
    const link = `/console/setup/${await createLink(console_.database.sql, id)}`
    const browser = console_.browser()
    expect((await browser.get(link)).body).toContain(`value="${EMAIL}"`)
    await browser.post(link, { email: 'other@grad.example', password: PASSWORD })
    const [account] = await sql<{ email: string; hash: string; language: string }>`
      SELECT email, password_hash AS hash FROM staff_account`
    expect(account?.email).toBe(EMAIL)
    expect(account?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await isPassword(PASSWORD, account?.hash ?? null)).toBe(true)
    expect((await browser.get(link)).statusCode).toBe(410)

    const late = `/console/setup/${await createLink(console_.database.sql, id)}`
    await sql`UPDATE staff_link SET expires_at = now() - interval '1 second'`
    expect((await console_.browser().get(late)).statusCode).toBe(410)
  })

  test('a newer link ends the older one, a disabled account ends both', async () => {
    const id = (await createAccount(console_.database.sql, { email: EMAIL, role: 'inbox' })) ?? ''
    const older = `/console/setup/${await createLink(console_.database.sql, id)}`
    const newer = `/console/setup/${await createLink(console_.database.sql, id)}`
    const open = async (link: string) => (await console_.browser().get(link)).statusCode
    expect([await open(older), await open(newer)]).toEqual([410, 200])
    await sql`UPDATE staff_account SET disabled_at = now()`
    expect(await open(newer)).toBe(410)
  })
})

describe('the password', () => {
  test('leads to the code, whatever the case of the address', async () => {
    await anAccount(newTotpSecret())
    const browser = console_.browser()
    await browser.get('/console/sign-in')
    const answer = await browser.post('/console/sign-in', { email: ' MIRA@grad.example', password: PASSWORD })
    expect(answer.headers.location).toBe('/console/sign-in/code')
    expect((await browser.get('/console/sign-in/code')).body).toContain('autocomplete="one-time-code"')
    expect((await browser.get('/console/account')).statusCode, 'the password alone opens nothing').toBe(303)
  })

  test('a wrong one, an unknown account, a disabled one and an invited one look the same', async () => {
    await anAccount()
    await createAccount(console_.database.sql, { email: 'invited@grad.example', role: 'inbox' })
    await createAccount(console_.database.sql, { email: 'gone@grad.example', role: 'inbox' })
    await sql`UPDATE staff_account SET disabled_at = now(), password_hash = ${passwordHash} WHERE email LIKE 'gone%'`
    const seen: string[] = []
    for (const [email, password] of [
      [EMAIL, 'pogrešna lozinka'],
      ['nobody@grad.example', PASSWORD],
      ['gone@grad.example', PASSWORD],
      ['invited@grad.example', ''],
      ['\0@grad.example', PASSWORD],
    ] as const) {
      const browser = console_.browser()
      await browser.get('/console/sign-in')
      const answer = await browser.post('/console/sign-in', { email, password })
      expect(answer.statusCode, email).toBe(401)
      seen.push(answer.body.replaceAll(browser.csrf(), '').replaceAll(email.replace('\0', ''), ''))
    }
    expect(new Set(seen).size).toBe(1)
  })

  test('a very long one costs no more than others', async () => {
    await anAccount()
    expect((await typePassword(console_.browser(), 'ﷺ'.repeat(50_000))).statusCode).toBe(401)
  })
})

describe('one-time codes', () => {
  test('a code works once; the next one works', async () => {
    const secret = newTotpSecret()
    await anAccount(secret)
    const first = console_.browser()
    await typePassword(first)
    const code = codeOf(secret)
    expect((await typeCode(first, ` ${code.slice(0, 3)} ${code.slice(3)}`)).headers.location).toBe('/console')
    const second = console_.browser()
    await typePassword(second)
    expect((await typeCode(second, code)).statusCode, 'used already').toBe(401)
    expect((await typeCode(second, codeOf(secret, -1))).statusCode, 'older than the last').toBe(401)
    expect((await typeCode(second, codeOf(secret, 1))).statusCode).toBe(303)
    expect(await actions()).toEqual(['team.sign-in', 'team.sign-in'])
  })

  test('of two browsers with the same code one gets in', async () => {
    const secret = newTotpSecret()
    await anAccount(secret)
    const browsers = [console_.browser(), console_.browser(), console_.browser()]
    for (const browser of browsers) await typePassword(browser)
    const code = codeOf(secret)
    const answers = await Promise.all(browsers.map(browser => typeCode(browser, code)))
    expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1)
  })

  test('a code of long ago and half a code are wrong', async () => {
    const secret = newTotpSecret()
    await anAccount(secret)
    const browser = console_.browser()
    await typePassword(browser)
    for (const code of [codeOf(secret, -4), codeOf(secret, 4), codeOf(secret).slice(0, 5), '']) {
      expect((await typeCode(browser, code)).statusCode).toBe(401)
    }
  })

  test('a recovery code works once, in any spelling, and the log says how many are left', async () => {
    const { browser, codes } = await enrolled()
    await browser.post('/console/sign-out')
    const [code = ''] = codes
    await typePassword(browser)
    expect((await typeCode(browser, ` ${code.toLowerCase().replace('-', ' ')} `)).statusCode).toBe(303)
    const again = console_.browser()
    await typePassword(again)
    expect((await typeCode(again, code)).statusCode).toBe(401)
    const [used] = await sql<{ details: object }>`SELECT details FROM audit WHERE action = 'team.recovery'`
    expect(used?.details).toEqual({ left: 9 })
  })

  test('an app can’t be connected a second time by whoever was half signed in', async () => {
    await anAccount()
    const [own, other] = [console_.browser(), console_.browser()]
    for (const browser of [own, other]) await typePassword(browser)
    const secret = secretOf((await own.get('/console/sign-in/code')).body)
    await own.post('/console/sign-in/enrol', { code: codeOf(secret) })
    const answer = await other.post('/console/sign-in/enrol', { code: codeOf(secret, 1) })
    expect(answer.headers.location).toBe('/console/sign-in')
    expect((await other.get('/console/sign-in/code')).body).not.toContain(secret)
  })

  test('whoever typed the password has half an hour for the code', async () => {
    const secret = newTotpSecret()
    await anAccount(secret)
    const browser = console_.browser()
    await typePassword(browser)
    await sql`UPDATE staff_session SET created_at = now() - interval '31 minutes'`
    expect((await typeCode(browser, codeOf(secret))).headers.location).toBe('/console/sign-in')
  })
})

async function enrolled() {
  await anAccount()
  const browser = console_.browser()
  await typePassword(browser)
  const secret = secretOf((await browser.get('/console/sign-in/code')).body)
  const page = await browser.post('/console/sign-in/enrol', { code: codeOf(secret) })
  return { browser, secret, codes: recoveryOf(page.body) }
}

describe('the session', () => {
  test('a token planted before signing in opens nothing afterwards', async () => {
    const secret = newTotpSecret()
    await anAccount(secret)
    const victim = console_.browser()
    const planted = 'A'.repeat(43)
    victim.cookies.set(COOKIE, planted)
    await victim.post('/console/sign-in', { email: EMAIL, password: PASSWORD })
    const half = victim.cookies.get(COOKIE) ?? ''
    await typeCode(victim, codeOf(secret))
    const full = victim.cookies.get(COOKIE) ?? ''
    expect(new Set([planted, half, full]).size).toBe(3)
    for (const known of [planted, half]) {
      const attacker = console_.browser()
      attacker.cookies.set(COOKIE, known)
      expect((await attacker.get('/console/account')).statusCode).toBe(303)
      expect((await attacker.get('/console/sign-in/code')).statusCode).toBe(303)
    }
    expect((await victim.get('/console/account')).statusCode).toBe(200)
  })

  test('the database holds no token', async () => {
    const { browser } = await enrolled()
    const token = browser.cookies.get(COOKIE) ?? ''
    expect(await sql`SELECT 1 FROM staff_session WHERE hash = ${token}`).toEqual([])
    expect(await sql`SELECT 1 FROM staff_session WHERE hash = ${tokenHash(token)}`).toHaveLength(1)
  })

  test.each([
    ['after eight hours without a request', `last_seen_at = now() - interval '8 hours 1 second'`],
    ['after a week in any case', `created_at = now() - interval '7 days 1 second'`],
  ])('ends %s, and the nightly clean-up takes its row', async (_name, change) => {
    const browser = await console_.signIn('monitor')
    expect((await browser.get('/console/account')).statusCode).toBe(200)
    await console_.database.prisma.$executeRawUnsafe(`UPDATE staff_session SET ${change}`)
    expect((await browser.get('/console/account')).headers.location).toContain('/console/sign-in')
    await forgetStaleSignIns(console_.database.sql)
    expect(await sql`SELECT 1 FROM staff_session`).toEqual([])
  })

  test('a request keeps it alive, a part that a page asks for by itself doesn’t', async () => {
    const browser = await console_.signIn('monitor')
    const age = async () => {
      const [row] = await sql<{ old: boolean }>`
        SELECT last_seen_at < now() - interval '1 hour' AS old FROM staff_session`
      return row?.old
    }
    await sql`UPDATE staff_session SET last_seen_at = now() - interval '7 hours'`
    expect((await browser.get('/console/account', { 'hx-request': 'true' })).statusCode).toBe(200)
    expect(await age()).toBe(true)
    await browser.get('/console/account')
    expect(await age()).toBe(false)
  })

  test('ends with signing out, which many failed tries can’t prevent', async () => {
    const browser = await console_.signIn('monitor')
    for (let tries = 0; tries < 40; tries++) await browser.post('/console/sign-in')
    expect((await browser.post('/console/sign-out')).headers.location).toBe('/console/sign-in')
    expect((await browser.get('/console/account')).statusCode).toBe(303)
    expect(await sql`SELECT 1 FROM staff_session`).toEqual([])
  })

  test('a disabled account is out at the next click', async () => {
    const browser = await console_.signIn('editor')
    await sql`UPDATE staff_account SET disabled_at = now()`
    expect((await browser.get('/console/account')).statusCode).toBe(303)
  })

  test('another role counts at the next click', async () => {
    const browser = await console_.signIn('admin')
    expect((await browser.get('/console/team')).statusCode).toBe(200)
    await sql`UPDATE staff_account SET role = 'inbox'`
    expect((await browser.get('/console/team')).statusCode).toBe(403)
    expect((await browser.get('/console/account')).body).not.toContain('href="/console/team"')
  })

  test('the clean-up leaves what is still good', async () => {
    const browser = await console_.signIn('monitor')
    await createLink(console_.database.sql, null)
    await createLink(console_.database.sql, null)
    await sql`UPDATE staff_link SET expires_at = now() - interval '1 second'
      WHERE hash = (SELECT min(hash) FROM staff_link)`
    await forgetStaleSignIns(console_.database.sql)
    expect(await sql`SELECT 1 FROM staff_link`).toHaveLength(1)
    expect((await browser.get('/console/account')).statusCode).toBe(200)
  })
})

describe('cookies', () => {
  const cookieOn = async (console: TestConsole, headers: Record<string, string>) =>
    (await console.app.inject({ url: '/console/sign-in', headers })).headers['set-cookie']

  test('over http: hidden from scripts, not sent from other sites', async () => {
    expect(await cookieOn(console_, {})).toMatch(
      /^komsija_console=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
    )
  })

  test('under the public https address: for https alone, and no neighbouring host can set it', async () => {
    expect(await cookieOn(console_, { host: 'komsija.example' })).toMatch(
      /^__Host-komsija_console=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  test('behind a proxy that speaks https: the same', async () => {
    const behind = await startConsole({ database: console_.database, trustProxy: true })
    expect(await cookieOn(behind, { 'x-forwarded-proto': 'https' })).toMatch(/^__Host-.*Secure/)
    expect(await cookieOn(console_, { 'x-forwarded-proto': 'https' })).not.toMatch(/Secure/)
    await behind.stop()
  })

  test('a cookie that isn’t ours is replaced', async () => {
    expect(await cookieOn(console_, { cookie: 'komsija_console=short' })).toMatch(
      /^komsija_console=[\w-]{43}/,
    )
  })
})

describe('where to go on', () => {
  const evil = [
    'https://evil.example/console',
    '//evil.example/console',
    '/\\evil.example',
    '/console.evil.example',
    '/console@evil.example',
    'javascript:alert(1)//console',
    '/console/../webhooks/telegram',
    '/console/sign-out',
    '/console/sign-in',
  ]
  test.each(evil)('%s is not followed', async to => {
    const secret = newTotpSecret()
    await anAccount(secret)
    const browser = console_.browser()
    await typePassword(browser, PASSWORD, to)
    expect((await typeCode(browser, codeOf(secret), to)).headers.location).toBe('/console')
    const signedIn = await browser.get(`/console/sign-in?to=${encodeURIComponent(to)}`)
    expect(signedIn.headers.location).toBe('/console')
  })

  test('a place of the console is, through both steps and every language', async () => {
    const to = '/console/audit?actor=a%40b.c'
    const asked = await console_.browser().get(to)
    expect(asked.headers.location).toBe(`/console/sign-in?to=${encodeURIComponent(to)}`)
    const secret = newTotpSecret()
    await anAccount(secret)
    const browser = console_.browser()
    const page = await browser.get(asked.headers.location as string)
    expect(page.body).toContain(`<input type="hidden" name="to" value="${to}">`)
    expect(page.body).toContain(`?to=${encodeURIComponent(to)}&amp;lang=en`)
    const half = await browser.post('/console/sign-in', { email: EMAIL, password: PASSWORD, to })
    expect(half.headers.location).toBe(`/console/sign-in/code?to=${encodeURIComponent(to)}`)
    expect((await typeCode(browser, codeOf(secret), to)).headers.location).toBe(to)
  })

  test('line breaks make no header', async () => {
    const secret = newTotpSecret()
    await anAccount(secret)
    const to = '/console/x\r\nset-cookie: a=b'
    const browser = console_.browser()
    await typePassword(browser, PASSWORD, to)
    const answer = await typeCode(browser, codeOf(secret), to)
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/console/xset-cookie:%20a=b')
    expect(answer.cookies.map(({ name }) => name)).toEqual([COOKIE])
  })

  test('a chosen language holds for the next step too', async () => {
    await anAccount()
    const browser = console_.browser()
    expect((await browser.get('/console/sign-in?lang=sr-Cyrl')).body).toContain('Пријављивање')
    expect((await browser.post('/console/sign-in', { email: EMAIL, password: 'x' })).body).toContain(
      'Пријављивање',
    )
  })
})
