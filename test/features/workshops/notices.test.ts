// What people who signed up are told without having asked, and when.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Outbound } from '../../../src/core/model/message.ts'
import type { Knowledge } from '../../../src/core/step.ts'
import {
  cancelWorkshop,
  changeWorkshop,
  closeWorkshop,
  saveMinutes,
  tellChange,
} from '../../../src/features/workshops/changes.ts'
import type { WorkshopFields } from '../../../src/features/workshops/fields.ts'
import { keepTime } from '../../../src/features/workshops/reminders.ts'
import { OVER_AFTER_MS, TELL_AFTER_MS } from '../../../src/features/workshops/rules.ts'
import { type Held, holdWorkshop, join, leave, setStatus } from '../../../src/features/workshops/seats.ts'
import { tellDue } from '../../../src/features/workshops/teller.ts'
import { realKnowledge } from '../../support/bot.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { aPerson, aWorkshop, DAY_MS, fieldsOf, HOUR_MS } from '../../support/workshops.ts'

/** A Saturday at ten in the city. */
const START = Date.parse('2030-06-15T08:00:00Z')

let knowledge: Knowledge
beforeAll(async () => {
  knowledge = await realKnowledge()
})
let database: TestDatabase & { drop(): Promise<void> }
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())
afterEach(() => database.sql`TRUNCATE workshop, person CASCADE`.then(() => undefined))

const at = (hoursBefore: number, start = START) => new Date(start - hoursBefore * HOUR_MS)
const tell = (now: Date) => tellDue(database, knowledge, now)
async function clock(now: Date): Promise<void> {
  await keepTime(database, now)
  await tell(now)
}

function held<Result>(id: number, deed: (sql: TestDatabase['sql'], held: Held) => Promise<Result>) {
  return database.transaction(async sql => {
    const workshop = await holdWorkshop(sql, id)
    if (!workshop) throw new Error('no workshop')
    return deed(sql, workshop)
  })
}
async function signUp(id: number, name: string, now = at(240), more: Parameters<typeof aPerson>[2] = {}) {
  const person = await aPerson(database, name, more)
  await held(id, (sql, workshop) => join(sql, workshop, person, { guests: 0, group: false, now }))
  return person
}
const change = (id: number, fields: Partial<WorkshopFields>, now: Date) =>
  database.transaction(sql => changeWorkshop(sql, id, fieldsOf({ startsAt: START, ...fields }), now))

type Sent = { to: string; lane: string; text: string; message: Outbound }
async function outbox(): Promise<Sent[]> {
  const rows = await database.sql<{ to: string; lane: string; message: Outbound }>`
    SELECT a.external_id AS "to", o.lane, o.message FROM outbox o JOIN address a ON a.id = o.address_id
    ORDER BY o.id`
  return rows.map(row => ({ ...row, text: row.message.blocks.map(({ text }) => text).join('\n') }))
}
const told = async () => (await outbox()).map(({ to }) => to)

let id: number
beforeEach(async () => {
  id = await aWorkshop(database, { startsAt: START, capacity: 2 }, at(300))
})

