// The console in a real browser: the way in, every page of the shell on a desk and on a phone, in both themes;
// and that everything essential works without a script.
import type { AddressInfo } from 'node:net'
import { generateSync } from 'otplib'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstAdminLink } from '../../src/staff/index.ts'
import { COOKIE, startConsole, type TestConsole } from '../support/console.ts'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { newPage } from './support/page.ts'

const PASSWORD = 'plavi slon pleše noću'

let console_: TestConsole
let url: string
let browser: Browser
beforeAll(async () => {
  console_ = await startConsole()
  await console_.app.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(console_.app.server.address() as AddressInfo).port}`
  browser = await openBrowser()
}, 240_000)
afterAll(async () => {
  await browser.close()
  await console_.stop()
})

/** A page on which an admin is signed in. */
async function signedIn(options: BrowserContextOptions = {}) {
  const { cookies } = await console_.signIn('admin')
  const opened = await newPage(browser, options)
  await opened.page.context().addCookies([{ name: COOKIE, value: cookies.get(COOKIE) ?? '', url }])
  return opened
}

const overflow = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')

test('the first admin gets in: link, password, app, recovery codes, overview', async () => {
  const link = await firstAdminLink(console_.database)
  const { page, faults, close } = await newPage(browser, { viewport: { width: 390, height: 844 } })
  await page.goto(`${url}${link}`)
  await page.getByLabel('E-adresa').fill('mira@grad.example')
  await page.getByLabel('Nova lozinka').fill(PASSWORD)
  await page.getByRole('button', { name: 'Postavi lozinku' }).click()
  const secret = (await page.locator('.secret').textContent()) ?? ''
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Prvi kod').fill(generateSync({ secret }))
  await page.getByRole('button', { name: 'Dalje' }).click()
  expect(await page.locator('.codes li').count()).toBe(10)
  expect([await overflow(page), await violations(page)]).toEqual([0, []])
  await page.getByRole('link', { name: 'Sačuvano, dalje' }).click()
  await page.waitForURL('**/console/overview')
  expect(faults).toEqual([])
  await close()
}, 240_000)

const PAGES = [
  '/console/overview',
  '/console/people',
  '/console/settings',
  '/console/account',
  '/console/team',
  '/console/audit',
  '/console/nothing',
]
const LOOKS: [string, BrowserContextOptions, string][] = [
  ['on a desk', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }, 'sr-Latn'],
  ['on a phone', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }, 'en'],
  [
    'on a phone in the dark, in Cyrillic',
    { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
    'sr-Cyrl',
  ],
]

describe.each(LOOKS)('%s', (_name, options, language) => {
  test.each(PAGES)('%s has no barrier, nothing beside the screen and no script that fails', async path => {
    const { page, faults, close } = await signedIn(options)
    await console_.database.sql`UPDATE staff_account SET language = ${language}`
    await page.goto(url + path)
    await page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")
    expect(await overflow(page)).toBe(0)
    expect(await violations(page)).toEqual([])
    expect(faults.filter(fault => !/404/.test(fault))).toEqual([])
    await close()
  })
})

test('the keyboard reaches the content, opens the menu and closes it', async () => {
  const { page, close } = await signedIn()
  await console_.database.sql`UPDATE staff_account SET language = 'sr-Latn'`
  await page.goto(`${url}/console/people`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await page.evaluate('document.activeElement.id')).toBe('main')
  await page.locator('details.me summary').press('Enter')
  expect(await page.getByRole('button', { name: 'Odjavi se' }).isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  expect(await page.getByRole('button', { name: 'Odjavi se' }).isVisible()).toBe(false)
  await close()
})

test('a deed that can’t be undone asks first', async () => {
  const { page, close } = await signedIn()
  await console_.signIn('monitor', { email: 'jelena@grad.example' })
  await page.goto(`${url}/console/team`)
  const row = page.getByRole('row', { name: /jelena@grad/ })
  page.once('dialog', dialog => dialog.dismiss())
  await row.getByRole('button', { name: 'Isključi' }).click()
  const disabled = async () =>
    (await console_.database.sql`SELECT 1 FROM staff_account WHERE disabled_at IS NOT NULL`).length
  expect(await disabled()).toBe(0)
  page.once('dialog', dialog => dialog.accept())
  await row.getByRole('button', { name: 'Isključi' }).click()
  await page.getByText('Nalog je isključen.').waitFor()
  expect(await disabled()).toBe(1)
  await close()
})

test('the figures at the top of the overview are asked for again, and a failure leaves them as they were', async () => {
  const { page, close } = await signedIn()
  await page.goto(`${url}/console/overview`)
  await page.route('**/console/overview', route => route.fulfill({ status: 500, body: 'broken' }))
  const failed = page.waitForResponse(answer => answer.status() === 500)
  await page.evaluate("htmx.trigger('#now', 'every'), htmx.ajax('GET', '/console/overview', '#now')")
  await failed
  await page.getByText('Nije uspelo.').waitFor()
  expect(await page.locator('#now').textContent()).toContain('Odgovori na čekanju')
  await close()
})

test('without a script settings are changed and what is wrong is said', async () => {
  const { page, close } = await signedIn({ javaScriptEnabled: false })
  await page.goto(`${url}/console/settings`)
  const card = page.locator('#caseDays')
  await card.getByText('Izmeni').click()
  await card.getByLabel('Radnih dana').fill('0')
  await card.getByRole('button', { name: 'Sačuvaj' }).click()
  expect(await card.locator('.wrong').textContent()).toBe('Upišite broj od 1 do 60.')
  await card.getByLabel('Radnih dana').fill('4')
  await card.getByRole('button', { name: 'Sačuvaj' }).click()
  expect(await card.textContent()).toMatch(/Sačuvano[\s\S]*4 radna dana/)
  await close()
})
