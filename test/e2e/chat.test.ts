// The chat page in a real browser.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Outbound } from '../../src/core/model/message.ts'
import { type Chat, startChat } from '../channels/web/harness.ts'
import { openBrowser } from './support/browser.ts'
import { startFlakyProxy } from './support/flaky-proxy.ts'
import { conversation, expectConversation, newPage, write } from './support/page.ts'

/** A machine that runs other tests at the same time is slow now and then. */
const PATIENT = { timeout: 30_000 }

let browser: Browser
let chat: Chat
beforeAll(async () => {
  browser = await openBrowser()
  chat = await startChat({ answer })
})
afterAll(async () => {
  await browser.close()
  await chat.stop()
})

/** "meni" is answered with buttons, everything else is repeated. */
function answer({
  event,
}: {
  event: { kind: string; text?: string; token?: string; payload?: string }
}): Outbound {
  const said = event.text ?? event.token ?? event.payload ?? ''
  const buttons = [
    { label: 'Mladi', token: 'm:youth' },
    { label: 'Prava', token: 'm:rights' },
  ]
  return { blocks: [{ kind: 'text', text: `Odgovor: ${said}` }], buttons: said === 'meni' ? buttons : [] }
}

const address = () => chat.received.at(-1)?.address ?? ''

test('a question and its answer appear by themselves, and are there after a reload', async () => {
  const { page, faults, close } = await newPage(browser)
  await page.goto(chat.url)
  await write(page, 'ko popravlja rasvetu')
  await expectConversation(page, ['> ko popravlja rasvetu', 'Odgovor: ko popravlja rasvetu'])
  await write(page, 'hvala')
  const whole = ['> ko popravlja rasvetu', 'Odgovor: ko popravlja rasvetu', '> hvala', 'Odgovor: hvala']
  await expectConversation(page, whole)
  await page.reload()
  await expectConversation(page, whole)
  expect(faults).toEqual([])
  await close()
})

test('a button stands in the conversation with its label and sends its token', async () => {
  const { page, close } = await newPage(browser)
  await page.goto(chat.url)
  await write(page, 'meni')
  await page.getByRole('button', { name: 'Prava' }).click()
  await expectConversation(page, ['> meni', 'Odgovor: meni', '> Prava', 'Odgovor: m:rights'])
  await close()
})

test('opening the page says nothing to the bot', async () => {
  const before = chat.received.length
  const { page, close } = await newPage(browser)
  await page.goto(chat.url)
  await page.waitForLoadState('networkidle')
  expect(chat.received).toHaveLength(before)
  expect(await page.context().cookies()).toEqual([])
  await close()
})

test('a deep link opens its answer once, a reload does not repeat it', async () => {
  const { page, close } = await newPage(browser)
  await page.goto(`${chat.url}/?start=faq-foi-request`)
  await expect.poll(() => conversation(page), PATIENT).toHaveLength(2)
  expect((await conversation(page))[1]).toBe('Odgovor: faq-foi-request')
  expect(page.url()).toBe(`${chat.url}/`)
  const before = chat.received.length
  await page.reload()
  await page.waitForLoadState('domcontentloaded')
  await expect.poll(() => conversation(page), PATIENT).toHaveLength(2)
  expect(chat.received).toHaveLength(before)
  await close()
})

test('two tabs show the same conversation', async () => {
  const { page, close } = await newPage(browser)
  await page.goto(chat.url)
  await write(page, 'prva')
  await expectConversation(page, ['> prva', 'Odgovor: prva'])
  const other = await page.context().newPage()
  await other.goto(chat.url)
  await write(other, 'druga')
  const whole = ['> prva', 'Odgovor: prva', '> druga', 'Odgovor: druga']
  await expectConversation(other, whole)
  await expectConversation(page, whole)
  await close()
})

test('changing the page’s language changes the language of a running chat, too', async () => {
  const { page, close } = await newPage(browser)
  await page.goto(chat.url)
  await write(page, 'dobar dan')
  await expect.poll(() => conversation(page), PATIENT).toHaveLength(2)
  await page.getByRole('link', { name: 'Српски' }).click()
  await expect.poll(() => page.locator('html').getAttribute('lang'), PATIENT).toBe('sr-Cyrl')
  await expect.poll(async () => (await conversation(page)).at(-1), PATIENT).toBe('Odgovor: lang:sr-Cyrl')
  await page.goto(chat.url)
  expect(await page.locator('html').getAttribute('lang')).toBe('sr-Cyrl')
  await close()
})

test('a message the server refuses says why and does not block the next', async () => {
  const { page, close } = await newPage(browser)
  await page.goto(chat.url)
  await page.evaluate('document.querySelector("#text").removeAttribute("maxlength")')
  await page.locator('#text').fill('a'.repeat(10_001))
  await page.locator('#text').press('Enter')
  await expect.poll(() => page.locator('.own .note').textContent(), PATIENT).toMatch(/Poruka je preduga/)
  await write(page, 'kraće')
  await expect.poll(async () => (await conversation(page)).at(-1), PATIENT).toBe('Odgovor: kraće')
  await close()
})

