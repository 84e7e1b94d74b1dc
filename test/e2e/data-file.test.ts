// The file with somebody's data as it is opened on a phone, without the server.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newConversation } from '../../src/core/model/conversation.ts'
import type { KeptRows } from '../../src/core/model/effect.ts'
import { personalTables } from '../../src/features/index.ts'
import { dataFiles } from '../../src/features/rights/data-files.ts'
import { realKnowledge } from '../support/bot.ts'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { newPage } from './support/page.ts'

const AT = new Date('2026-11-24T22:30:00Z')
const MESSAGE = { message: { blocks: [{ kind: 'text', text: 'Odgovor '.repeat(40) }], buttons: [] } }
const ROWS: KeptRows = {
  consent: [{ purpose: 'participation', version: '2026-11', given_at: AT, withdrawn_at: AT }],
  outbox: Array(12).fill({ ...MESSAGE, status: 'sent', created_at: AT, settled_at: AT, channel: 'web' }),
  inbox: [{ received: null, received_at: AT, channel: 'x'.repeat(200) }],
}

let browser: Browser
let folder: string
beforeAll(async () => {
  browser = await openBrowser()
  folder = mkdtempSync(path.join(tmpdir(), 'komsija-data-'))
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

async function fileUrl(): Promise<string> {
  const context = { ...(await realKnowledge()), now: AT.getTime(), data: {} }
  const [file] = dataFiles(personalTables, ROWS, newConversation('sr'), context)
  const target = path.join(folder, file?.name ?? '')
  writeFileSync(target, file?.text ?? '')
  return pathToFileURL(target).href
}

describe.each(['light', 'dark'] as const)('%s', colorScheme => {
  test('it has no fault that axe knows, fits a small phone and unfolds what is long', async () => {
    const { page, faults, close } = await newPage(browser, {
      viewport: { width: 360, height: 640 },
      colorScheme,
    })
    await page.goto(await fileUrl())
    expect(await page.locator('dd', { hasText: 'Odgovor Odgovor' }).first().isVisible()).toBe(false)
    expect(await violations(page)).toEqual([])
    await page.locator('summary').click()
    expect(await page.locator('dd', { hasText: 'Odgovor Odgovor' }).first().isVisible()).toBe(true)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    expect(faults).toEqual([])
    await close()
  })
})
