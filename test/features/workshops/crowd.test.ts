// Many people at the same time, on two instances of the bot.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { expireOffers } from '../../../src/features/workshops/seats.ts'
import { startKernel } from '../../../src/kernel.ts'
import { openDatabase } from '../../../src/platform/db/database.ts'
import { createLog } from '../../../src/platform/log.ts'
import { realKnowledge, received, recordingChannel, startBot } from '../../support/bot.ts'
import { aPerson, aWorkshop, HOUR_MS } from '../../support/workshops.ts'

let bot: Awaited<ReturnType<typeof startBot>>
let second: { kernel: ReturnType<typeof startKernel>; stop(): Promise<void> }
beforeEach(async () => {
  bot = await startBot()
  const database = openDatabase({ url: bot.database.url, poolSize: 8 })
  const knowledge = await realKnowledge()
  const kernel = startKernel({
    database,
    channels: [recordingChannel()],
    knowledge: () => knowledge,
    log: createLog('silent'),
  })
  const stop = async () => {
    await kernel.stop()
    await database.close()
  }
  second = { kernel, stop }
})
afterEach(async () => {
  await second.stop()
  await bot.stop()
})

const address = (index: number) => `person-${index}`

async function crowd(size: number): Promise<void> {
  for (let index = 0; index < size; index++) await aPerson(bot.database, address(index))
  await bot.database.sql`
    INSERT INTO consent (person_id, purpose, version, given_at)
    SELECT id, 'participation', '2026-11', now() FROM person`
}

/** Every press reaches one instance or the other, some of them twice. */
async function everybodyPresses(size: number, token: (index: number) => string): Promise<void> {
  const kernels = [bot.kernel, second.kernel]
  await Promise.all(
    Array.from({ length: size }, async (_, index) => {
      const press = () => received(address(index), { kind: 'press', token: token(index) })
      await kernels[index % 2]?.receive([press()])
      if (index % 5 === 0) await kernels[(index + 1) % 2]?.receive([press()])
    }),
  )
  await expect
    .poll(async () => (await bot.database.sql`SELECT 1 FROM inbox WHERE done_at IS NULL`).length, {
      timeout: 25_000,
    })
    .toBe(0)
}

type Line = { address: string; status: string; position: number }
const line = (id: number) => bot.database.sql<Line>`
  SELECT a.external_id AS address, r.status, r.position FROM registration r JOIN address a ON a.id = r.address_id
  WHERE r.workshop_id = ${id} ORDER BY r.position`

it('200 people take 30 seats: exactly 30 have one, the others wait in an order without gaps', async () => {
  const id = await aWorkshop(bot.database, { capacity: 30 })
  await crowd(200)
  await everybodyPresses(200, () => `w:${id}:s:0`)
  const people = await line(id)
  expect(people).toHaveLength(200)
  expect(people.map(({ position }) => position)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  expect(people.map(({ status }) => status)).toEqual([
    ...Array(30).fill('confirmed'),
    ...Array(170).fill('waiting'),
  ])
})

it('seats freed while others leave the list and offers end go to the first who still wait, each once', async () => {
  const startsAt = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 12 * HOUR_MS
  const id = await aWorkshop(bot.database, { capacity: 20, startsAt })
  await crowd(60)
  await everybodyPresses(60, () => `w:${id}:s:0`)
  const before = await line(id)
  const leaving = new Set(before.filter((_, index) => index % 3 === 0).map(person => person.address))
  const late = new Date(Date.now() + 3 * HOUR_MS)
  await Promise.all([
    everybodyPresses(60, index => (leaving.has(address(index)) ? `w:${id}:x` : `w:${id}`)),
    expireOffers(bot.database, late),
    expireOffers(bot.database, late),
  ])
  const after = await line(id)
  const taken = after.filter(({ status }) => status === 'confirmed' || status === 'offered')
  const waiting = after.filter(({ status }) => status === 'waiting')
  expect(taken).toHaveLength(20)
  expect(Math.max(...taken.map(({ position }) => position))).toBeLessThan(
    Math.min(...waiting.map(({ position }) => position)),
  )
  const offers = await bot.database.sql<{ count: number }>`
    SELECT count(*)::int AS count FROM workshop_notice n JOIN registration r ON r.id = n.registration_id
    WHERE n.kind = 'offer' GROUP BY n.registration_id HAVING count(*) > 1`
  expect(offers).toEqual([])
})
