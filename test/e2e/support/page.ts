// What tests of the chat page do again and again.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'

/** A page of a fresh browser profile. `faults` collects script errors and refused resources. */
export async function newPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; faults: string[]; close(): Promise<void> }> {
  const context = await browser.newContext({ locale: 'sr-Latn-RS', ...options })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error' && !/ERR_(EMPTY_RESPONSE|CONNECTION|INCOMPLETE)/.test(message.text())) {
      faults.push(message.text())
    }
  })
  return { page, faults, close: () => context.close() }
}

/** Types a text and sends it with Enter. */
export async function write(page: Page, text: string): Promise<void> {
  await page.locator('#text').fill(text)
  await page.locator('#text').press('Enter')
}

/** The conversation as it stands: "> " before what the person wrote, first lines only. */
export async function conversation(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('.message:not(.typing)')].map(message => {
    const bubble = message.querySelector('.bubble').cloneNode(true)
    bubble.querySelector('.visually-hidden')?.remove()
    return (message.classList.contains('own') ? '> ' : '') + bubble.textContent
  })`)
}

/** Waits until the conversation is exactly this. */
export async function expectConversation(page: Page, expected: string[], timeout = 10_000): Promise<void> {
  await expect.poll(() => conversation(page), { timeout, interval: 50 }).toEqual(expected)
}
