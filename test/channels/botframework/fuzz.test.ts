// 10,000 damaged activities: answered every time, never with a fault of ours, and nothing reaches the store
// that it could not hold.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBotFrameworkChannel } from '../../../src/channels/botframework/index.ts'
import type { Received } from '../../../src/core/model/event.ts'
import { createHttpServer } from '../../../src/platform/http/server.ts'
import { createLog } from '../../../src/platform/log.ts'
import { damagedBodies } from '../support/damage.ts'

const RUNS = 10_000

const common = {
  id: 'a-1',
  timestamp: '2026-11-23T10:00:00.000Z',
  channelId: 'emulator',
  serviceUrl: 'http://localhost:3978',
  from: { id: 'person-1', name: 'Ana', role: 'user' },
  recipient: { id: 'bot-1', name: 'Bot', role: 'bot' },
  conversation: { id: 'conversation-1', isGroup: false },
  locale: 'sr-Latn-RS',
}
const BODIES = [
  { type: 'message', text: 'Gde je opština?', textFormat: 'plain' },
  { type: 'message', value: { token: 'y:budget' } },
  { type: 'message', value: 'btn:y:budget', text: 'btn:y:budget' },
  { type: 'message', text: '', attachments: [{ contentType: 'image/png', contentUrl: 'http://a/b' }] },
  {
    type: 'message',
    text: '<at>Bot</at> gde je opština?',
    conversation: { id: 'g-1', isGroup: true },
    entities: [{ type: 'mention', mentioned: { id: 'bot-1' }, text: '<at>Bot</at>' }],
  },
  { type: 'conversationUpdate', membersAdded: [{ id: 'person-1' }] },
  { type: 'conversationUpdate', membersRemoved: [{ id: 'bot-1' }] },
  { type: 'installationUpdate', action: 'remove' },
  { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
  { type: 'invoke', name: 'adaptiveCard/action', value: { action: {} } },
].map(body => JSON.stringify({ ...common, ...body }))

const strange = fc.oneof(
  fc.json(),
  fc.constantFrom('null', 'true', '-1', '1e999', '9'.repeat(400), '""', '[]', '{}', '"\\u0000"', '"\\ud800"'),
  fc.constantFrom('{"__proto__":{"id":"x"}}', '{"constructor":1}', '[[[[[[]]]]]]', `"${'x'.repeat(9000)}"`),
)

/** A value of the JSON is replaced by another one. */
const replaced = fc.tuple(fc.constantFrom(...BODIES), fc.nat(), strange).map(([body, at, value]) => {
  const values = [...body.matchAll(/(?<=:)("[^"]*"|\d+|true|false|\{|\[)/g)]
  const match = values[at % values.length]
  if (!match) return body
  const end = /[{[]/.test(match[0]) ? closing(body, match.index) : match.index + match[0].length
  return body.slice(0, match.index) + value + body.slice(end)
})

function closing(body: string, from: number): number {
  let depth = 0
  for (let at = from; at < body.length; at++) {
    if (/[{[]/.test(body[at] ?? '')) depth++
    if (/[}\]]/.test(body[at] ?? '') && --depth === 0) return at + 1
  }
  return body.length
}

const anyBody = fc
  .oneof({ weight: 1, arbitrary: replaced }, { weight: 3, arbitrary: damagedBodies(BODIES) })
  .map(body => Buffer.from(body))

test('10,000 damaged activities are answered', { timeout: 120_000 }, async () => {
  const received: Received[] = []
  const log = createLog('silent')
  const channel = createBotFrameworkChannel({ allowAnonymous: true, serviceUrlAllowList: [], log })
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
        url: '/api/messages',
        headers: { 'content-type': 'application/json' },
        payload: body,
      })
      slowest = Math.max(slowest, performance.now() - before)
      counts[statusCode] = (counts[statusCode] ?? 0) + 1
      expect([200, 400, 403]).toContain(statusCode)
    }),
    { numRuns: RUNS },
  )
  await app.close()

  expect(counts[200]).toBeGreaterThan(1000)
  expect(counts[400]).toBeGreaterThan(1000)
  expect(received.length).toBeGreaterThan(500)
  expect(slowest).toBeLessThan(2000)
  for (const { externalId, address, at, reference } of received) {
    expect(address).toMatch(/^[\x20-\x7e]{1,1000}$/)
    expect(externalId).toMatch(/^[\x20-\x7e]{1,2001}$/)
    expect(Number.isNaN(new Date(at).getTime())).toBe(false)
    expect(reference).toMatchObject({ conversation: { id: address } })
  }
})
