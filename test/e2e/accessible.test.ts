// Whoever can't see, can't use a mouse, has a small screen or a slow line.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHAT_FILES, CHAT_SCRIPTS } from '../../src/channels/web/files.ts'
import type { Outbound } from '../../src/core/model/message.ts'
import { textBlock } from '../../src/core/text/rich.ts'
import { readAssets } from '../../src/platform/http/assets.ts'
import { type Chat, startChat } from '../channels/web/harness.ts'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { conversation, newPage, write } from './support/page.ts'

const ANSWER: Outbound = {
  blocks: [
    textBlock(
      { text: 'Ko popravlja uličnu rasvetu?', style: 'bold' },
      '',
      'Grad, preko javnog preduzeća. Odjava: /odjava',
      '',
      'Šta dalje:',
      '• Zapišite ulicu.',
      '• Pozovite preduzeće.',
      '',
      ['Izvor: ', { text: 'Zakon o komunalnim delatnostima', href: 'https://www.paragraf.rs' }],
    ),
    { kind: 'text', text: 'Šta se čuva: http://localhost:3000/privacy' },
    {
      kind: 'card',
      text: '-',
      title: 'Radionica',
      body: 'U subotu.',
      buttons: [{ label: 'Prijavi me', token: 'w:1' }],
    },
    {
      kind: 'list',
      text: '-',
      items: [{ title: 'Mladi', body: '5 pitanja', token: 'm:1' }, { title: 'Bez dugmeta' }],
    },
    { kind: 'image', text: '-', mediaId: 'i', url: '/media/i/a.png', alt: 'Grafikon odgovora' },
    {
      kind: 'video',
      text: '-',
      mediaId: 'v',
      url: '/media/v/a.mp4',
      posterUrl: '/media/v/a.png',
      seconds: 61,
      bytes: 3_200_000,
      captionsUrl: '/media/v/a.vtt',
      title: 'Ko je ko u gradu',
    },
    { kind: 'file', text: '-', mediaId: 'f', url: '/media/f/a.json', name: 'moji-podaci.json', bytes: 900 },
    { kind: 'location', text: '-', lat: 43.1367, lon: 20.5122, label: 'Dom kulture' },
    {
      kind: 'calendar',
      text: '-',
      id: '1',
      title: 'Radionica',
      start: '2026-12-05T09:00:00Z',
      end: '2026-12-05T13:00:00Z',
      place: 'Škola',
      icsUrl: '/workshops/1.ics',
    },
    {
      kind: 'poll',
      text: '-',
      id: 'p',
      question: 'Da li vam je pomoglo?',
      options: [{ token: 'p:1', label: 'Jeste' }],
      multi: false,
      closesAt: '2026-12-01T20:00:00Z',
    },
  ],
  buttons: [
    { label: 'Da', token: 'y:x' },
    { label: 'Sajt grada', href: 'https://www.novipazar.rs' },
  ],
}

/** A machine that runs other tests at the same time is slow now and then. */
const PATIENT = { timeout: 30_000 }

let browser: Browser
let chat: Chat
beforeAll(async () => {
  browser = await openBrowser()
  chat = await startChat({ answer: () => ANSWER })
})
afterAll(async () => {
  await browser.close()
  await chat.stop()
})

const LOOKS: [string, BrowserContextOptions][] = [
  ['a phone, light', { viewport: { width: 360, height: 640 }, colorScheme: 'light' }],
  ['a phone, dark', { viewport: { width: 360, height: 640 }, colorScheme: 'dark' }],
  ['a desk, light', { viewport: { width: 1200, height: 800 }, colorScheme: 'light' }],
  ['a desk, dark', { viewport: { width: 1200, height: 800 }, colorScheme: 'dark' }],
]

describe.each(LOOKS)('%s', (_name, look) => {
  test.each(['sr', 'sr-Cyrl', 'bs', 'en'])(
    'the page in %s has no fault that axe knows, at any stage',
    async lang => {
      const { page, close } = await newPage(browser, { ...look, reducedMotion: 'reduce' })
      await page.goto(`${chat.url}/?lang=${lang}`)
      expect(await violations(page)).toEqual([])
      await write(page, 'sve vrste')
      await expect.poll(() => page.locator('.bot .poll').count(), PATIENT).toBe(1)
      await page.locator('#text').pressSequentially('rasvet')
      await page.locator('#suggestions li').first().waitFor()
      await page.locator('#text').press('ArrowDown')
      expect(await violations(page)).toEqual([])
      await page.goto(`${chat.url}/privacy`)
      expect(await violations(page)).toEqual([])
      await close()
    },
  )

  test('nothing is wider than the screen', async () => {
    const { page, close } = await newPage(browser, look)
    await page.goto(chat.url)
    await write(page, `sve vrste ${'vrlodugarečbezrazmaka'.repeat(10)}`)
    await expect.poll(() => page.locator('.bot .poll').count(), PATIENT).toBe(1)
    const widest = await page.evaluate(
      'Math.max(document.documentElement.scrollWidth, document.querySelector("#log").scrollWidth) - innerWidth',
    )
    expect(widest).toBeLessThanOrEqual(0)
    await close()
  })
})

