// An editor's way from the first word to "done", in a real browser, on the whole application.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/platform/log.ts'
import { type FakeBotApi, startFakeBotApi } from '../channels/telegram/fake-bot-api.ts'
import { addRecipients, FIRST_CHAT } from '../support/announcing.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { office } from './support/office.ts'

const PATIENT = { timeout: 20_000, interval: 100 }
/** For a machine that is busy with something else. */
const LONG_MS = 90_000
const RECIPIENTS = 40
const TEXT = 'Radionica o budžetu je u subotu u 10 časova.'
/** Where the pages are kept as pictures, for whoever wants to look at them. */
const PICTURES = process.env.KOMSIJA_TEST_PICTURES

let browser: Browser
let fake: FakeBotApi
let database: TestDatabase & { drop(): Promise<void> }
let app: App
let dataDir: string
const lines: string[] = []
beforeAll(async () => {
  browser = await openBrowser()
  fake = await startFakeBotApi()
  database = await testDatabase()
  dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-announcements-'))
  await addRecipients(database.sql, RECIPIENTS)
  fake.block(FIRST_CHAT)
  const env = {
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PORT: '0',
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_ROOT: fake.url,
    TELEGRAM_RATE: '10',
  }
  app = await startApp(readConfig(env), createLog('trace', { write: line => lines.push(line) }))
})
afterAll(async () => {
  await app.stop()
  await database.drop()
  await fake.stop()
  await browser.close()
  rmSync(dataDir, { recursive: true })
})

/** A browser in which a new editor is signed in; what the pages ask is confirmed. */
async function openEditor(email: string, options: BrowserContextOptions = {}) {
  const place = { sql: database.sql, url: app.url }
  const opened = await office(browser, place, { role: 'editor', email }, options)
  opened.page.on('dialog', dialog => void dialog.accept())
  return opened
}

async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true })
}

test(
  'a draft is written, looked at, sent, held, gone on with and done, live',
  async () => {
    const { page, faults, close } = await openEditor('mira@grad.rs')
    await page.goto(`${app.url}/console/announcements`)
    await page.getByRole('link', { name: 'Novo obaveštenje' }).click()
    await page.evaluate('window.untouched = true')
    await page.getByLabel('Na srpskom').pressSequentially(TEXT)
    const look = page.locator('#look')
    await expect.poll(() => look.textContent(), PATIENT).toContain(`Dobija ga ljudi: ${RECIPIENTS}`)
    await expect.poll(() => look.locator('.preview.viber').textContent(), PATIENT).toContain(TEXT)
    await page.getByLabel('Srpski, ćirilica').check()
    await expect.poll(() => look.locator('.preview.telegram').textContent(), PATIENT).toContain('Радионица')
    expect(await page.evaluate('window.untouched'), 'the page was not loaded again').toBe(true)
    await page.getByRole('button', { name: 'Sačuvaj nacrt' }).click()
    expect(await page.locator('.done').textContent()).toContain('Nacrt je sačuvan')
    expect(await page.getByLabel('Na srpskom').inputValue()).toBe(TEXT)

    await page.getByRole('button', { name: 'Pošalji sada' }).click()
    const progress = page.locator('#progress')
    await page.evaluate('window.untouched = true')
    await expect.poll(() => progress.textContent(), PATIENT).toContain('Brzina:')
    expect(await progress.textContent()).toContain('Kraj za oko')
    await picture(page, 'sending')
    await page.getByRole('button', { name: 'Zaustavi' }).click()
    await expect.poll(() => progress.textContent(), PATIENT).toContain('Zaustavljeno')
    await picture(page, 'paused')
    await page.getByRole('button', { name: 'Nastavi' }).click()
    await page.evaluate('window.untouched = true')
    await expect
      .poll(() => progress.textContent(), PATIENT)
      .toContain(`Obrađeno ${RECIPIENTS} od ${RECIPIENTS}`)
    await expect.poll(() => progress.textContent(), PATIENT).toContain('Završeno')
    expect(await page.evaluate('window.untouched'), 'the end came by itself').toBe(true)
    for (let chat = FIRST_CHAT + 1; chat < FIRST_CHAT + RECIPIENTS; chat++)
      expect(fake.sent(chat)).toHaveLength(1)

    expect(await page.locator('#outcome').textContent()).toContain('blokirali su bota')
    expect(lines.join('')).not.toContain(TEXT)
    expect(faults).toEqual([])
    await close()
  },
  LONG_MS,
)

const LOOKS: [string, BrowserContextOptions][] = [
  ['phone-light', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
  ['phone-dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
  ['desk-light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['desk-dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
]

test.each(LOOKS)(
  '%s: no page has a fault that axe knows or is wider than the screen',
  async (name, look) => {
    const { page, close } = await openEditor(`${name}@grad.rs`, { ...look, reducedMotion: 'reduce' })
    const check = async (what: string) => {
      await picture(page, `${what}-${name}`)
      expect(await violations(page), what).toEqual([])
      const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(beyond, what).toBeLessThanOrEqual(0)
    }
    await page.goto(`${app.url}/console/announcements`)
    await check('list')
    await page.locator('.rows a').last().click()
    await page.locator('main details summary').first().click()
    await check('done')
    await page.getByRole('link', { name: 'Po osobama' }).click()
    await check('people')
    await page.goBack()
    await page.getByRole('button', { name: 'Napiši ispravku' }).click()
    await page.getByLabel('Na srpskom').fill('ISPRAVKA: http://grad.rs [dan]')
    await page.locator('#look').getByText('popunjeno').waitFor()
    await expect.poll(() => page.locator('.htmx-request').count(), PATIENT).toBe(0)
    await check('draft')
    await close()
  },
  LONG_MS,
)

test(
  'without a script everything essential works',
  async () => {
    const { page, close } = await openEditor('jovan@grad.rs', { javaScriptEnabled: false })
    await page.goto(`${app.url}/console/announcements/new`)
    await page.getByLabel('Na srpskom').fill('Bez skripta')
    await page.getByRole('checkbox', { name: 'Viber' }).check()
    await page.getByRole('button', { name: 'Prikaži izgled i broj ljudi' }).click()
    expect(await page.locator('#look').textContent()).toContain('ne bi dobio niko')
    await page.getByRole('checkbox', { name: 'Viber' }).uncheck()
    await page.getByRole('button', { name: 'Sačuvaj nacrt' }).click()
    await page.getByRole('button', { name: 'Pošalji sada' }).click()
    await expect
      .poll(async () => {
        await page.reload()
        return page.locator('#progress').textContent()
      }, PATIENT)
      .toContain('Završeno')
    await close()
  },
  LONG_MS,
)