describe('reminders', () => {
  it('come two days and two hours before, to those who have a seat, once over all instances', async () => {
    await signUp(id, 'a')
    await signUp(id, 'b')
    await signUp(id, 'waits')
    await clock(at(48.1))
    expect(await told()).toEqual([])
    await Promise.all([clock(at(48)), clock(at(48)), clock(at(47.9))])
    expect((await told()).toSorted()).toEqual(['a', 'b'])
    await clock(at(10))
    await Promise.all([clock(at(2)), clock(at(1.9))])
    expect((await told()).toSorted()).toEqual(['a', 'a', 'b', 'b'])
    const [soon, , today] = await outbox()
    expect(soon).toMatchObject({ lane: 'bulk' })
    expect(soon?.text).toContain('Podsećam vas na radionicu')
    expect(soon?.text).toContain('subota, 15. 6. 2030., 10:00–14:00')
    expect(today?.text).toContain('uskoro počinje')
  })

  it('hang their buttons on a card, so that numbers typed elsewhere stay what they are', async () => {
    await signUp(id, 'a')
    await clock(at(48))
    const [soon] = await outbox()
    expect(soon?.message.buttons).toEqual([])
    const card = soon?.message.blocks.find(block => block.kind === 'card')
    expect(card?.buttons?.map(button => 'token' in button && button.token)).toEqual([
      `w:${id}:q`,
      `w:${id}`,
      `w:${id}:x`,
    ])
  })

  it('are left out for whoever signed up, got their seat or heard of the time later', async () => {
    const soonHeld = await aWorkshop(database, { startsAt: START, capacity: 1 }, at(30))
    await signUp(soonHeld, 'late', at(20))
    await signUp(id, 'early')
    const leaves = await signUp(id, 'leaves')
    await signUp(id, 'waits')
    await held(id, (sql, workshop) => leave(sql, workshop, leaves.personId, at(40)))
    await clock(at(39))
    expect((await told()).toSorted()).toEqual(['early', 'waits'])
    expect((await outbox()).find(({ to }) => to === 'waits')?.text).toContain('Oslobodilo se mesto')
    await clock(at(2))
    expect((await told()).toSorted()).toEqual(['early', 'early', 'late', 'waits', 'waits'])
  })

  it('are not for those who left, and come anew when the workshop moves', async () => {
    const leaves = await signUp(id, 'leaves')
    await signUp(id, 'stays')
    await held(id, (sql, workshop) => leave(sql, workshop, leaves.personId, at(50)))
    await clock(at(48))
    expect(await told()).toEqual(['stays'])
    const later = START + 7 * DAY_MS
    await change(id, { startsAt: later, capacity: 2 }, at(47))
    await clock(at(46))
    await clock(at(48, later))
    expect(await told()).toEqual(['stays', 'stays', 'stays'])
    expect((await outbox()).at(-1)?.text).toContain('subota, 22. 6. 2030.')
  })

  it.each([
    ['spring', '2030-03-31T08:00:00Z', 'nedelja, 31. 3. 2030., 10:00–14:00'],
    ['autumn', '2030-10-27T09:00:00Z', 'nedelja, 27. 10. 2030., 10:00–14:00'],
  ])('are right in the night in which clocks change in %s', async (_season, start, words) => {
    const startsAt = Date.parse(start)
    const dst = await aWorkshop(database, { startsAt }, at(300, startsAt))
    await signUp(dst, 'a', at(200, startsAt))
    await clock(at(48.01, startsAt))
    expect(await told()).toEqual([])
    await clock(at(48, startsAt))
    await clock(at(2.01, startsAt))
    expect(await told()).toHaveLength(1)
    await clock(at(2, startsAt))
    expect(await told()).toHaveLength(2)
    for (const { text } of await outbox()) expect(text).toContain(words)
  })

  it('are made up for after the bot was away, and not sent once the workshop has begun', async () => {
    await signUp(id, 'a')
    await clock(at(20))
    expect(await told()).toEqual(['a'])
    await clock(at(-1))
    expect(await told()).toEqual(['a'])
  })
})

