// The public pages of the clips in a real browser.
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clipFolder } from '../../src/content/clips.ts'
import { loadContent } from '../../src/content/load.ts'
import { loadLocales } from '../../src/content/locales.ts'
import type { Clip } from '../../src/core/model/content.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { clipPages } from '../../src/features/clips/index.ts'
import { readAssets } from '../../src/platform/http/assets.ts'
import { createHttpServer } from '../../src/platform/http/server.ts'
import { createLog } from '../../src/platform/log.ts'
import { createMedia } from '../../src/platform/media/media.ts'
import { addMediaRoutes } from '../../src/platform/media/routes.ts'
import { ASSETS_PATH, addSite, SITE_FILES } from '../../src/site/index.ts'
import { CONTENT_DIR } from '../support/bot.ts'
import { testDatabase } from '../support/database.ts'
import { echoKnowledge } from '../support/echo.ts'
import { violations } from './support/axe.ts'
import { openBrowser } from './support/browser.ts'
import { newPage } from './support/page.ts'

let browser: Browser
let database: Awaited<ReturnType<typeof testDatabase>>
let app: FastifyInstance
let url: string
let clip: Clip
beforeAll(async () => {
  browser = await openBrowser()
  database = await testDatabase()
  const { content } = await loadContent(CONTENT_DIR)
  clip = content.clips.find(({ editions }) => editions.bs) as Clip
  app = await createHttpServer({
    log: createLog('silent'),
    trustProxy: false,
    health: async () => ({ ready: true, checks: {} }),
  })
  const { translator } = await loadLocales(`${CONTENT_DIR}/locales`)
  const publicUrl = 'http://localhost:3000'
  const site = {
    publicUrl,
    origins: [],
    city: content.city,
    translator,
    assets: readAssets(ASSETS_PATH, SITE_FILES),
    settings: () => DEFAULT_SETTINGS,
  }
  addSite(app, site, clipPages({ database, knowledge: () => ({ ...echoKnowledge(), content }), publicUrl }))
  addMediaRoutes(app, await createMedia({ database, folders: [clipFolder(CONTENT_DIR, content.clips)] }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await browser.close()
  await app.close()
  await database.drop()
})

const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 640 }, colorScheme: 'dark' }
const DESK: BrowserContextOptions = { viewport: { width: 1200, height: 800 } }

const tell = (page: Page, what: string) =>
  page.evaluate(`(video => { ${what} })(document.querySelector('video'))`)
const ask = (page: Page, what: string) => page.evaluate(`(video => ${what})(document.querySelector('video'))`)

test('a clip plays with captions, and its start is counted once', { timeout: 60_000 }, async () => {
  const { page, faults, close } = await newPage(browser, PHONE)
  await page.goto(`${url}/clips/${clip.id}?lang=sr-Cyrl`)
  const patient = { timeout: 20_000, interval: 50 }
  await tell(page, 'video.muted = true; void video.play()')
  await expect.poll(() => ask(page, 'video.currentTime > 0'), patient).toBe(true)
  await tell(page, 'video.pause(); void video.play()')
  const seconds = Number(await ask(page, 'video.duration'))
  expect(Math.abs(seconds - (clip.editions['sr-Cyrl']?.seconds ?? 0))).toBeLessThan(0.2)
  await tell(page, `video.pause(); video.textTracks[0].mode = 'showing'; video.currentTime = 4`)
  await expect
    .poll(() => ask(page, 'video.textTracks[0].activeCues?.[0]?.text ?? ""'), patient)
    .toMatch(/\p{Script=Cyrillic}/u)
  const count = () => database.sql<{ kind: string; n: number }>`
    SELECT kind, count(*)::int AS n FROM clip_count GROUP BY kind`
  await expect.poll(count, patient).toEqual([{ kind: 'started', n: 1 }])
  expect(faults).toEqual([])
  await close()
})

test.each([
  ['a phone, dark', PHONE],
  ['a desk, light', DESK],
])(
  '%s: list and clip have no fault that axe knows, in any language, and fit the screen',
  { timeout: 120_000 },
  async (_name, look) => {
    const { page, close } = await newPage(browser, { ...look, reducedMotion: 'reduce' })
    for (const lang of ['sr', 'sr-Cyrl', 'bs', 'en']) {
      for (const path of ['/clips', `/clips/${clip.id}`]) {
        await page.goto(`${url}${path}?lang=${lang}`)
        expect(await violations(page), `${path} ${lang}`).toEqual([])
        const wider = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        expect(wider, `${path} ${lang}`).toBeLessThanOrEqual(0)
      }
    }
    await close()
  },
)

test('everything a clip says stands on its page as text, with a way into the chat and a code', async () => {
  const page = await (await fetch(`${url}/clips/${clip.id}?lang=sr`)).text()
  for (const { captions, alt } of clip.texts.sr.scenes) {
    expect(page).toContain(`alt="${alt}"`)
    for (const caption of captions) expect(page).toContain(caption)
  }
  expect(page).toContain(`href="/?start=clip-${clip.id}"`)
  for (const source of clip.sources) expect(page).toContain(source)
  const code = await fetch(`${url}/clips/${clip.id}/qr.svg`)
  expect(code.headers.get('content-type')).toMatch('image/svg+xml')
  expect(await code.text()).toContain('<svg')
  expect((await fetch(`${url}/clips/nema`)).status).toBe(404)
})
