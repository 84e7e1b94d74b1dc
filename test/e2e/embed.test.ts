// The chat in another site's page: another name, another port, another cookie jar.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Chat, startChat, text } from '../channels/web/harness.ts'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { newPage } from './support/page.ts'

/** A machine that runs other tests at the same time is slow now and then. */
const PATIENT = { timeout: 30_000 }
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 640 } }

type Site = { origin: string; stop(): Promise<void> }

/** A page of the city at `localhost`; the path says what stands around and in the line that embeds the chat. */
async function startSite(chatUrl: () => string): Promise<Site> {
  const server = createServer((request, response) => {
    const { searchParams: say } = new URL(request.url ?? '/', 'http://site')
    const attributes = ['data-lang', 'data-height']
      .filter(name => say.has(name))
      .map(name => `${name}="${say.get(name)}"`)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    // As strict as a careful site may be, and with names that the script uses too.
    response.setHeader('content-security-policy', `script-src ${chatUrl()} 'unsafe-inline'; style-src 'none'`)
    response.end(`<!doctype html><html lang="${say.get('lang') ?? 'sr'}"><title>Grad</title>
      <main><h1>Grad</h1><script>const script = 1, frame = 2, words = 3</script>
      ${'<p>Vest dana.</p>'.repeat(Number(say.get('news') ?? 1))}
      <p><a href="#pre">Pre razgovora</a></p>
      <script src="${chatUrl()}/embed.js" ${attributes.join(' ')} async></script>
      <p><a href="#posle">Posle razgovora</a></p></main></html>`)
  })
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise(resolve => server.close(() => resolve())),
  }
}

let browser: Browser
let chat: Chat
let site: Site
let stranger: Site
beforeAll(async () => {
  browser = await openBrowser()
  site = await startSite(() => chat.url)
  stranger = await startSite(() => chat.url)
  chat = await startChat({ origins: [site.origin], answer: ({ event }) => text(`Odgovor: ${saidIn(event)}`) })
})
afterAll(async () => {
  await browser.close()
  await chat.stop()
  await site.stop()
  await stranger.stop()
})

function saidIn(event: { kind: string; text?: string; payload?: string; token?: string }): string {
  return event.text ?? event.payload ?? event.token ?? ''
}

/** Opens the site and waits for the chat in it. */
async function visit(query = '', options: BrowserContextOptions = {}) {
  const { page, faults, close } = await newPage(browser, options)
  await page.goto(`${site.origin}/${query}`)
  return { page, faults, close, frame: await frameOf(page) }
}

async function frameOf(page: Page): Promise<Frame> {
  const frame = await (await page.waitForSelector('iframe')).contentFrame()
  if (!frame) throw new Error('no frame')
  await frame.waitForSelector('#text')
  // Whoever sends before the scripts are there sends the plain form.
  await frame.waitForLoadState('load')
  return frame
}

async function ask(frame: Frame, question: string): Promise<void> {
  await frame.locator('#text').fill(question)
  await frame.locator('#text').press('Enter')
  await expect
    .poll(() => frame.locator('.bot:not(.typing)').last().textContent(), PATIENT)
    .toContain(`Odgovor: ${question}`)
}

const activeName = (page: Page) =>
  page.evaluate<string>(`document.activeElement.tagName + ' ' + (document.activeElement.textContent ?? '')`)

test('a question is asked and answered, and the chat is still there when the page is loaded again', async () => {
  const { page, faults, close, frame } = await visit()
  await ask(frame, 'iz grada')
  await page.reload()
  const again = await frameOf(page)
  expect(await again.locator('.bot').last().textContent()).toContain('Odgovor: iz grada')
  await ask(again, 'opet')
  const [first, second] = chat.received.slice(-2)
  expect(second?.address).toBe(first?.address)
  expect(await page.context().cookies()).toMatchObject([{ sameSite: 'None', secure: true }])
  expect(faults).toEqual([])
  await close()
})

describe('the language', () => {
  test.each([
    ['?data-lang=sr', 'sr-Latn', 'Pošalji', 'latn'],
    ['?data-lang=sr-Cyrl', 'sr-Cyrl', 'Пошаљи', 'cyrl'],
    ['?data-lang=bs', 'bs', 'Pošalji', 'latn'],
    ['?data-lang=en', 'en', 'Send', 'latn'],
    ['?lang=sr-Cyrl-RS', 'sr-Cyrl', 'Пошаљи', 'cyrl'],
    ['?lang=en-GB', 'en', 'Send', 'latn'],
    ['?lang=de&data-lang=xx', 'sr-Latn', 'Pošalji', 'latn'],
  ])('of %s is %s, and the bot hears of it', async (query, tag, send, script) => {
    const { close, frame } = await visit(query)
    expect(await frame.locator('html').getAttribute('lang')).toBe(tag)
    expect(await frame.locator('button.send').getAttribute('aria-label')).toBe(send)
    await frame.locator('.intro button').first().click()
    await expect.poll(() => frame.locator('.bot:not(.typing)').count(), PATIENT).toBe(1)
    expect(chat.received.at(-1)).toMatchObject({ language: tag.split('-')[0], script })
    await close()
  })

  test('that the reader chose is stronger, also after a reload', async () => {
    const { page, close, frame } = await visit('?data-lang=sr-Cyrl')
    await ask(frame, 'zdravo')
    await frame.getByRole('link', { name: 'English' }).click()
    await expect.poll(() => frame.locator('html').getAttribute('lang'), PATIENT).toBe('en')
    expect(await frame.locator('.bot').first().textContent()).toContain('Odgovor: zdravo')
    await page.reload()
    expect(await (await frameOf(page)).locator('html').getAttribute('lang')).toBe('en')
    await close()
  })

  test.each([
    ['sr-Cyrl', 'Комшија – Градски информатор', 'Прескочи разговор'],
    ['en', 'Komšija – City guide', 'Skip the chat'],
  ])('is also that of the words around the frame: %s', async (lang, title, skip) => {
    const { page, close } = await visit(`?data-lang=${lang}`)
    expect(await page.locator('iframe').getAttribute('title')).toBe(title)
    expect(await page.locator('button').textContent()).toBe(skip)
    await close()
  })
})

