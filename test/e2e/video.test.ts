// A video of the registry in the chat page, in a real browser. The one that npm brings decodes H.264, as
// every phone does: no second format is needed.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Block } from '../../src/core/model/message.ts'
import { urlOf } from '../../src/platform/media/info.ts'
import { createMedia } from '../../src/platform/media/media.ts'
import { type Chat, startChat } from '../channels/web/harness.ts'
import { CLIP_FOLDER } from '../support/media.ts'
import { openBrowser } from './support/browser.ts'
import { newPage, write } from './support/page.ts'

let browser: Browser
let chat: Chat
let clip: Block
beforeAll(async () => {
  browser = await openBrowser()
  chat = await startChat({ answer: () => ({ blocks: [clip], buttons: [] }) })
  clip = await clipBlock()
})
afterAll(async () => {
  await browser.close()
  await chat.stop()
})

async function clipBlock(): Promise<Block> {
  const media = await createMedia({ database: chat.database, folders: [CLIP_FOLDER] })
  const [info, still, captions] = await Promise.all(['clip', 'still', 'captions'].map(id => media.find(id)))
  if (!info || !still || !captions) throw new Error('the fixtures are not there')
  return {
    kind: 'video',
    text: 'Snimak o gradu',
    mediaId: info.id,
    url: urlOf(info),
    posterUrl: urlOf(still),
    seconds: info.seconds ?? 0,
    bytes: info.bytes,
    captionsUrl: urlOf(captions),
    title: 'Šta odlučuje grad',
  }
}

/** Waits until the player says this of itself. */
async function expectPlayer(page: Page, told: string, expected: unknown): Promise<void> {
  const ask = () => page.evaluate(`(video => video && ${told})(document.querySelector('video'))`)
  await expect.poll(ask, { timeout: 30_000, interval: 50 }).toEqual(expected)
}

const tell = (page: Page, what: string) =>
  page.evaluate(`(video => { ${what} })(document.querySelector('video'))`)

test('a video shows its still, plays when it is started, jumps, and has captions', async () => {
  const { page, faults, close } = await newPage(browser)
  const asked: { type: string; range?: string; status: number; url: string }[] = []
  page.on('response', response => {
    if (!response.url().includes('/media/')) return
    const request = response.request()
    const { range } = request.headers()
    asked.push({ type: request.resourceType(), range, status: response.status(), url: response.url() })
  })
  await page.goto(chat.url)
  await write(page, 'pokaži')
  await expectPlayer(page, `video.canPlayType('video/mp4; codecs="avc1.42c00a"')`, 'probably')
  await page.waitForLoadState('networkidle')
  // The still and the captions cost little; the video waits until somebody wants it.
  expect(asked.filter(({ type }) => type === 'media')).toEqual([])
  expect(asked.find(({ url }) => url.endsWith('/clip.jpg'))).toMatchObject({ status: 200 })

  await tell(page, 'void video.play()')
  await expectPlayer(page, 'video.currentTime > 0', true)
  await expectPlayer(page, '[video.videoWidth, video.videoHeight, video.duration]', [144, 256, 6])
  expect(asked.find(({ type }) => type === 'media')).toMatchObject({ range: 'bytes=0-', status: 206 })

  await tell(page, 'video.pause(); video.currentTime = 4')
  await expectPlayer(page, '[video.currentTime, video.seeking, video.readyState >= 2, video.error]', [
    4,
    false,
    true,
    null,
  ])
  await expectPlayer(page, 'video.textTracks[0].activeCues?.[0]?.text', 'Vi odlučujete sa njim.')
  expect(faults).toEqual([])
  await close()
})