describe('a bad network', () => {
  test('one hundred messages over a connection that is cut ten times are all shown once, in order', async () => {
    const proxy = await startFlakyProxy(chat.url)
    const { page, faults, close } = await newPage(browser)
    await page.goto(proxy.url)
    await write(page, 'počni')
    await expectConversation(page, ['> počni', 'Odgovor: počni'])
    const expected = ['> počni', 'Odgovor: počni']
    for (let index = 0; index < 100; index++) {
      if (index % 10 === 5) proxy.cut()
      await chat.say(address(), `poruka ${index}`)
      expected.push(`poruka ${index}`)
      // Some are sent into a broken stream, some into a repaired one.
      if (index % 10 === 9) await new Promise(resolve => setTimeout(resolve, index % 20 === 9 ? 100 : 1300))
    }
    await expectConversation(page, expected, 20_000)
    expect(faults).toEqual([])
    await close()
    await proxy.stop()
  }, 240_000)

  test('what is written without a connection waits, survives a reload and is sent once', async () => {
    const proxy = await startFlakyProxy(chat.url)
    const { page, close } = await newPage(browser)
    await page.goto(proxy.url)
    await write(page, 'pre')
    await expectConversation(page, ['> pre', 'Odgovor: pre'])
    const before = chat.received.length
    proxy.down()
    await write(page, 'bez veze')
    await expect.poll(() => page.locator('#status').textContent(), PATIENT).toMatch(/Nema veze/)
    await expect.poll(() => page.locator('.own[data-state=waiting]').count(), PATIENT).toBe(1)
    proxy.up()
    await page.reload()
    await expectConversation(page, ['> pre', 'Odgovor: pre', '> bez veze', 'Odgovor: bez veze'])
    expect(chat.received.length - before).toBe(1)
    expect(await page.locator('.own[data-state=waiting]').count()).toBe(0)
    await close()
    await proxy.stop()
  })

  test('an accepted message whose confirmation was lost is not doubled', async () => {
    const { page, close } = await newPage(browser)
    await page.goto(chat.url)
    await write(page, 'prvo')
    await expectConversation(page, ['> prvo', 'Odgovor: prvo'])
    const before = chat.received.length
    let losing = true
    await page.route('**/chat/messages*', async route => {
      await route.fetch()
      if (losing) await route.abort()
      else await route.continue()
      losing = false
    })
    await write(page, 'drugo')
    await expectConversation(page, ['> prvo', 'Odgovor: prvo', '> drugo', 'Odgovor: drugo'])
    await expect.poll(() => page.locator('.own[data-state=waiting]').count(), { timeout: 30_000 }).toBe(0)
    expect(chat.received.length - before).toBe(1)
    await close()
  })

  test('messages sent quickly one after another arrive in their order', async () => {
    const { page, close } = await newPage(browser)
    await page.goto(chat.url)
    for (const word of ['jedan', 'dva', 'tri']) await write(page, word)
    await expect
      .poll(async () => (await conversation(page)).filter(line => line.startsWith('Odgovor')))
      .toEqual(['Odgovor: jedan', 'Odgovor: dva', 'Odgovor: tri'])
    await close()
  })
})

test('a page nobody looks at hangs up, and catches up when it is looked at again', async () => {
  const { page, close } = await newPage(browser)
  await page.clock.install()
  await page.goto(chat.url)
  await write(page, 'dobar dan')
  await expectConversation(page, ['> dobar dan', 'Odgovor: dobar dan'])
  const look = (hidden: boolean) =>
    page.evaluate(`
      Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} })
      document.dispatchEvent(new Event('visibilitychange'))`)
  const ended = page.waitForEvent('requestfailed', request => request.url().includes('/chat/events'))
  await look(true)
  await page.clock.runFor(31_000)
  await ended
  await chat.say(address(), 'dok niko ne gleda')
  await look(false)
  await expectConversation(page, ['> dobar dan', 'Odgovor: dobar dan', 'dok niko ne gleda'])
  await close()
})

describe('without JavaScript', () => {
  const bare = { javaScriptEnabled: false }

  test('a question, its answer, a button and the language all work', async () => {
    const { page, close } = await newPage(browser, bare)
    await page.goto(chat.url)
    await page.locator('#text').fill('meni')
    await page.getByRole('button', { name: 'Pošalji', exact: true }).click()
    expect(await page.locator('.bot').last().textContent()).toContain('Odgovor: meni')
    await page.getByRole('button', { name: 'Mladi' }).click()
    expect(await page.locator('.bot').last().textContent()).toContain('Odgovor: m:youth')
    await page.getByRole('link', { name: 'English' }).click()
    expect(await page.locator('h1').textContent()).toMatch(/What would you like/)
    expect(await page.locator('.bot').count()).toBe(2)
    await close()
  })

  test('a deep link offers its answer as a button', async () => {
    const { page, close } = await newPage(browser, bare)
    await page.goto(`${chat.url}/?start=faq-foi-request`)
    await page.locator('button[name=start]').click()
    expect(await page.locator('.bot').last().textContent()).toContain('Odgovor: faq-foi-request')
    await close()
  })

  test('the end of a long conversation is what one sees', async () => {
    const { page, close } = await newPage(browser, { ...bare, viewport: { width: 360, height: 640 } })
    await page.goto(chat.url)
    await page.locator('#text').fill('prva')
    await page.getByRole('button', { name: 'Pošalji', exact: true }).click()
    for (let index = 0; index < 20; index++) await chat.say(address(), `obaveštenje ${index}`)
    await page.goto(chat.url)
    const { y, height } = (await page.locator('.bot').last().boundingBox()) ?? { y: 0, height: 0 }
    const composer = (await page.locator('#composer').boundingBox())?.y ?? 0
    expect(y).toBeGreaterThan(0)
    expect(y + height).toBeLessThanOrEqual(composer)
    await close()
  })
})
