// 10,000 damaged callbacks, each with a valid signature: answered every time, never with a fault of ours,
// and nothing reaches the store that it could not hold.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Receipt } from '../../../src/channels/channel.ts'
import { createViberChannel } from '../../../src/channels/viber/index.ts'
import type { Received } from '../../../src/core/model/event.ts'
import { createHttpServer } from '../../../src/platform/http/server.ts'
import { createLog } from '../../../src/platform/log.ts'
import { filesInMemory } from '../../support/media.ts'
import { damagedBodies } from '../support/damage.ts'
import { sign } from './fake-viber.ts'
import { welcomeIn } from './harness.ts'

const RUNS = 10_000
const TOKEN = 'a-token'

const profile = { id: '01234567890A=', name: 'Ana', language: 'sr', country: 'RS', api_version: 10 }
const BODIES = [
  {
    event: 'message',
    sender: profile,
    message: { type: 'text', text: 'Gde je opština?', tracking_data: 'x' },
  },
  {
    event: 'message',
    sender: profile,
    message: { type: 'picture', media: 'https://m.example/a.jpg', text: 'Rupa' },
  },
  { event: 'message', sender: profile, message: { type: 'location', location: { lat: 50.7, lon: 6.1 } } },
  { event: 'message', sender: profile, message: { type: 'text', text: 'btn:y:budget' }, silent: true },
  { event: 'subscribed', user: profile },
  { event: 'unsubscribed', user_id: profile.id },
  { event: 'conversation_started', type: 'open', context: 'w1', user: profile, subscribed: true },
  { event: 'conversation_started', type: 'open', user: profile, subscribed: false },
  { event: 'delivered', user_id: profile.id },
  { event: 'failed', user_id: profile.id, desc: 'message validation failed' },
  { event: 'webhook' },
].map(body =>
  JSON.stringify({ timestamp: 1457764197627, message_token: 0, ...body }).replace(
    ':0',
    ':5741311803571721087',
  ),
)

const strange = fc.oneof(
  fc.json(),
  fc.constantFrom(
    'null',
    'true',
    '-1',
    '1e999',
    '1e308',
    '9'.repeat(400),
    '""',
    '[]',
    '{}',
    '"\\u0000"',
    '"\\ud800"',
  ),
  fc.constantFrom(
    '{"__proto__":{"event":"message"}}',
    '{"constructor":1}',
    '[[[[[[[[]]]]]]]]',
    `"${'x'.repeat(9000)}"`,
  ),
)

/** A value of the JSON is replaced by another one. */
const replaced = fc.tuple(fc.constantFrom(...BODIES), fc.nat(), strange).map(([body, at, value]) => {
  const values = [...body.matchAll(/(?<=:)("[^"]*"|\d+|true|false|\{)/g)]
  const match = values[at % values.length]
  if (!match) return body
  const end = match[0] === '{' ? closing(body, match.index) : match.index + match[0].length
  return body.slice(0, match.index) + value + body.slice(end)
})

function closing(body: string, from: number): number {
  let depth = 0
  for (let at = from; at < body.length; at++) {
    if (body[at] === '{') depth++
    if (body[at] === '}' && --depth === 0) return at + 1
  }
  return body.length
}

const anyBody = fc
  .oneof({ weight: 1, arbitrary: replaced }, { weight: 3, arbitrary: damagedBodies(BODIES) })
  .map(body => Buffer.from(body))

test('10,000 damaged callbacks are answered', { timeout: 120_000 }, async () => {
  const received: Received[] = []
  const receipts: Receipt[] = []
  const log = createLog('silent')
  const channel = createViberChannel({
    token: TOKEN,
    apiRoot: 'http://127.0.0.1:1/pa',
    senderName: 'Komšija',
    media: filesInMemory({}),
    welcome: welcomeIn,
    onReceipts: async batch => void receipts.push(...batch),
    log,
  })
  const app = await createHttpServer({
    log,
    trustProxy: false,
    health: async () => ({ ready: true, checks: {} }),
  })
  channel
    .listen(async batch => {
      received.push(...batch)
      return undefined
    })
    .routes?.(app)

  const counts: Record<string, number> = {}
  let slowest = 0
  await fc.assert(
    fc.asyncProperty(anyBody, async body => {
      const before = performance.now()
      const { statusCode } = await app.inject({
        method: 'POST',
        url: '/webhooks/viber',
        headers: { 'content-type': 'application/json', 'x-viber-content-signature': sign(TOKEN, body) },
        payload: body,
      })
      slowest = Math.max(slowest, performance.now() - before)
      counts[statusCode] = (counts[statusCode] ?? 0) + 1
      expect([200, 400]).toContain(statusCode)
    }),
    { numRuns: RUNS },
  )
  await app.close()

  expect(counts[200]).toBeGreaterThan(1000)
  expect(counts[400]).toBeGreaterThan(1000)
  expect(received.length).toBeGreaterThan(500)
  expect(slowest).toBeLessThan(2000)
  expect(receipts.length).toBeGreaterThan(100)
  for (const { externalId, detail = '' } of receipts) {
    expect(externalId).toMatch(/^\d{1,20}$/)
    expect(detail).toMatch(/^\P{Cc}*$/u)
  }
  for (const { externalId } of received) expect(externalId).toMatch(/^\w+ \d{1,20}$/)
  for (const { address, at } of [...received, ...receipts]) {
    expect(address).toMatch(/^[\x21-\x7e]{1,100}$/)
    expect(Number.isNaN(new Date(at).getTime())).toBe(false)
  }
})