describe('a change', () => {
  it('of time or place is told once to everybody concerned, with what it was', async () => {
    await signUp(id, 'a')
    const offered = await signUp(id, 'b')
    await signUp(id, 'waits')
    await held(id, (sql, workshop) => leave(sql, workshop, offered.personId, at(20)))
    await tell(at(20))
    await database.sql`TRUNCATE outbox CASCADE`
    const now = at(19)
    await change(id, { startsAt: START + HOUR_MS, capacity: 2 }, now)
    await change(id, { startsAt: START + 2 * HOUR_MS, capacity: 2 }, new Date(now.getTime() + 30_000))
    await change(
      id,
      { startsAt: START + 2 * HOUR_MS, place: 'Škola', capacity: 2 },
      new Date(now.getTime() + 60_000),
    )
    await clock(new Date(now.getTime() + 60_000))
    expect(await told()).toEqual([])
    const quiet = new Date(now.getTime() + 60_000 + TELL_AFTER_MS)
    await Promise.all([clock(quiet), clock(quiet)])
    expect((await told()).toSorted()).toEqual(['a', 'waits'])
    const [moved] = await outbox()
    expect(moved).toMatchObject({ lane: 'reply' })
    expect(moved?.text).toContain('Novo vreme: subota, 15. 6. 2030., 12:00–16:00')
    expect(moved?.text).toContain('Bilo je: subota, 15. 6. 2030., 10:00–14:00')
    expect(moved?.text).toContain('Novo mesto: Škola, MZ Parice')
    expect(moved?.text).toContain('Bilo je: Dom kulture')
    expect(moved?.message.blocks.map(({ kind }) => kind)).toEqual(['card', 'location', 'calendar'])
    await change(id, { startsAt: START, place: 'Škola', capacity: 2 }, new Date(quiet.getTime() + 1))
    await clock(new Date(quiet.getTime() + 1 + TELL_AFTER_MS))
    expect(await told()).toHaveLength(4)
  })

  it('that is changed back before it was told is not told', async () => {
    await signUp(id, 'a')
    await change(id, { place: 'Škola', capacity: 2 }, at(100))
    await change(id, { capacity: 2 }, new Date(at(100).getTime() + 1000))
    await clock(at(99))
    expect(await told()).toEqual([])
  })

  it('of a text is not told', async () => {
    await signUp(id, 'a')
    await change(id, { agenda: { sr: 'Drugačije' }, capacity: 2 }, at(100))
    await clock(at(99))
    expect(await told()).toEqual([])
  })

  it('is told before its time when staff say so', async () => {
    await signUp(id, 'a')
    await change(id, { place: 'Škola', capacity: 2 }, at(100))
    await database.transaction(sql => tellChange(sql, id, at(100)))
    await tell(at(100))
    await clock(at(99))
    expect(await told()).toEqual(['a'])
  })
})

describe('a cancelled workshop', () => {
  it('is told at once, also instead of a change that was still to be told', async () => {
    await signUp(id, 'a')
    await signUp(id, 'b')
    await signUp(id, 'waits')
    await change(id, { place: 'Škola', capacity: 2 }, at(100))
    const cancel = () => database.transaction(sql => cancelWorkshop(sql, id, at(99.999)))
    expect(await cancel()).toBeUndefined()
    expect(await cancel()).toBe('state')
    await tell(at(99.999))
    await clock(at(48))
    await clock(at(2))
    expect((await told()).toSorted()).toEqual(['a', 'b', 'waits'])
    const [cancelled] = await outbox()
    expect(cancelled).toMatchObject({ lane: 'reply' })
    expect(cancelled?.text).toContain('Radionica je otkazana')
    expect(cancelled?.message.blocks.at(-1)).toMatchObject({
      kind: 'calendar',
      icsUrl: `https://komsija.example/workshops/${id}.ics?prefer=sr-Latn`,
    })
  })

  it('that nobody had seen tells nobody', async () => {
    await database.sql`UPDATE workshop SET status = 'draft'`
    await database.transaction(sql => cancelWorkshop(sql, id, at(100)))
    expect(await tell(at(100))).toBe(0)
  })
})

describe('who is told', () => {
  it('reads it in their language and script', async () => {
    await signUp(id, 'cyrillic', at(240), { script: 'cyrl' })
    await signUp(id, 'english', at(240), { language: 'en' })
    await clock(at(48))
    const texts = Object.fromEntries((await outbox()).map(({ to, text }) => [to, text]))
    expect(texts.cyrillic).toContain('Подсећам вас на радионицу')
    expect(texts.cyrillic).toContain('Дом културе, МЗ Парице')
    expect(texts.english).toContain('Saturday 15 June 2030, 10:00–14:00')
  })

  it('is told where they signed up, or else where they can be reached', async () => {
    const { personId } = await signUp(id, 'first')
    await database.sql`
      INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
      VALUES (${personId}, 'telegram', 'second', 'sr', 'latn', '{}', now() + interval '1 day')`
    await clock(at(48))
    await database.sql`UPDATE address SET reachable = false WHERE external_id = 'first'`
    await clock(at(2))
    expect(await told()).toEqual(['first', 'second'])
    await database.sql`UPDATE address SET reachable = false`
    await database.transaction(sql => cancelWorkshop(sql, id, at(1)))
    await tell(at(1))
    expect(await told()).toEqual(['first', 'second'])
  })

  it('is not told of what is no longer so', async () => {
    const first = await signUp(id, 'a')
    await signUp(id, 'b')
    const third = await signUp(id, 'c')
    await held(id, (sql, workshop) => leave(sql, workshop, first.personId, at(100)))
    await held(id, (sql, workshop) => leave(sql, workshop, third.personId, at(100)))
    await tell(at(99))
    expect(await told()).toEqual([])
  })
})

