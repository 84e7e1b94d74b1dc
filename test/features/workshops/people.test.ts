// What the rights of people, linked chats and the end of a consent's time mean for seats.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RETENTION_DAYS } from '../../../src/core/model/retention.ts'
import { feedbackTable, registrationTable, requestTable } from '../../../src/features/workshops/personal.ts'
import { enforceRetention } from '../../../src/retention.ts'
import { startBot, textOf } from '../../support/bot.ts'
import { aWorkshop, HOUR_MS } from '../../support/workshops.ts'

let bot: Awaited<ReturnType<typeof startBot>>
beforeEach(async () => {
  bot = await startBot()
})
afterEach(() => bot.stop())

const press = (token: string, address = 'a') => bot.tell(address, { kind: 'press', token })
const say = (text: string, address = 'a') => bot.tell(address, { kind: 'text', text })
const agree = (token: string, address = 'a') => press(`ok:${token}`, address)
async function link(address: string, other: string) {
  const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(textOf(await say('/povezi', address)))?.[0]
  return say(`/povezi ${code}`, other)
}
const line = () => bot.database.sql<{ status: string; guests: number; tied: boolean; code: string | null }>`
  SELECT status, guests, person_id IS NOT NULL AS tied, code FROM registration ORDER BY position, id`
const statuses = async () => (await line()).map(({ status }) => status)
const notices = () => bot.database.sql<{ kind: string }>`SELECT kind FROM workshop_notice ORDER BY id`

describe('erasing', () => {
  it('frees the seat and gives it to the next who waits', async () => {
    const id = await aWorkshop(bot.database, { capacity: 1 })
    await agree(`w:${id}:s:0`, 'a')
    await agree(`w:${id}:s:0`, 'b')
    expect(await statuses()).toEqual(['confirmed', 'waiting'])
    await press('erase:yes', 'a')
    expect(await statuses()).toEqual(['confirmed'])
    expect(await notices()).toEqual([{ kind: 'seat' }])
  })

  it('keeps that somebody was there, without them, and nothing of what they said', async () => {
    const id = await aWorkshop(bot.database)
    await agree(`w:${id}:s:1`)
    await bot.database.sql`UPDATE registration SET status = 'attended'`
    await bot.database.sql`UPDATE workshop SET starts_at = now() - interval '1 hour'`
    await press(`w:${id}:r:4`)
    await press(`w:${id}:t`)
    await say('Bilo je dobro')
    await press('w:ask:other')
    await say('Hoćemo radionicu')
    await press('erase:yes')
    expect(await line()).toEqual([{ status: 'attended', guests: 1, tied: false, code: null }])
    for (const table of ['workshop_feedback', 'workshop_request'] as const) {
      const rows =
        table === 'workshop_feedback'
          ? await bot.database.sql`SELECT 1 FROM workshop_feedback`
          : await bot.database.sql`SELECT 1 FROM workshop_request`
      expect(rows, table).toEqual([])
    }
  })
})

describe('two people who turn out to be one', () => {
  it('have one seat: the better stays, the other goes to the next, and they are told', async () => {
    const id = await aWorkshop(bot.database, { capacity: 4 })
    await agree(`w:${id}:s:0`, 'a')
    await agree(`w:${id}:s:2`, 'b')
    await agree(`w:${id}:s:0`, 'waits')
    await link('a', 'b')
    expect(await line()).toMatchObject([
      { status: 'confirmed', guests: 2 },
      { status: 'confirmed', guests: 0 },
    ])
    expect((await notices()).map(({ kind }) => kind).toSorted()).toEqual(['merged', 'seat'])
    expect(textOf(await press('w:m', 'a'))).toContain('mesta: 3')
    expect(textOf(await press('w:m', 'b'))).toContain('mesta: 3')
  })

  it('keep a seat rather than a place on the waiting list, whoever came first', async () => {
    const id = await aWorkshop(bot.database, { capacity: 1 })
    await agree(`w:${id}:s:0`, 'a')
    await agree(`w:${id}:s:0`, 'b')
    await agree(`w:${id}:s:0`, 'c')
    await link('b', 'a')
    expect(await statuses()).toEqual(['confirmed', 'waiting'])
  })

  it('keep what only one of them has, the later rating, and every request', async () => {
    const first = await aWorkshop(bot.database)
    const second = await aWorkshop(bot.database)
    await agree(`w:${first}:s:0`, 'a')
    await agree(`w:${second}:s:0`, 'b')
    for (const address of ['a', 'b']) {
      await press('w:ask:other', address)
      await say('Hoćemo radionicu', address)
    }
    await bot.database.sql`UPDATE registration SET status = 'attended'`
    await bot.database.sql`
      INSERT INTO registration (workshop_id, person_id, status, guests, created_at, changed_at)
      SELECT ${first}, person_id, 'attended', 0, now(), now() FROM registration WHERE workshop_id = ${second}`
    await bot.database.sql`UPDATE workshop SET starts_at = now() - interval '1 hour'`
    await press(`w:${first}:r:2`, 'a')
    await press(`w:${first}:r:5`, 'b')
    await link('a', 'b')
    const ratings = await bot.database.sql`SELECT workshop_id AS id, rating FROM workshop_feedback`
    expect(ratings).toEqual([{ id: first, rating: 5 }])
    expect(await line()).toHaveLength(2)
    const requests = await bot.database.sql`SELECT DISTINCT person_id FROM workshop_request`
    expect(requests).toHaveLength(1)
  })

  it('and two linked chats have one seat from the beginning', async () => {
    const id = await aWorkshop(bot.database)
    await link('a', 'b')
    await agree(`w:${id}:s:0`, 'a')
    expect(textOf(await press(`w:${id}:s:0`, 'b'))).toContain('Prijavljeni ste, mesta: 1')
    expect(await line()).toHaveLength(1)
    await press(`w:${id}:x`, 'b')
    expect(textOf(await press(`w:${id}`, 'a'))).toContain('Slobodno')
  })
})