describe('by keyboard alone', () => {
  type Focused = { name: string; visible: boolean }
  const focused = (page: Page): Promise<Focused> =>
    page.evaluate(`(() => {
      const element = document.activeElement
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      const field = element.closest('.composer')
      const ringed = field !== null && getComputedStyle(field).boxShadow !== 'none'
      const label = element.getAttribute('aria-label') ?? element.querySelector('.long')?.textContent
      const name = (label ?? (element.textContent || element.id)).trim().replace(/\\s+/g, ' ')
      return { name, visible: ringed || (outlineStyle !== 'none' && outlineWidth !== '0px') }
    })()`)

  test('everything is reached in the order of the page, and one sees where one is', async () => {
    const { page, close } = await newPage(browser)
    await page.goto(chat.url)
    const seen: string[] = []
    for (let step = 0; step < 13; step++) {
      await page.keyboard.press('Tab')
      const { name, visible } = await focused(page)
      seen.push(name)
      expect(visible, `focus on ${name} is visible`).toBe(true)
    }
    expect(seen.map(name => name.split(' ')[0])).toEqual([
      'Komšija',
      'Srpski',
      'Српски',
      'Bosanski',
      'English',
      'Razgovor',
      'Ko',
      'Kako',
      'Šta',
      'Kako',
      'text',
      'photo',
      'Pošalji',
    ])
    await close()
  })

  test('a question is asked, its buttons are reached and pressed, and the field keeps its place', async () => {
    const { page, close } = await newPage(browser)
    await page.goto(chat.url)
    await page.locator('#text').focus()
    await page.keyboard.type('dobar dan')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.bot .choices.numbered:not(.column)').count(), PATIENT).toBe(1)
    expect((await focused(page)).name).toBe('text')
    // Back from the field: link, "Da".
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    expect((await focused(page)).name).toBe('Da')
    await page.keyboard.press('Enter')
    await expect
      .poll(async () => (await conversation(page)).filter(line => line === '> Da'), PATIENT)
      .toHaveLength(1)
    await close()
  })

  test('suggestions are walked with arrows, taken with Enter and left with Escape', async () => {
    const { page, close } = await newPage(browser)
    await page.goto(chat.url)
    const field = page.locator('#text')
    const open = async () => {
      await field.fill('')
      await field.pressSequentially('mesn')
      await page.locator('#suggestions li').first().waitFor()
    }
    await open()
    expect(await field.getAttribute('aria-controls')).toBe('suggestions')
    await field.press('ArrowDown')
    const title = await page.locator('#suggestions [aria-selected=true]').textContent()
    expect(await field.getAttribute('aria-activedescendant')).toBe('suggestion-0')
    await field.press('Escape')
    expect(await page.locator('#suggestions').isVisible()).toBe(false)
    expect(await field.inputValue()).toBe('mesn')
    await open()
    await field.press('ArrowDown')
    await field.press('Enter')
    await expect.poll(async () => (await conversation(page))[0], PATIENT).toBe(`> ${title}`)
    expect(chat.received.at(-1)?.event).toMatchObject({
      kind: 'start',
      payload: expect.stringMatching(/^faq-/),
    })
    await close()
  })

  test('Shift and Enter make a new line', async () => {
    const { page, close } = await newPage(browser)
    await page.goto(chat.url)
    await page.locator('#text').focus()
    await page.keyboard.type('prvi red')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('drugi red')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => chat.received.at(-1)?.event)
      .toEqual({ kind: 'text', text: 'prvi red\ndrugi red' })
    await close()
  })
})

test('new messages are announced, the ones already there are not', async () => {
  const { page, close } = await newPage(browser)
  await page.goto(chat.url)
  const log = page.getByRole('log')
  expect(await log.getAttribute('aria-label')).toBe('Razgovor')
  expect(await log.getAttribute('aria-live')).not.toBe('off')
  await close()
})

test('who asked for less motion sees none', async () => {
  const { page, close } = await newPage(browser, { reducedMotion: 'reduce' })
  await page.goto(chat.url)
  const moving = await page.evaluate(`
    document.querySelector('#talk').insertAdjacentHTML('beforeend', '<div class="message bot typing"><i></i></div>')
    getComputedStyle(document.querySelector('.typing i')).animationName`)
  expect(moving).toBe('none')
  await close()
})

test('whoever reads further up is not pulled down by a new message', async () => {
  const { page, close } = await newPage(browser, { viewport: { width: 360, height: 640 } })
  await page.goto(chat.url)
  await write(page, 'sve vrste')
  await expect.poll(() => page.locator('.bot .poll').count(), PATIENT).toBe(1)
  await page.locator('#log').evaluate(log => log.scrollTo(0, -5000))
  const before = await page.locator('#log').evaluate(log => log.scrollTop)
  await chat.say(chat.received.at(-1)?.address ?? '', 'novo')
  await page.locator('#newer').waitFor()
  const heading = page.locator('h1')
  expect(await heading.isVisible()).toBe(true)
  expect(before).toBeLessThan(-160)
  await page.locator('#newer').click()
  await expect
    .poll(() => page.locator('#log').evaluate(log => Math.abs(log.scrollTop) < 5), PATIENT)
    .toBe(true)
  expect(await page.locator('#newer').isVisible()).toBe(false)
  await close()
})

describe('a slow line', () => {
  test('all scripts together are at most 20 kB packed', () => {
    const assets = readAssets('/assets', CHAT_FILES)
    const sizes = CHAT_SCRIPTS.map(name => assets.file(name)?.packed.length ?? Number.POSITIVE_INFINITY)
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(20 * 1024)
  })

  test('the page asks for its own files only, and a second visit for none of them', async () => {
    const { page, close } = await newPage(browser)
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    await page.goto(chat.url)
    await page.waitForLoadState('networkidle')
    const scripts = asked.filter(url => url.endsWith('.js')).map(url => url.split('/').at(-1))
    expect(scripts.toSorted()).toEqual([...CHAT_SCRIPTS].toSorted())
    expect(asked.filter(url => !url.startsWith(chat.url))).toEqual([])
    const cached = await fetch(asked.find(url => url.endsWith('chat.js')) ?? '')
    expect(cached.headers.get('cache-control')).toContain('immutable')
    await close()
  })
})
