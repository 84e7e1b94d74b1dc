// The channel against an emulator that others wrote, through its client: a text and a pressed button in,
// an answer with buttons out. It knows no limits and few methods; the rest is tested on our own fake.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TelegramServer } from 'telegram-test-api/lib/telegramServer.js'
import { afterEach, expect, test } from 'vitest'
import { createFileIds } from '../../../src/channels/shared/file-ids.ts'
import { createTelegramChannel } from '../../../src/channels/telegram/index.ts'
import type { Received } from '../../../src/core/model/event.ts'
import { createLog } from '../../../src/platform/log.ts'
import { filesInMemory } from '../../support/media.ts'
import { FAKE_TOKEN } from './fake-bot-api.ts'
import { until } from './harness.ts'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** It must be told its port before it listens. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => probe.close(resolve))
  return port
}

async function startEmulator() {
  const server = new TelegramServer({ port: await freePort(), host: '127.0.0.1' })
  await server.start()
  stops.push(() => server.stop())
  return server
}

test('text in, answer out, button pressed', async () => {
  const server = await startEmulator()
  const received: Received[] = []
  const list = [{ command: 'meni', description: 'Oblasti' }]
  const channel = createTelegramChannel({
    token: FAKE_TOKEN,
    mode: 'polling',
    apiRoot: server.config.apiURL,
    commands: { sr: list, bs: list, en: list },
    media: filesInMemory({}),
    fileIds: createFileIds(async () => [], 'telegram'),
    lead(work) {
      const ended = new AbortController()
      const done = work(ended.signal)
      return {
        async stop() {
          ended.abort()
          await done
        },
      }
    },
    log: createLog('silent'),
  })
  const listener = channel.listen(async batch => {
    received.push(...batch)
    return undefined
  })
  await listener.start?.()
  stops.push(async () => listener.stop?.())

  const client = server.getClient(FAKE_TOKEN, { timeout: 5000 })
  await client.sendMessage(client.makeMessage('Gde je opština?'))
  await until(() => received.length === 1)
  expect(received[0]).toMatchObject({ event: { kind: 'text', text: 'Gde je opština?' }, address: '1' })

  const answer = {
    id: '1',
    blocks: [{ kind: 'text' as const, text: 'Na trgu.' }],
    buttons: [{ label: 'Da', token: 'y:office' }],
  }
  expect(await channel.send({ externalId: '1' }, answer)).toMatchObject({ status: 'sent' })
  const [sent] = (await client.getUpdates()).result
  expect(sent?.message).toMatchObject({
    text: 'Na trgu.',
    reply_markup: { inline_keyboard: [[{ text: 'Da', callback_data: 'y:office' }]] },
  })

  await client.sendCallback(client.makeCallbackQuery('y:office'))
  await until(() => received.length === 2)
  expect(received[1]).toMatchObject({ event: { kind: 'press', token: 'y:office' }, address: '1' })
})
