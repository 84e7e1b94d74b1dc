// A day of whoever runs workshops, and of somebody who comes: create, publish, sign up in the chat, check in at the
// door, close, publish the minutes, hear how it was. The whole application, in a real browser.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/platform/log.ts'
import type { Role } from '../../src/staff/index.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { aWorkshop } from '../support/workshops.ts'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { office } from './support/office.ts'
import { newPage } from './support/page.ts'

/** A machine that runs other tests at the same time is slow now and then. */
const PATIENT = { timeout: 30_000 }

let browser: Browser
let app: App
let database: TestDatabase & { drop(): Promise<void> }
let dataDir: string
beforeAll(async () => {
  database = await testDatabase()
  dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-workshops-'))
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: '0' }
  app = await startApp(readConfig(env), createLog('silent'))
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.stop()
  await database.drop()
  rmSync(dataDir, { recursive: true })
})

/** A page on which somebody with the role is signed in. */
const staffPage = (role: Role, options?: BrowserContextOptions) =>
  office(browser, { sql: database.sql, url: app.url }, { role }, options)

/** Something that was pressed leads to a new page. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  await page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()
  await page.waitForLoadState()
}

const said = (page: Page) => page.locator('.message.bot').allTextContents()

test('the day of a workshop', async () => {
  const { page: staff, faults } = await staffPage('events')
  await staff.goto(`${app.url}/console/workshops`)
  await staff.getByRole('link', { name: 'Nova radionica' }).click()
  await staff.getByLabel('Naslov, srpski').fill('Kako nastaje budžet')
  await staff.getByLabel('Program, srpski').fill('10:00 Uvod\n12:00 Pitanja')
  await staff.getByLabel('Početak').fill('2031-05-10T10:00')
  await staff.getByLabel('Kraj').fill('2031-05-10T09:00')
  await staff.getByLabel('Mesna zajednica').selectOption('mz-01')
  await staff.getByLabel('Mesto', { exact: true }).fill('Dom kulture')
  await press(staff, 'Sačuvaj kao nacrt')
  expect(await staff.locator('.problem').textContent()).toContain('Kraj mora biti posle početka')
  await staff.getByLabel('Kraj').fill('2031-05-10T14:00')
  await press(staff, 'Sačuvaj kao nacrt')
  expect(await staff.locator('.done').textContent()).toBe('Nacrt je sačuvan.')

  await staff.getByRole('link', { name: 'Objavi' }).click()
  expect(await staff.locator('.preview').first().textContent()).toContain('subota, 10. 5. 2031., 10:00–14:00')
  await press(staff, 'Objavi radionicu')
  const [, id = ''] = /workshops\/(\d+)/.exec(staff.url()) ?? []

  const { page: citizen, faults: citizensFaults } = await newPage(browser)
  await citizen.goto(`${app.url}/workshops`)
  await citizen.getByRole('link', { name: 'Kako nastaje budžet' }).click()
  await citizen.getByRole('link', { name: 'Na ovoj stranici' }).click()
  await citizen.getByRole('button', { name: 'Prijavi me + 1' }).click(PATIENT)
  await citizen.getByRole('button', { name: /Imam 15 ili više godina/ }).click(PATIENT)
  await expect
    .poll(async () => (await said(citizen)).join('\n'), PATIENT)
    .toContain('Prijavljeni ste na radionicu')
  const [, code = ''] = /Kod za ulaz: (\w{5})/.exec((await said(citizen)).join('\n')) ?? []
  expect(code).toMatch(/^\w{5}$/)

  await database.sql`UPDATE workshop SET starts_at = now() - interval '1 hour', ends_at = now() + interval '3 hours'`
  await staff.goto(`${app.url}/console/workshops/${id}/door`)
  await staff.getByLabel('Kod za ulaz').fill('AAAAA')
  await staff.getByRole('button', { name: 'Pusti' }).click()
  await expect.poll(() => staff.locator('.arrival').textContent(), PATIENT).toContain('Takvog koda')
  await staff.getByLabel('Kod za ulaz').fill(code.toLowerCase())
  await staff.getByRole('button', { name: 'Pusti' }).click()
  await expect.poll(() => staff.locator('.arrival').textContent(), PATIENT).toContain('Dobro došli!')
  expect(await staff.locator('#door').textContent()).toContain('Došlo: 2 od 2')
  await press(staff, '+ 5')
  expect(await staff.locator('main').textContent()).toContain('Zabeleženo: 5.')

  await staff.goto(`${app.url}/console/workshops/${id}`)
  staff.on('dialog', dialog => void dialog.accept())
  await press(staff, 'Završi radionicu')
  expect(await staff.locator('.done').textContent()).toBe('Radionica je završena.')
  await expect.poll(async () => (await said(citizen)).join('\n'), PATIENT).toContain('Kako vam je bilo?')
  await citizen.getByRole('button', { name: '5', exact: true }).click()
  await citizen.getByRole('button', { name: 'Dodaj nekoliko reči' }).click(PATIENT)
  await expect
    .poll(async () => (await said(citizen)).join('\n'), PATIENT)
    .toContain('Napišite u jednoj poruci')
  await citizen.locator('#text').fill('Sve je bilo jasno')
  await citizen.locator('#text').press('Enter')
  await expect.poll(async () => (await said(citizen)).join('\n'), PATIENT).toContain('Hvala, zabeleženo.')

  await staff.getByLabel('Zapisnik, srpski').fill('Dogovoreno je sledeće.')
  await press(staff, 'Objavi zapisnik')
  expect(await staff.locator('main').textContent()).toContain('Sve je bilo jasno')
  expect(await staff.locator('main').textContent()).toContain('Ocene se prikazuju od 10 odgovora')
  await expect.poll(async () => (await said(citizen)).join('\n'), PATIENT).toContain('Objavljen je zapisnik')
  await citizen.goto(`${app.url}/workshops/${id}`)
  expect(await citizen.locator('#minutes').textContent()).toContain('Dogovoreno je sledeće.')
  await staff.goto(`${app.url}/console/workshops/coverage`)
  expect(await staff.locator('main').textContent()).toContain('u 1 od 26 mesnih zajednica')
  expect(await staff.locator('main').textContent()).toContain('Ljudi koji su došli: 7.')
  // The browser counts the form that was wrong at first.
  expect([...faults, ...citizensFaults].filter(fault => !fault.includes('422'))).toEqual([])
}, 240_000)

test('the door reads codes with the camera where the browser can, and no other page may use it', async () => {
  const id = await aWorkshop(database)
  const [person] = await database.sql<{ id: string }>`INSERT INTO person DEFAULT VALUES RETURNING id`
  await database.sql`
    INSERT INTO registration (workshop_id, person_id, status, guests, position, code, created_at, changed_at)
    VALUES (${id}, ${person?.id}, 'confirmed', 0, 1, 'ADEFG', now(), now())`
  const { page, close } = await staffPage('events')
  // What the machine of the test has neither a camera nor a detector for.
  await page.addInitScript(`
    window.BarcodeDetector = class { async detect() { return [{ rawValue: 'https://x.rs/console/workshops/1/door?code=ADEFG' }] } }
    navigator.mediaDevices.getUserMedia = async () => document.createElement('canvas').captureStream()
    HTMLMediaElement.prototype.play = async () => undefined`)
  const [response] = await Promise.all([
    page.waitForResponse(answer => answer.url().endsWith('/door')),
    page.goto(`${app.url}/console/workshops/${id}/door`),
  ])
  expect(response.headers()['permissions-policy']).toContain('camera=(self)')
  await page.getByRole('button', { name: 'Uključi kameru' }).click()
  await expect.poll(() => page.locator('.arrival').first().textContent(), PATIENT).toContain('Dobro došli!')
  const elsewhere = await page.goto(`${app.url}/console/workshops/${id}`)
  expect(elsewhere?.headers()['permissions-policy']).toContain('camera=()')
  await close()
})

const LOOKS: [string, BrowserContextOptions][] = [
  ['a phone, light', { viewport: { width: 390, height: 800 }, colorScheme: 'light' }],
  ['a phone, dark', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' }],
  ['a desk, light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['a desk, dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
]

describe.each(LOOKS)('%s', (_name, look) => {
  test('no page has a fault that axe knows, nor is wider than the screen', async () => {
    const id = await aWorkshop(database, { capacity: 3 })
    await database.sql`
      INSERT INTO registration (workshop_id, status, guests, position, code, created_at, changed_at)
      SELECT ${id}, CASE WHEN n < 3 THEN 'confirmed' ELSE 'waiting' END, 0, n, 'ADEF' || n, now(), now()
      FROM generate_series(1, 5) n`
    const { page, close } = await staffPage('events', { ...look, reducedMotion: 'reduce' })
    const console = [
      '',
      '/new',
      '/coverage',
      '/requests',
      `/${id}`,
      `/${id}/edit`,
      `/${id}/cancel`,
      `/${id}/door`,
    ]
    const paths = [...console.map(part => `/console/workshops${part}`), '/workshops', `/workshops/${id}`]
    for (const where of paths) {
      await page.goto(app.url + where)
      expect(await violations(page), where).toEqual([])
      const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(over, where).toBeLessThanOrEqual(0)
    }
    await close()
  }, 240_000)
})

test('everything essential works without JavaScript', async () => {
  const id = await aWorkshop(database)
  const { page, close } = await staffPage('events', { javaScriptEnabled: false })
  await page.goto(`${app.url}/console/workshops/${id}/door`)
  await page.getByLabel('Kod za ulaz').fill('AAAAA')
  await page.getByRole('button', { name: 'Pusti' }).click()
  expect(await page.locator('.arrival').textContent()).toContain('Takvog koda')
  await page.goto(`${app.url}/console/workshops/${id}/cancel`)
  await page.getByRole('button', { name: 'Otkaži i javi svima' }).click()
  expect(await page.locator('.done').textContent()).toContain('otkazana')
  await close()
})
