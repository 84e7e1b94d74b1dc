// A poll from its builder to the note on what the city did, and a proposal from the chat to the public page. The
// whole application, in real browsers.
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/platform/log.ts'
import { changeSetting } from '../../src/settings/index.ts'
import type { Role } from '../../src/staff/index.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { crowd, openPoll } from '../support/polls.ts'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { office } from './support/office.ts'
import { newPage, write } from './support/page.ts'

/** A machine that runs other tests at the same time is slow now and then. */
const PATIENT = { timeout: 15_000 }
const PHONE = { viewport: { width: 390, height: 844 } }

let browser: Browser
let app: App
let database: TestDatabase & { drop(): Promise<void> }
let dataDir: string
beforeAll(async () => {
  database = await testDatabase()
  // The test may run at night.
  await changeSetting(database.sql, 'quietHours', { from: '00:00', to: '00:00' })
  await changeSetting(database.sql, 'departments', [
    { id: 'roads', name: { sr: 'Odeljenje za puteve', bs: 'Odjeljenje za puteve', en: 'Roads office' } },
  ])
  dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-polls-'))
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: String(await freePort()) }
  app = await startApp(readConfig(env), createLog('silent'))
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.stop()
  await database.drop()
  rmSync(dataDir, { recursive: true })
})

/** A port to be known before the start: addresses of pictures hold it. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

/** A page on which somebody with the role is signed in. */
async function staffPage(role: Role, options: BrowserContextOptions = {}) {
  const opened = await office(browser, { sql: database.sql, url: app.url }, { role }, options)
  opened.page.on('dialog', dialog => void dialog.accept())
  return opened
}

/** Something that was pressed leads to a new page. */
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click()
  await page.waitForLoadState()
}

/** The part of a page with this text, once it is there. */
const shows = (page: Page, selector: string, text: string) =>
  page.locator(selector).filter({ hasText: text }).first().waitFor(PATIENT)

const notWider = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

test('a poll is built with a preview that follows the typing, voted on in the chat, closed, and answered', async () => {
  const { page: staff, faults } = await staffPage('editor')
  await staff.goto(`${app.url}/console/polls`)
  await staff.getByRole('link', { name: 'Nova anketa' }).click()
  const field = (name: string) => staff.locator(`[name="${name}"]`)
  await field('text_sr').pressSequentially('Šta prvo da se uredi u Đurđevoj ulici?')
  await field('options_sr').pressSequentially('Trotoar\nRasveta')
  await staff.getByLabel('srpski, ćirilica').check()
  await shows(staff, '#preview [lang="sr-Cyrl"]', 'Шта прво да се уреди у Ђурђевој улици?')
  await shows(staff, '#preview [lang="sr-Cyrl"]', 'Расвета')
  await field('closes_at').fill('2020-01-01T10:00')
  await press(staff, 'Sačuvaj nacrt')
  await shows(staff, '.problem', 'Vreme zatvaranja mora biti u budućnosti')
  expect(await field('options_sr').inputValue()).toBe('Trotoar\nRasveta')
  await field('closes_at').fill('2031-01-01T10:00')
  await press(staff, 'Sačuvaj nacrt')
  await shows(staff, '.done', 'Nacrt je sačuvan.')
  await press(staff, 'Otvori sada')
  await shows(staff, '.badge', 'otvorena')
  const link = await staff.locator('.facts code').textContent()

  const { page: citizen, faults: citizensFaults } = await newPage(browser, PHONE)
  await citizen.goto(`${app.url}/${new URL(link ?? '').search}`)
  await citizen.getByRole('button', { name: 'Rasveta' }).click(PATIENT)
  await citizen.getByRole('button', { name: /Imam 15 ili više godina/ }).click(PATIENT)
  await shows(citizen, '.message.bot', 'Vaš glas je zabeležen: Rasveta')
  await shows(staff, '#turnout', '1')
  expect(await staff.locator('main').textContent()).not.toContain('Rezultat')

  const [poll] = await database.sql<{ id: number }>`SELECT id FROM poll`
  await crowd(database, poll?.id ?? 0, [
    { options: ['1'], count: 14 },
    { options: ['2'], count: 21, channel: 'viber' },
  ])
  await staff.reload()
  await press(staff, 'Zatvori')
  await shows(staff, '.results', '22')
  await shows(citizen, '.message.bot', 'Rezultat')
  await expect
    .poll(
      () =>
        citizen.evaluate(
          '[...document.querySelectorAll(".message.bot img")].filter(({ naturalWidth }) => naturalWidth > 400).length',
        ),
      PATIENT,
    )
    .toBe(1)
  expect(await citizen.locator('.message.bot img').getAttribute('alt')).toContain('22')

  await field('outcome_sr').fill('Postavljeno je 12 novih lampi.')
  await press(staff, 'Objavi')
  await shows(citizen, '.message.bot', 'Postavljeno je 12 novih lampi.')
  await citizen.goto(`${app.url}/results/${poll?.id}`)
  await shows(citizen, 'main', 'Postavljeno je 12 novih lampi.')
  await shows(citizen, 'table', '22')
  expect(await notWider(citizen)).toBeLessThanOrEqual(0)
  expect(await violations(citizen)).toEqual([])
  expect(await violations(staff)).toEqual([])
  // The form that was refused.
  expect([...faults, ...citizensFaults].filter(line => !line.includes('status of 422'))).toEqual([])
})

