// An editor's day in a real browser: search, promote, judge, publish, write, look at it on every channel.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/platform/log.ts'
import { type SignedIn, signIn } from '../support/console-client.ts'
import { testDatabase } from '../support/database.ts'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'

const PATH = '/console/answers'
/** A machine that runs other tests at the same time is slow now and then. */
const PATIENT = { timeout: 60_000 }

let browser: Browser
let database: Awaited<ReturnType<typeof testDatabase>>
let dataDir: string
let app: App
let mira: SignedIn
beforeAll(async () => {
  browser = await openBrowser()
  database = await testDatabase(16)
  dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-day-'))
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: '0', ROLE: 'web' }
  app = await startApp(readConfig(env), createLog('silent'))
  mira = await signIn(database.sql, app.url, { role: 'editor' })
})
afterAll(async () => {
  await browser.close()
  await app.stop()
  await database.drop()
  rmSync(dataDir, { recursive: true })
})

async function open(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'sr-Latn-RS', ...options })
  await context.addCookies([{ name: 'komsija_console', value: mira.token, url: app.url }])
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENT.timeout)
  const faults: string[] = []
  page.on('pageerror', error => faults.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return { page, faults, close: () => context.close(), go: (to: string) => page.goto(app.url + to) }
}

const textIn = (page: Page, selector: string) => page.locator(selector).first().innerText()

async function addMiss(question: string): Promise<void> {
  await database.sql`
    INSERT INTO miss (question, language, channel, candidates, at) VALUES (${question}, 'sr', 'web', '{}', now())`
}

test('a question that was missed is found, promoted, judged and published', async () => {
  await addMiss('zvrčalica na banderi zuji po celu noć')
  const { page, faults, close, go } = await open()
  await go(PATH)
  await page.locator('[name=q]').pressSequentially('rasvet')
  await expect
    .poll(() => textIn(page, '.listing li:first-child'), PATIENT)
    .toContain('Ko popravlja uličnu rasvetu?')
  await page.getByRole('link', { name: 'Pitanja bez odgovora' }).click()
  const cluster = page.locator('.cluster', { hasText: 'zvrčalica' })
  await cluster.getByRole('button', { name: /Ko popravlja uličnu rasvetu/ }).click()
  await page.locator('.done').waitFor()
  expect(await page.locator('.cluster', { hasText: 'zvrčalica' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Proveri i objavi' }).first().click()
  expect(await textIn(page, '.differences')).toContain('zvrčalica na banderi zuji po celu noć')
  await page.getByRole('button', { name: 'Objavi', exact: true }).click()
  await page.locator('.done').waitFor()
  expect(page.url()).toContain('done=console.answers.done.published')
  expect(faults).toEqual([])
  await close()
}, 240_000)

test('what is written is counted, shown on every channel and not lost by a click', async () => {
  const { page, faults, close, go } = await open()
  await go(`${PATH}/parking`)
  const answer = page.locator('[name="sr.answer"]')
  await answer.fill('Parkiranje je besplatno nedeljom.')
  expect(await textIn(page, '.counter')).toBe('33 / 600 znakova')
  await answer.fill('x'.repeat(601))
  expect(await page.locator('.counter').first().getAttribute('class')).toContain('over')
  await answer.fill('Parkiranje je besplatno nedeljom.')
  const preview = page.locator('#preview')
  await expect.poll(() => preview.innerText(), PATIENT).toContain('Parkiranje je besplatno nedeljom.')
  await preview.getByLabel('srpski, ćirilica').check()
  await expect.poll(() => preview.innerText(), PATIENT).toContain('Паркирање је бесплатно недељом.')
  const asked = page.waitForEvent('dialog').then(async dialog => {
    const type = dialog.type()
    await dialog.dismiss()
    return type
  })
  await page.getByRole('link', { name: 'Komšija' }).click({ noWaitAfter: true })
  expect(await asked).toBe('beforeunload')
  await page.getByRole('button', { name: 'Sačuvaj nacrt' }).click()
  await page.locator('.done').waitFor()
  expect(await page.locator('[name="sr.answer"]').inputValue()).toBe('Parkiranje je besplatno nedeljom.')
  expect(faults).toEqual([])
  await close()
}, 240_000)

test('everything essential works without a script', async () => {
  const { page, close, go } = await open({ javaScriptEnabled: false })
  await go(PATH)
  await page.locator('[name=q]').fill('grejanje')
  await page.getByRole('button', { name: 'Prikaži' }).click()
  await page.locator('.listing a').first().click()
  await page.locator('[name="sr.keywords"]').fill('grejanje, toplana, radijator')
  await page.getByRole('button', { name: 'Proveri i objavi' }).click()
  expect(await textIn(page, '.differences')).toContain('radijator')
  await page.getByRole('button', { name: 'Objavi', exact: true }).click()
  expect(await textIn(page, '.done')).toContain('Objavljeno')
  await close()
}, 240_000)

const LOOKS: [string, BrowserContextOptions][] = [
  ['a phone, dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
  ['a desk, light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
]
const PAGES = [
  PATH,
  `${PATH}/street-lighting`,
  `${PATH}/street-lighting/revisions`,
  `${PATH}/heating/revisions`,
  `${PATH}/parking`,
  `${PATH}/parking/judge`,
  `${PATH}/new?kind=redirect`,
  `${PATH}/misses`,
  `${PATH}/bench?q=ko%20popravlja%20rasvjetuu`,
  '/console/lab?example=cards',
]

describe.each(LOOKS)('%s', (_name, look) => {
  beforeAll(async () => {
    // As if every file had been changed meanwhile: both texts are shown.
    await database.sql`UPDATE revision SET base_hash = 'older'`
  })

  test.each(PAGES)(
    '%s has no fault that axe knows and is not wider than the screen',
    async to => {
      await addMiss('kad počinje sezona na bazenu')
      const { page, faults, close, go } = await open(look)
      await go(to)
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      expect(faults).toEqual([])
      await close()
    },
    60_000,
  )
})
