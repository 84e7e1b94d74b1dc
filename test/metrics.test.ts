// What Prometheus reads of the bot's work, and that none of it names a person.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { measureQueue } from '../src/delivery/index.ts'
import { metrics } from '../src/platform/http/metrics.ts'
import { startBot } from './support/bot.ts'
import { startConsole, type TestConsole } from './support/console.ts'

let bot: Awaited<ReturnType<typeof startBot>>
let console_: TestConsole
beforeAll(async () => {
  bot = await startBot({ results: [{ status: 'failed', reason: 'rejected', detail: 'no' }] })
  console_ = await startConsole({ database: bot.database })
  measureQueue(bot.database.sql)
})
afterAll(async () => {
  await console_.stop()
  await bot.stop()
})

/** The value of one line, such as `name{label="x"}`. */
async function figure(line: string): Promise<number | undefined> {
  const lines = (await metrics.metrics()).split('\n')
  const found = lines.find(text => text.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.split(' ').at(-1))
}

it('counts turns, answers by decision and sends by outcome', async () => {
  await bot.tell('a-chat-of-somebody', { kind: 'text', text: 'ko popravlja uličnu rasvetu' })
  await bot.tell('a-chat-of-somebody', { kind: 'text', text: 'ko popravlja uličnu rasvetu' })
  expect(await figure('komsija_turns_total{channel="web",outcome="answered"}')).toBe(2)
  expect(await figure('komsija_answers_total{channel="web",decision="answer"}')).toBe(2)
  expect(await figure('komsija_sends_total{channel="web",outcome="rejected"}')).toBe(1)
  expect(await figure('komsija_sends_total{channel="web",outcome="sent"}')).toBe(1)
})

it('counts sign-ins that failed', async () => {
  const browser = console_.browser()
  await browser.get('/console/sign-in')
  await browser.post('/console/sign-in', { email: 'mira@grad.example', password: 'x' })
  expect(await figure('komsija_sign_in_failures_total{step="password"}')).toBe(1)
})

it('tells how many messages wait in each lane, and since when', async () => {
  expect(await figure('komsija_queue_messages{lane="reply"}')).toBe(0)
  expect(await figure('komsija_queue_oldest_seconds{lane="bulk"}')).toBe(0)
  await bot.database.sql`
    INSERT INTO outbox (address_id, lane, status, message, created_at, not_before, external_ids)
    SELECT id, 'bulk', 'queued', '{"blocks":[],"buttons":[]}', now() - interval '1 minute', now() + interval '1 day', '{}'
    FROM address`
  expect(await figure('komsija_queue_messages{lane="bulk"}')).toBe(1)
  expect(await figure('komsija_queue_oldest_seconds{lane="bulk"}')).toBeGreaterThanOrEqual(60)
})

it('names nobody', async () => {
  const text = await metrics.metrics()
  expect(text).not.toMatch(/a-chat-of-somebody|mira@grad/)
})