describe('a consent', () => {
  it('that is taken back leaves the registration, and it can still be cancelled', async () => {
    const id = await aWorkshop(bot.database)
    await agree(`w:${id}:s:0`)
    await press('consent:back')
    expect(await statuses()).toEqual(['confirmed'])
    expect(textOf(await press(`w:${id}:s:1`))).toContain('15 ili više godina')
    expect(textOf(await press(`w:${id}:x`))).toContain('otkazana')
  })

  it('ends with its time: who was there is counted without them, the rest is gone', async () => {
    const id = await aWorkshop(bot.database)
    for (const address of ['a', 'b']) await agree(`w:${id}:s:0`, address)
    await bot.database.sql`
      UPDATE registration SET status = CASE WHEN position = 1 THEN 'attended' ELSE 'absent' END,
        created_at = now() - interval '800 days'`
    await bot.database.sql`
      INSERT INTO workshop_feedback (workshop_id, person_id, rating, text, at)
      SELECT ${id}, person_id, 5, 'tekst', created_at FROM registration WHERE position = 1`
    await bot.database.sql`
      INSERT INTO workshop_request (person_id, text, status, created_at)
      SELECT person_id, 'tekst', 'open', created_at FROM registration`
    await enforceRetention(bot.database.sql, RETENTION_DAYS, [registrationTable, feedbackTable, requestTable])
    expect(await line()).toEqual([{ status: 'attended', guests: 0, tied: false, code: null }])
    expect(await bot.database.sql`SELECT person_id, rating, text FROM workshop_feedback`).toEqual([
      { person_id: null, rating: 5, text: null },
    ])
    expect(await bot.database.sql`SELECT 1 FROM workshop_request`).toEqual([])
  })
})

describe('asking for a workshop', () => {
  it('is possible three times at once', async () => {
    await agree('w:ask:mz-01')
    for (let time = 0; time < 3; time++) {
      expect(textOf(await say('Hoćemo radionicu'))).toContain('zabeležen')
      await press('w:ask:mz-01')
    }
    expect(textOf(await say('I još jednu'))).toContain('tri zahteva')
    await press('w:ask:mz-01')
    expect(textOf(await say('a'.repeat(1001)))).toContain('najviše 1000')
    const rows = await bot.database.sql`SELECT DISTINCT community FROM workshop_request`
    expect(rows).toEqual([{ community: 'mz-01' }])
  })
})

describe('a ticket', () => {
  it('is a picture that only its owner is given, and that goes with the workshop', async () => {
    const startsAt = Date.now() + 100 * HOUR_MS
    const id = await aWorkshop(bot.database, { startsAt })
    expect(textOf(await press(`w:${id}:q`))).toContain('Niste prijavljeni')
    await agree(`w:${id}:s:0`)
    const [message] = await press(`w:${id}:q`)
    const picture = message?.blocks.find(block => block.kind === 'image')
    const [row] = await bot.database.sql<{ name: string; tied: boolean; bytes: Buffer; expires: Date }>`
      SELECT name, person_id IS NOT NULL AS tied, bytes, expires_at AS expires FROM media`
    expect(row?.tied).toBe(true)
    expect(picture?.url).toMatch(new RegExp(`^https://komsija.example/media/[\\w-]+/qr-${id}-\\w{5}.png$`))
    await press(`w:${id}:q`)
    expect(await bot.database.sql`SELECT 1 FROM media`).toHaveLength(1)
    expect(row?.bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(row?.expires.getTime()).toBeCloseTo(startsAt + 28 * HOUR_MS, -4)
  })
})