describe('after the workshop', () => {
  const after = new Date(START + 5 * HOUR_MS)

  it('those who were there are thanked and asked how it was, and get the minutes, once', async () => {
    await signUp(id, 'came')
    await signUp(id, 'stayed away')
    await signUp(id, 'waits')
    const [registration] = await database.sql<{ id: string }>`
      SELECT r.id FROM registration r JOIN address a ON a.id = r.address_id WHERE a.external_id = 'came'`
    await held(id, (sql, workshop) =>
      setStatus(sql, workshop, { registrationId: registration?.id ?? '', status: 'attended', now: at(0) }),
    )
    expect(await held(id, (sql, workshop) => closeWorkshop(sql, workshop, at(1)))).toBe('early')
    await held(id, (sql, workshop) => closeWorkshop(sql, workshop, after))
    const minutes = { minutes: { sr: 'Zapisnik.' }, publish: true, now: after }
    await held(id, (sql, workshop) => saveMinutes(sql, workshop, minutes))
    await held(id, (sql, workshop) => saveMinutes(sql, workshop, minutes))
    await clock(after)
    expect(await told()).toEqual(['came', 'came'])
    const [thanks, published] = await outbox()
    expect(thanks).toMatchObject({ lane: 'bulk' })
    const card = thanks?.message.blocks.find(block => block.kind === 'card')
    expect(card?.buttons?.map(({ label }) => label)).toEqual(['1', '2', '3', '4', '5'])
    expect(published?.text).toContain(`https://komsija.example/workshops/${id}`)
    const states = await database.sql<{ status: string }>`SELECT status FROM registration ORDER BY id`
    expect(states.map(({ status }) => status)).toEqual(['attended', 'absent', 'cancelled'])
  })

  it('is closed by itself when nobody does, and everybody who had a seat is asked if nobody was checked in', async () => {
    await signUp(id, 'a')
    await signUp(id, 'b')
    await clock(new Date(START + 4 * HOUR_MS + OVER_AFTER_MS))
    expect(await told()).toEqual([])
    await clock(new Date(START + 4 * HOUR_MS + OVER_AFTER_MS + 1))
    expect((await told()).toSorted()).toEqual(['a', 'b'])
    const [workshop] = await database.sql<{ status: string }>`SELECT status FROM workshop`
    expect(workshop?.status).toBe('done')
  })
})

it('a seat that staff take back is told, and given to the next', async () => {
  await signUp(id, 'a')
  await signUp(id, 'b')
  await signUp(id, 'next')
  const [registration] = await database.sql<{ id: string }>`SELECT id FROM registration ORDER BY id`
  const drop = (status: 'cancelled' | 'confirmed') =>
    held(id, (sql, workshop) =>
      setStatus(sql, workshop, { registrationId: registration?.id ?? '', status, now: at(100) }),
    )
  expect(await drop('cancelled')).toBe(true)
  expect(await drop('cancelled')).toBe(false)
  expect(await drop('confirmed')).toBe(false)
  await tell(at(100))
  const texts = Object.fromEntries((await outbox()).map(({ to, text }) => [to, text]))
  expect(texts.a).toContain('poništili vašu prijavu')
  expect(texts.next).toContain('Oslobodilo se mesto')
})
