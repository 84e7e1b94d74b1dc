// A Direct Line client that is not ours, Microsoft's own for the browser, talks to the whole bot in a trial on
// this machine. Between them stands an offline Direct Line, also not ours. The client runs in a real browser,
// because it asks for its answers with what browsers have.
import { createServer, type RequestListener, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createBotFrameworkChannel } from '../../../src/channels/botframework/index.ts'
import { type Kernel, startKernel } from '../../../src/kernel.ts'
import { createHttpServer } from '../../../src/platform/http/server.ts'
import { createLog } from '../../../src/platform/log.ts'
import { openBrowser } from '../../e2e/support/browser.ts'
import { PUBLIC_URL, realKnowledge } from '../../support/bot.ts'
import { testDatabase } from '../../support/database.ts'

const require = createRequire(import.meta.url)
/** The packages declare no types that go together with ours. */
type Router = RequestListener & { use(router: Router): void }
const { getRouter }: { getRouter(serviceUrl: string, botUrl: string): Router } = require('offline-directline')
const express: () => Router = createRequire(require.resolve('offline-directline'))('express')
const CLIENT = require.resolve('botframework-directlinejs/dist/directline.js')

/** The shortest time between two questions for news that the client accepts. */
const POLL_MS = 200
const PATIENT = { timeout: 30_000, interval: 100 }

type Action = { type: string; title: string; value: string }
type Heard = { text?: string; from: { id: string }; suggestedActions?: { actions: Action[] } }

let stop: () => Promise<void>
let kernel: Kernel
let line: Awaited<ReturnType<typeof startDirectLine>>
let page: Page
beforeAll(async () => {
  // The offline Direct Line tells the console of every conversation.
  const quiet = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const bot = await startBot()
  line = await startDirectLine(`${bot.url}/api/messages`)
  const browser = await openBrowser()
  page = await openClient(browser, line.url)
  stop = async () => {
    await browser.close()
    await line.stop()
    await bot.stop()
    quiet.mockRestore()
  }
})
afterAll(() => stop())

async function startBot() {
  const database = await testDatabase()
  const log = createLog('silent')
  const channel = createBotFrameworkChannel({ allowAnonymous: true, serviceUrlAllowList: [], log })
  const knowledge = await realKnowledge()
  kernel = startKernel({ database, channels: [channel], knowledge: () => knowledge, log })
  const listener = channel.listen(kernel.receive)
  const app = await createHttpServer({
    log,
    trustProxy: false,
    health: async () => ({ ready: true, checks: {} }),
  })
  listener.routes?.(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  await listener.start?.()
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    async stop() {
      await listener.stop?.()
      await app.close()
      await kernel.stop()
      await database.drop()
    },
  }
}

/** Its routes on a server that we can close: what the package starts itself never ends. */
async function startDirectLine(botUrl: string) {
  const app = express()
  let said = 0
  const server: Server = createServer((request, response) => {
    if (request.url?.startsWith('/v3/conversations/')) said++
    if (request.url === '/') response.setHeader('content-type', 'text/html').end('<!doctype html>')
    else app(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  app.use(getRouter(url, botUrl))
  return {
    url,
    /** How often the bot has said something. */
    said: () => said,
    async stop() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function openClient(browser: Browser, url: string): Promise<Page> {
  const client = await browser.newPage()
  await client.goto(url)
  await client.addScriptTag({ path: CLIENT })
  await client.evaluate(`
    heard = []
    line = new DirectLine.DirectLine({
      secret: 'none', domain: location.origin + '/directline', webSocket: false, pollingInterval: ${POLL_MS},
    })
    line.activity$.subscribe(activity => heard.push(activity))`)
  return client
}

/** Posts a message of the person and resolves to what the bot said in return. */
async function say(message: object): Promise<Heard[]> {
  const before = line.said()
  const activity = { type: 'message', from: { id: 'gradjanka' }, locale: 'sr-Latn-RS', ...message }
  await page.evaluate(`new Promise((resolve, reject) =>
    line.postActivity(${JSON.stringify(activity)}).subscribe(resolve, reject))`)
  await kernel.idle()
  await expect.poll(async () => (await heardFromBot()).length, PATIENT).toBe(line.said())
  return (await heardFromBot()).slice(before)
}

const heardFromBot = () => page.evaluate<Heard[]>(`heard.filter(({ from }) => from.id !== 'gradjanka')`)

test('a conversation is begun, a question answered, and a button below the answer pressed', async () => {
  const answer = await say({ text: 'ko je zaduzen za vodovod' })
  const said = answer.map(({ text }) => text).join('\n')
  expect(said).toMatch(/JKP „Vodovod i kanalizacija“/)
  expect(said).toContain(`${PUBLIC_URL}/privacy`)
  const actions = answer.at(-1)?.suggestedActions?.actions ?? []
  expect(actions.slice(0, 2).map(({ title }) => title)).toEqual(['Da', 'Ne'])

  // As Web Chat does: the person sees the label, the bot gets the value.
  const { title, value } = actions[0] ?? {}
  const thanks = await say({ text: value, value, channelData: { messageBack: { displayText: title } } })
  expect(thanks.map(({ text }) => text).join()).toMatch(/Drago mi je/)
})

test('a typed number presses a button as well', async () => {
  await say({ text: '/jezik' })
  const [chosen] = await say({ text: '4' })
  expect(chosen?.text).toMatch(/From now on/)
})
