// Staff in real browsers.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Sql } from '../../../src/platform/db/database.ts'
import { COOKIE, openSession } from '../../support/console.ts'
import { newPage } from './page.ts'

/** A browser in which somebody is signed in to the console at `url`. `faults` collects script errors. */
export async function office(
  browser: Browser,
  { sql, url }: { sql: Sql; url: string },
  who: Parameters<typeof openSession>[1],
  options: BrowserContextOptions = {},
): Promise<{ page: Page; faults: string[]; close(): Promise<void> }> {
  const { token } = await openSession(sql, who)
  const opened = await newPage(browser, options)
  await opened.page.context().addCookies([{ name: COOKIE, value: token, url }])
  return opened
}