test('without a script a poll is built all the same', async () => {
  const { page } = await staffPage('editor', { javaScriptEnabled: false })
  await page.goto(`${app.url}/console/polls/new`)
  await page.locator('[name="kind"][value="scale"]').check()
  await page.locator('[name="text_sr"]').fill('Koliko ste zadovoljni parkovima?')
  await press(page, 'Sačuvaj nacrt')
  await page.locator('summary').filter({ hasText: 'srpski, ćirilica' }).click()
  await shows(page, '.bubble', 'Колико сте задовољни парковима?')
  await press(page, 'Otvori sada')
  await shows(page, '.badge', 'otvorena')
})

test('a proposal with a picture comes from the chat to the desk, and its author hears of each change', async () => {
  const { page: citizen, faults } = await newPage(browser, PHONE)
  await citizen.goto(app.url)
  await write(citizen, '/predlog')
  await citizen.getByRole('button', { name: /Imam 15 ili više godina/ }).click(PATIENT)
  await citizen.getByRole('button', { name: 'Ulice i trotoari' }).click(PATIENT)
  await shows(citizen, '.message.bot', 'Napišite predlog')
  await write(citizen, 'Kod pošte je rupa na trotoaru, zovite 064 123 4567.')
  await citizen.getByRole('button', { name: 'Dodaj sliku' }).click(PATIENT)
  const picture = sharp({ create: { width: 640, height: 480, channels: 3, background: '#a06a3c' } })
  const buffer = await picture.jpeg().toBuffer()
  await citizen.locator('#photo').setInputFiles({ name: 'rupa.jpg', mimeType: 'image/jpeg', buffer })
  await shows(citizen, '.message.bot', 'Slika je primljena.')
  await citizen.getByRole('button', { name: 'Pošalji gradu' }).last().click(PATIENT)
  await shows(citizen, '.message.bot', 'Njegov broj je')

  const { page: staff, faults: staffFaults } = await staffPage('inbox', PHONE)
  await staff.goto(`${app.url}/console/feedback`)
  await staff.locator('.cards h2 a').click()
  await staff.locator('[name="department"]').selectOption('roads')
  await press(staff, 'Prosledi i javi autoru')
  await shows(citizen, '.message.bot', 'Odeljenje za puteve')
  await staff.locator('form[action$="/answer"] [name="text_sr"]').fill('Rupa je zakrpljena.')
  await press(staff, 'Pošalji odgovor')
  await shows(citizen, '.message.bot', 'Rupa je zakrpljena.')
  expect(await staff.locator('[name="published"]').inputValue()).toContain('zovite [telefon].')
  await staff.locator('[name="published"]').fill('Kod pošte je rupa na trotoaru.')
  await press(staff, 'Objavi')
  await shows(staff, '.done', 'Objavljen je.')
  expect(await notWider(staff)).toBeLessThanOrEqual(0)
  expect(await violations(staff)).toEqual([])

  await citizen.goto(`${app.url}/proposals`)
  await shows(citizen, '.proposal', 'Kod pošte je rupa na trotoaru.')
  expect(await citizen.locator('.proposal').textContent()).not.toContain('064')
  expect(await notWider(citizen)).toBeLessThanOrEqual(0)
  expect(await violations(citizen)).toEqual([])
  expect([...faults, ...staffFaults]).toEqual([])
})

test('pages of polls fit a phone and have no fault that axe knows, open or closed', async () => {
  await openPoll(
    database,
    [{ kind: 'multiple', labels: ['Park', 'Put', 'Most'], max: 2 }, { kind: 'text' }],
    {
      title: { sr: 'Budžet mesne zajednice i šta sve u njega staje' },
    },
  )
  const { page } = await staffPage('editor', { ...PHONE, colorScheme: 'dark' })
  const [newest] = await database.sql<{ id: number }>`SELECT max(id) AS id FROM poll`
  for (const url of ['', '/new', `/${newest?.id}`, '/1', '/1/edit']) {
    await page.goto(`${app.url}/console/polls${url}`)
    expect(await notWider(page), url).toBeLessThanOrEqual(0)
    expect(await violations(page), url).toEqual([])
  }
  await page.goto(`${app.url}/console/surveys/new`)
  expect(await notWider(page)).toBeLessThanOrEqual(0)
  expect(await violations(page)).toEqual([])
})
