// A day at the inbox: citizens on Telegram and on the page, staff in real browsers, the whole application.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/platform/log.ts'
import { changeSetting } from '../../src/settings/index.ts'
import { type FakeBotApi, startFakeBotApi } from '../channels/telegram/fake-bot-api.ts'
import { CHAT, FROM, message, press } from '../channels/telegram/updates.ts'
import { caseKnowledge } from '../support/cases.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { office } from './support/office.ts'
import { conversation, newPage, write } from './support/page.ts'

/** Sending after a deed of staff waits for a sweep, a page for its next look. */
const PATIENT = { timeout: 30_000, interval: 100 }

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
  dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-inbox-'))
  const { settings } = await caseKnowledge()
  await changeSetting(database.sql, 'departments', settings.departments)
  await changeSetting(database.sql, 'cannedReplies', settings.cannedReplies)
  const env = {
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PORT: '0',
    ROLE: 'web',
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_ROOT: fake.url,
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

/** A browser in which this member of the staff is signed in. */
const officeOf = (email: string, options?: BrowserContextOptions) =>
  office(browser, { sql: database.sql, url: app.url }, { role: 'inbox', email }, options)

/** A citizen on Telegram. */
function citizen(id: number) {
  const from = { ...FROM, id }
  const chat = { ...CHAT, id }
  const sent = () => fake.sent(id)
  const last = () => String(sent().at(-1)?.text ?? '')
  return {
    sent,
    last,
    /** Writes and waits for the answer. */
    async say(text: string) {
      const before = sent().length
      fake.push(message({ text, from, chat }))
      await expect.poll(() => sent().length, PATIENT).toBeGreaterThan(before)
    },
    /** Presses the button with this label under the last message and waits for the answer. */
    async choose(label: string) {
      const before = sent().length
      const button = buttons(sent().at(-1)).find(({ text }) => text === label)
      expect(button, `${label} in ${JSON.stringify(buttons(sent().at(-1)))}`).toBeDefined()
      const under = { message_id: sent().at(-1)?.message_id, chat, date: 1 }
      fake.push(press({ id: String(Math.random()), from, message: under, data: button?.callback_data }))
      await expect.poll(() => sent().length, PATIENT).toBeGreaterThan(before)
    },
  }
}

type Key = { text: string; callback_data: string }
function buttons(sent: Record<string, unknown> | undefined): Key[] {
  const markup = (sent?.reply_markup ?? {}) as { inline_keyboard?: Key[][] }
  return (markup.inline_keyboard ?? []).flat()
}

/** Asks twice what nobody can answer, then sends it to the city. */
async function sendToCity(person: ReturnType<typeof citizen>, question: string): Promise<string> {
  await person.say(question)
  await person.say('kvantna hromodinamika gluona i kvarkova u akceleratoru')
  await person.choose('Pošalji pitanje gradu')
  await person.choose('Da, pošalji')
  return /\d{3}-\d{3}/.exec(person.last())?.[0] ?? ''
}

const reply = (page: Page) => page.locator('#reply textarea')
const thread = (page: Page) => page.locator('#thread')
const fresh = (page: Page) => page.evaluate('window.untouched')

test('a question on Telegram is missed, sent on, claimed, answered, gone on with and closed', async () => {
  const person = citizen(7)
  const mira = await officeOf('mira@grad.rs')
  const { page } = mira
  await page.goto(`${app.url}/console/inbox`)
  await page.getByLabel('Broj pitanja').fill('99')
  await page.evaluate('window.untouched = true')

  const number = await sendToCity(person, 'koliko ima zvezda u galaksiji andromeda')
  await expect.poll(() => page.locator('.cases li').count(), PATIENT).toBe(1)
  expect(await fresh(page), 'the page was not loaded again').toBe(true)
  expect(await page.getByLabel('Broj pitanja').inputValue()).toBe('99')

  await page.locator('.cases a').click()
  expect(await page.locator('h1').textContent()).toBe(`Pitanje ${number}`)
  await page.getByRole('button', { name: 'Preuzmi' }).click()
  expect(await page.locator('.done').textContent()).toContain('Pitanje je vaše')

  await reply(page).fill('Poštovani,')
  await page.getByRole('button', { name: 'Ubaci' }).click()
  await expect.poll(() => reply(page).inputValue(), PATIENT).toContain('Odgovorićemo uskoro.')
  await reply(page).press('Control+End')
  await reply(page).pressSequentially(' Hvala!')
  await expect
    .poll(() => page.locator('#preview').textContent(), PATIENT)
    .toContain('Odgovorićemo uskoro. Hvala!')
  expect(await page.locator('#preview').textContent()).toContain(`Odgovor grada na pitanje ${number}`)
  await page.getByRole('button', { name: 'Pošalji odgovor' }).click()

  await expect.poll(person.last, PATIENT).toContain('Poštovani,')
  expect(person.last()).toContain(`Odgovor grada na pitanje ${number}`)
  expect(buttons(person.sent().at(-1)).map(({ text }) => text)).toEqual(['Dodaj poruku', 'Rešeno, zatvori'])
  await expect.poll(() => thread(page).textContent(), PATIENT).toContain('Poslato')

  await page.evaluate('window.untouched = true')
  await reply(page).fill('Pišem nešto dugo')
  await page.getByLabel('Beleška za kolege').fill('i belešku')
  await person.choose('Dodaj poruku')
  await person.say('A u drugoj galaksiji?')
  expect(person.last()).toContain('Dodato uz pitanje')
  await expect.poll(() => thread(page).textContent(), PATIENT).toContain('A u drugoj galaksiji?')
  expect(await fresh(page)).toBe(true)
  expect(await reply(page).inputValue()).toBe('Pišem nešto dugo')
  expect(await page.getByLabel('Beleška za kolege').inputValue()).toBe('i belešku')

  page.on('dialog', dialog => void dialog.accept())
  await page.reload()
  await page.getByLabel('Razlog zatvaranja').selectOption('not-city')
  await page.getByRole('button', { name: 'Zatvori pitanje' }).click()
  await expect.poll(person.last, PATIENT).toContain('Razlog: nije u nadležnosti grada.')
  expect(await page.locator('.history').textContent()).toContain('Zatvoreno: nije u nadležnosti grada')
  expect(person.sent().filter(({ text }) => String(text).includes('Poštovani,'))).toHaveLength(1)
  expect(mira.faults).toEqual([])
  expect(lines.join('')).not.toMatch(/galaksiji|Poštovani/)
  await mira.close()
})

test('who closed the page finds the reply a week later, once', async () => {
  const visitor = await newPage(browser)
  const { page } = visitor
  await page.goto(`${app.url}/?lang=sr`)
  const say = async (text: string, answer: string) => {
    await write(page, text)
    await expect.poll(async () => (await conversation(page)).at(-1), PATIENT).toContain(answer)
  }
  await say('koliko ima zvezda u galaksiji andromeda', 'Pokušajte još jednom')
  await say('kvantna hromodinamika gluona i kvarkova', 'ne želim da izmišljam')
  await page.getByRole('button', { name: 'Pošalji pitanje gradu' }).click()
  await page.getByRole('button', { name: 'Da, pošalji' }).click()
  await expect.poll(async () => (await conversation(page)).at(-1), PATIENT).toContain('Poslato gradu')
  const number = /\d{3}-\d{3}/.exec((await conversation(page)).at(-1) ?? '')?.[0] ?? ''
  await page.goto('about:blank')
  await database.sql`
    UPDATE citizen_case SET opened_at = opened_at - interval '7 days', expected_on = expected_on - 7
    WHERE reference = ${number.replace('-', '')}`
  await database.sql`UPDATE outbox SET created_at = created_at - interval '7 days'`

  const sava = await officeOf('sava@grad.rs')
  await sava.page.goto(`${app.url}/console/inbox?q=${number}`)
  expect(await thread(sava.page).textContent()).toContain('Rok je prošao')
  await reply(sava.page).fill('Prebrojali smo ih.')
  await sava.page.getByRole('button', { name: 'Pošalji odgovor' }).click()
  await expect.poll(() => thread(sava.page).textContent(), PATIENT).toContain('Poslato')
  await sava.close()

  const replies = async () => (await conversation(page)).filter(text => text.includes('Prebrojali smo ih.'))
  for (let visit = 0; visit < 2; visit++) {
    await page.goto(app.url)
    await expect.poll(replies, PATIENT).toHaveLength(1)
  }
  await page.getByRole('button', { name: 'Rešeno, zatvori' }).last().click()
  await expect.poll(async () => (await conversation(page)).at(-1), PATIENT).toContain('je zatvoreno')
  expect(visitor.faults).toEqual([])
  await visitor.close()
})

test('of two who answer at once the second sees what happened first, and nothing goes out twice', async () => {
  const person = citizen(8)
  const number = await sendToCity(person, 'koliko ima zvezda u galaksiji andromeda')
  const [ana, goran] = [await officeOf('ana@grad.rs'), await officeOf('goran@grad.rs')]
  for (const { page } of [ana, goran]) await page.goto(`${app.url}/console/inbox?q=${number}`)
  await reply(goran.page).fill('Goranov odgovor')
  await reply(ana.page).fill('Anin odgovor')
  await ana.page.getByRole('button', { name: 'Pošalji odgovor' }).dblclick()
  await expect.poll(person.last, PATIENT).toContain('Anin odgovor')
  await goran.page.getByRole('button', { name: 'Pošalji odgovor' }).click()
  await expect.poll(() => goran.page.locator('.problem').textContent(), PATIENT).toContain('U međuvremenu')
  expect(await goran.page.locator('.fresh').textContent()).toContain('Anin odgovor')
  expect(await reply(goran.page).inputValue()).toBe('Goranov odgovor')
  await goran.page.getByRole('button', { name: 'Pošalji odgovor' }).click()
  await expect.poll(person.last, PATIENT).toContain('Goranov odgovor')
  const got = (text: string) => person.sent().filter(sent => String(sent.text).includes(text))
  expect([got('Anin odgovor').length, got('Goranov odgovor').length]).toEqual([1, 1])
  await ana.close()
  await goran.close()
})

test('a reply that is being written is not lost by another form of the page', async () => {
  const number = await sendToCity(citizen(11), 'koliko ima zvezda u galaksiji andromeda')
  const { page, close } = await officeOf('olga@grad.rs')
  const asked: string[] = []
  page.on('dialog', dialog => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  await page.goto(`${app.url}/console/inbox?q=${number}`)
  await reply(page).fill('Dug odgovor')
  await page.getByRole('button', { name: 'Preuzmi' }).click()
  await expect.poll(() => asked, PATIENT).toEqual(['beforeunload'])
  expect(await reply(page).inputValue()).toBe('Dug odgovor')
  await close()
})

const NASTY = `</p></textarea><script>alert(1)</script>" onmouseover="alert(2)" '<img src=x onerror=alert(3)>`

test('what a citizen writes is shown as text, runs nothing and turns nothing around', async () => {
  const person = citizen(9)
  const number = await sendToCity(person, `${NASTY} \u202Ehash\u202C שלום עולם`)
  const mira = await officeOf('vesna@grad.rs')
  const { page } = mira
  const dialogs: string[] = []
  page.on('dialog', dialog => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await page.goto(`${app.url}/console/inbox`)
  await expect
    .poll(() => page.locator('.cases').textContent(), PATIENT)
    .toContain('<script>alert(1)</script>')
  await page.goto(`${app.url}/console/inbox?q=${number}`)
  expect(await thread(page).textContent()).toContain(NASTY)
  await reply(page).pressSequentially(`${NASTY} ali lepo`)
  await expect.poll(() => page.locator('#preview').textContent(), PATIENT).toContain('ali lepo')
  expect(await page.locator('main script, main img, main [onmouseover]').count()).toBe(0)
  expect(dialogs).toEqual([])
  expect(mira.faults).toEqual([])
  await mira.close()
})

const LOOKS: [string, BrowserContextOptions][] = [
  ['a phone, light', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
  ['a phone, dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
  ['a desk, light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['a desk, dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
]

test.each(LOOKS)('%s: no page has a fault that axe knows or is wider than the screen', async (name, look) => {
  const { page, close } = await officeOf(`${name.replace(/\W/g, '')}@grad.rs`, {
    ...look,
    reducedMotion: 'reduce',
  })
  const check = async () => {
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  }
  for (const show of ['open', 'closed', 'mine']) {
    await page.goto(`${app.url}/console/inbox?show=${show}`)
    await check()
  }
  const cases = await database.sql<{ reference: string }>`SELECT reference FROM citizen_case`
  for (const { reference } of cases) {
    await page.goto(`${app.url}/console/inbox/${reference}`)
    for (const summary of await page.locator('details.card summary').all()) await summary.click()
    if (await reply(page).count()) {
      await reply(page).pressSequentially('Odgovor')
      await page.locator('.preview .key').first().waitFor()
    }
    await check()
  }
  await close()
})

test('without a script everything essential works', async () => {
  const person = citizen(10)
  const number = await sendToCity(person, 'koliko ima zvezda u galaksiji andromeda')
  const { page, close } = await officeOf('jovan@grad.rs', { javaScriptEnabled: false })
  await page.goto(`${app.url}/console/inbox?q=${number}`)
  await reply(page).fill('Bez skripta')
  await page.getByRole('button', { name: 'Prikaži kako će stići' }).click()
  expect(await page.locator('#preview').textContent()).toContain('Bez skripta')
  await page.getByRole('button', { name: 'Ubaci' }).click()
  expect(await reply(page).inputValue()).toContain('Bez skripta\n\nHvala na pitanju.')
  await page.getByRole('button', { name: 'Pošalji odgovor' }).click()
  await expect.poll(person.last, PATIENT).toContain('Hvala na pitanju.')
  await close()
})