describe('by keyboard', () => {
  test('one gets in, through and out again, and loading takes the focus from nobody', async () => {
    const { page, close, frame } = await visit()
    await ask(frame, 'dobar dan')
    await page.reload()
    const again = await frameOf(page)
    expect(await activeName(page)).toMatch(/^BODY/)
    const seen: string[] = []
    for (let step = 0; step < 30 && seen.at(-1) !== 'A Posle razgovora'; step++) {
      await page.keyboard.press('Tab')
      seen.push((await activeName(page)).trim())
    }
    expect(seen.slice(0, 3)).toEqual(['A Pre razgovora', 'BUTTON Preskoči razgovor', 'IFRAME'])
    expect(seen.at(-1)).toBe('A Posle razgovora')
    await page.keyboard.press('Shift+Tab')
    expect(await activeName(page)).toMatch(/^IFRAME/)
    expect(await again.evaluate('document.activeElement.textContent')).toContain('Šta se čuva')
    await close()
  })

  test('the chat can be skipped by one press that one sees', async () => {
    const { page, close } = await visit()
    const isSeen = () =>
      page.evaluate<boolean>(`getComputedStyle(document.querySelector('button')).clipPath === 'none'`)
    expect(await isSeen()).toBe(false)
    await page.locator('a').first().focus()
    await page.keyboard.press('Tab')
    expect(await isSeen()).toBe(true)
    await page.keyboard.press('Enter')
    expect(await isSeen()).toBe(false)
    await page.keyboard.press('Tab')
    expect(await activeName(page)).toContain('Posle razgovora')
    await close()
  })
})

test('neither loading nor new messages move the page around the chat', async () => {
  const { page, close, frame } = await visit('?news=6', PHONE)
  await ask(frame, 'prva')
  const { address = '' } = chat.received.at(-1) ?? {}
  await page.evaluate('scrollTo(0, 0)')
  await chat.say(address, `Kratka poruka`)
  await chat.say(address, 'Duga poruka. '.repeat(200))
  await expect.poll(() => frame.locator('.bot:not(.typing)').count(), PATIENT).toBe(3)
  expect(await page.evaluate('scrollY')).toBe(0)
  const beginning = frame.locator('.bot').last()
  const below = (await beginning.boundingBox())?.y ?? 0
  const log = (await frame.locator('#log').boundingBox())?.y ?? 0
  expect(below - log, 'a long message is shown from its beginning').toBeGreaterThanOrEqual(0)
  expect(below - log).toBeLessThan(60)
  await page.reload()
  await frameOf(page)
  expect(await page.evaluate('scrollY')).toBe(0)
  await close()
})

describe('on a phone', () => {
  test('it fits and has no fault that axe knows, inside and around', async () => {
    const { page, close, frame } = await visit('?data-lang=bs', PHONE)
    await ask(frame, `${'dugarečbezrazmaka'.repeat(6)}`)
    expect(await violations(page)).toEqual([])
    expect(await violations(frame)).toEqual([])
    for (const place of [page, frame])
      expect(await place.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    await close()
  })

  test.each([
    ['?data-height=400', 400],
    ['?data-height=4000', 544],
    ['?data-height=tall', 544],
    ['', 544],
  ])('%s is %i pixels high, never more than most of the screen', async (query, height) => {
    const { page, close } = await visit(query, PHONE)
    expect((await page.locator('iframe').boundingBox())?.height).toBe(height)
    await close()
  })
})

test('what leads out of the chat opens a tab in the same language', async () => {
  const { page, close, frame } = await visit('?data-lang=en')
  const opened = page.context().waitForEvent('page')
  await frame.locator('.fine a').click()
  const notice = await opened
  await notice.waitForLoadState()
  expect(await notice.locator('h1').textContent()).toBe('What Komšija keeps about you')
  expect(await frame.locator('#text').isVisible()).toBe(true)
  await close()
})

test('without a script inside the frame it works as well', async () => {
  const { page, close } = await newPage(browser, { javaScriptEnabled: false })
  await page.goto(`${chat.url}/?embed=1&prefer=bs`)
  await page.locator('#text').fill('bez skripte')
  await page.locator('button.send').click()
  expect(new URL(page.url()).search).toBe('?embed=1')
  expect(await page.locator('.bot').last().textContent()).toContain('Odgovor: bez skripte')
  expect(await page.context().cookies()).toMatchObject([{ sameSite: 'None' }])
  await close()
})

test('in the page of a site that may not embed it, nothing is shown', async () => {
  const { page, faults, close } = await newPage(browser)
  await page.goto(stranger.origin)
  const frame = await (await page.waitForSelector('iframe')).contentFrame()
  await expect.poll(() => faults.join(), PATIENT).toMatch(/frame-ancestors/)
  expect(await frame?.locator('#text').count()).toBe(0)
  await close()
})
