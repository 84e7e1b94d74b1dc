// The rules of seats on the real database: who gets one, who waits, and what becomes of a freed one.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RegistrationStatus } from '../../../src/core/model/workshop.ts'
import { changeWorkshop } from '../../../src/features/workshops/changes.ts'
import {
  accept,
  expireOffers,
  type Held,
  holdWorkshop,
  join,
  leave,
} from '../../../src/features/workshops/seats.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { aPerson, aWorkshop, DAY_MS, fieldsOf, HOUR_MS, inTwoWeeks } from '../../support/workshops.ts'

let database: TestDatabase & { drop(): Promise<void> }
let people: { personId: string; addressId: string }[]
beforeAll(async () => {
  database = await testDatabase()
  people = await Promise.all(Array.from({ length: 12 }, (_, index) => aPerson(database, `p${index}`)))
})
afterAll(() => database.drop())

const who = (index: number) => people[index] ?? { personId: '', addressId: '' }

function held<Result>(id: number, deed: (sql: TestDatabase['sql'], held: Held) => Promise<Result>) {
  return database.transaction(async sql => {
    const workshop = await holdWorkshop(sql, id)
    if (!workshop) throw new Error('no workshop')
    return deed(sql, workshop)
  })
}
const joins = (id: number, index: number, guests = 0, now = new Date()) =>
  held(id, (sql, workshop) => join(sql, workshop, who(index), { guests, group: guests > 2, now }))
const leaves = (id: number, index: number, now = new Date()) =>
  held(id, (sql, workshop) => leave(sql, workshop, who(index).personId, now))
const accepts = (id: number, index: number, now = new Date()) =>
  held(id, (sql, workshop) => accept(sql, workshop, who(index).personId, now))

type Line = {
  index: number
  status: RegistrationStatus
  guests: number
  position: number
  until: Date | null
}
async function lineOf(id: number): Promise<Line[]> {
  const rows = await database.sql<Line & { personId: string }>`
    SELECT person_id AS "personId", status, guests, position, offered_until AS until
    FROM registration WHERE workshop_id = ${id} ORDER BY position`
  return rows.map(({ personId, ...row }) => ({
    ...row,
    index: people.findIndex(person => person.personId === personId),
  }))
}
const statuses = async (id: number) =>
  Object.fromEntries((await lineOf(id)).map(({ index, status }) => [index, status]))
const noticesOf = (id: number) => database.sql<{ kind: string; status: string }>`
  SELECT n.kind, r.status FROM workshop_notice n JOIN registration r ON r.id = n.registration_id
  WHERE r.workshop_id = ${id} ORDER BY n.id`

describe('a seat', () => {
  it('is given while there are some, guests included, and then the waiting list begins', async () => {
    const id = await aWorkshop(database, { capacity: 3 })
    expect(await joins(id, 0, 1)).toBe('joined')
    expect(await joins(id, 1)).toBe('joined')
    expect(await joins(id, 2)).toBe('queued')
    expect(await joins(id, 2)).toBe('already')
    expect(await joins(id, 0, 1)).toBe('already')
    expect(await statuses(id)).toEqual({ 0: 'confirmed', 1: 'confirmed', 2: 'waiting' })
  })

  it('that is freed early goes to the first who waits, at once, and they alone are told', async () => {
    const id = await aWorkshop(database, { capacity: 1 })
    for (const index of [0, 1, 2]) await joins(id, index)
    expect(await leaves(id, 0)).toBe('left')
    expect(await leaves(id, 0)).toBe('no-seat')
    expect(await statuses(id)).toEqual({ 0: 'cancelled', 1: 'confirmed', 2: 'waiting' })
    expect(await noticesOf(id)).toEqual([{ kind: 'seat', status: 'confirmed' }])
  })

  it('that is freed late is offered for a time, and goes on to the next when nobody answers', async () => {
    const startsAt = inTwoWeeks()
    const id = await aWorkshop(database, { capacity: 1, startsAt })
    for (const index of [0, 1, 2]) await joins(id, index)
    const late = new Date(startsAt - 10 * HOUR_MS)
    await leaves(id, 0, late)
    expect((await lineOf(id))[1]).toMatchObject({
      status: 'offered',
      until: new Date(late.getTime() + 2 * HOUR_MS),
    })
    const later = new Date(late.getTime() + 2 * HOUR_MS)
    expect(await expireOffers(database, new Date(later.getTime() - 1))).toBe(0)
    expect(await expireOffers(database, later)).toBe(1)
    expect(await statuses(id)).toEqual({ 0: 'cancelled', 1: 'cancelled', 2: 'offered' })
    expect(await accepts(id, 1, later)).toBe('too-late')
    expect(await accepts(id, 2, later)).toBe('accepted')
    expect(await accepts(id, 2, later)).toBe('already')
    expect((await noticesOf(id)).map(({ kind }) => kind)).toEqual(['offer', 'expired', 'offer'])
  })

  it('is never held until later than two hours before the beginning', async () => {
    const startsAt = inTwoWeeks()
    const id = await aWorkshop(database, { capacity: 1, startsAt })
    for (const index of [0, 1, 2, 3]) await joins(id, index)
    await leaves(id, 0, new Date(startsAt - 3 * HOUR_MS))
    expect((await lineOf(id))[1]?.until).toEqual(new Date(startsAt - 2 * HOUR_MS))
    const tooLate = new Date(startsAt - 2.1 * HOUR_MS)
    await leaves(id, 1, tooLate)
    expect(await statuses(id)).toMatchObject({ 2: 'waiting', 3: 'waiting' })
    // From now on a free seat is anybody's, whether they waited or not.
    expect(await joins(id, 4, 0, tooLate)).toBe('joined')
    expect(await joins(id, 3, 0, tooLate)).toBe('already')
    await leaves(id, 4, tooLate)
    expect(await joins(id, 3, 0, tooLate)).toBe('joined')
  })

  it('is kept for the first in line, however few the others need', async () => {
    const id = await aWorkshop(database, { capacity: 5 })
    for (const index of [0, 1, 2, 3, 4]) await joins(id, index)
    await joins(id, 5, 3)
    await joins(id, 6)
    for (const index of [0, 1, 2]) await leaves(id, index)
    expect(await joins(id, 7)).toBe('queued')
    expect(await joins(id, 3, 1)).toBe('too-many')
    expect(await statuses(id)).toMatchObject({ 5: 'waiting', 6: 'waiting', 7: 'waiting' })
    await leaves(id, 3)
    expect(await statuses(id)).toMatchObject({ 5: 'confirmed', 6: 'waiting', 7: 'waiting' })
  })

  it('goes on when the first asks for fewer, or leaves', async () => {
    const id = await aWorkshop(database, { capacity: 2 })
    await joins(id, 0, 1)
    await joins(id, 1, 2)
    expect(await joins(id, 1, 1)).toBe('queued')
    await joins(id, 2)
    await joins(id, 0, 0)
    expect(await statuses(id)).toEqual({ 0: 'confirmed', 1: 'waiting', 2: 'waiting' })
    await leaves(id, 1)
    expect(await statuses(id)).toMatchObject({ 2: 'confirmed' })
  })

  it('is not grown past those who wait: more is a new wish', async () => {
    const id = await aWorkshop(database, { capacity: 3 })
    await joins(id, 0, 1)
    expect(await joins(id, 0, 2)).toBe('joined')
    expect(await joins(id, 1)).toBe('queued')
    await joins(id, 2)
    expect(await joins(id, 1, 1)).toBe('queued')
    expect((await lineOf(id)).map(({ index }) => index)).toEqual([0, 2, 1])
    await joins(id, 0, 1)
    expect(await joins(id, 0, 2)).toBe('too-many')
    expect(await statuses(id)).toMatchObject({ 0: 'confirmed', 2: 'confirmed', 1: 'waiting' })
  })

  it('comes when the room turns out to be bigger, never when it is called smaller than it is full', async () => {
    const startsAt = inTwoWeeks()
    const id = await aWorkshop(database, { capacity: 1, startsAt })
    for (const index of [0, 1, 2]) await joins(id, index)
    const change = (capacity: number) =>
      database.transaction(sql => changeWorkshop(sql, id, fieldsOf({ startsAt, capacity }), new Date()))
    expect(await change(2)).toBeUndefined()
    expect(await statuses(id)).toEqual({ 0: 'confirmed', 1: 'confirmed', 2: 'waiting' })
    expect(await change(1)).toBe('taken')
  })

  it('is not to be had before, after and outside of the time for signing up', async () => {
    const startsAt = inTwoWeeks()
    const id = await aWorkshop(database, {
      startsAt,
      opensAt: startsAt - DAY_MS,
      closesAt: startsAt - HOUR_MS,
    })
    expect(await joins(id, 0)).toBe('closed')
    expect(await joins(id, 0, 0, new Date(startsAt - DAY_MS))).toBe('joined')
    expect(await joins(id, 1, 0, new Date(startsAt - HOUR_MS))).toBe('closed')
    expect(await leaves(id, 0, new Date(startsAt - HOUR_MS))).toBe('left')
    expect(await joins(await aWorkshop(database), 0, 40)).toBe('too-many')
  })
})

/** Everything that can happen to the seats of one workshop, in any order. */
type Happening =
  | { kind: 'join'; index: number; guests: number }
  | { kind: 'leave' | 'accept'; index: number }
  | { kind: 'time'; hours: number }
  | { kind: 'capacity'; capacity: number }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('join' as const), index: fc.nat(9), guests: fc.nat(4) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('leave' as const, 'accept' as const), index: fc.nat(9) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('time' as const), hours: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('capacity' as const),
      capacity: fc.integer({ min: 1, max: 9 }),
    }),
  },
)

describe('whatever happens', () => {
  it('no seat is given twice, the waiting list keeps its order, and each freed seat is given or offered once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.array(happening, { maxLength: 40, size: 'max' }),
        playedOut,
      ),
      { numRuns: 100 },
    )
  }, 240_000)
})

async function playedOut(capacity: number, happenings: readonly Happening[]): Promise<void> {
  const startsAt = inTwoWeeks()
  const id = await aWorkshop(database, { capacity, startsAt })
  let now = startsAt - 48 * HOUR_MS
  let before = await lineOf(id)
  let room = capacity
  let offers = 0
  for (const it of happenings) {
    now = it.kind === 'time' ? Math.min(now + it.hours * HOUR_MS, startsAt - 1) : now + 1
    await happen(id, it, new Date(now), startsAt)
    const after = await lineOf(id)
    const [row] = await database.sql<{ capacity: number }>`SELECT capacity FROM workshop WHERE id = ${id}`
    room = row?.capacity ?? room
    const what = `${JSON.stringify(happenings)} at ${JSON.stringify(it)}: ${JSON.stringify(after)}`
    expect(seats(after), what).toBeLessThanOrEqual(room)
    keepsOrder(before, after, what)
    if (startsAt - now > 2.25 * HOUR_MS) nobodyPasses(before, after, it, what)
    const told = await offersMade(id)
    expect(told - offers, what).toBe(promoted(before, after, it, startsAt - now).length)
    offers = told
    if (now < startsAt - 2.25 * HOUR_MS) leavesNoSeatUnused(after, room, what)
    before = after
  }
}

async function happen(id: number, it: Happening, now: Date, startsAt: number): Promise<void> {
  switch (it.kind) {
    case 'join':
      await joins(id, it.index, it.guests, now)
      break
    case 'leave':
      await leaves(id, it.index, now)
      break
    case 'accept':
      await accepts(id, it.index, now)
      break
    case 'capacity': {
      const fields = fieldsOf({ startsAt, capacity: it.capacity })
      await database.transaction(sql => changeWorkshop(sql, id, fields, now))
      break
    }
    case 'time':
      await expireOffers(database, now)
  }
}

/** Whoever comes while others wait stands behind them. */
function nobodyPasses(before: Line[], after: Line[], it: Happening, what: string): void {
  if (it.kind !== 'join' || waiting(before).length === 0) return
  const was = before.find(({ index }) => index === it.index)?.status ?? 'cancelled'
  const is = after.find(({ index }) => index === it.index)?.status
  if (was === 'cancelled') expect(is === 'confirmed' || is === 'offered', what).toBe(false)
}

async function offersMade(id: number): Promise<number> {
  return (await noticesOf(id)).filter(({ kind }) => kind === 'seat' || kind === 'offer').length
}

/** Those who waited and got a seat without having taken it themselves in the last hours. */
function promoted(before: Line[], after: Line[], it: Happening, left: number): Line[] {
  const takes = it.kind === 'join' && left < 2.25 * HOUR_MS ? it.index : undefined
  return waiting(before).filter(({ index }) => {
    const now = after.find(one => one.index === index)?.status
    return index !== takes && (now === 'confirmed' || now === 'offered')
  })
}

const seats = (line: Line[]) =>
  line
    .filter(({ status }) => status === 'confirmed' || status === 'offered')
    .reduce((sum, { guests }) => sum + guests + 1, 0)
const waiting = (line: Line[]) => line.filter(({ status }) => status === 'waiting')

/** Who waited before and after stands in the same order; who got a seat stood in front of all who still wait. */
function keepsOrder(before: Line[], after: Line[], what: string): void {
  const stays = waiting(after).map(({ index }) => index)
  const was = waiting(before).map(({ index }) => index)
  const moved = after.filter(
    ({ index, position }) => before.find(old => old.index === index)?.position !== position,
  )
  const both = was.filter(index => stays.includes(index) && !moved.some(one => one.index === index))
  expect(
    stays.filter(index => both.includes(index)),
    what,
  ).toEqual(both)
  const got = waiting(before).filter(({ index }) =>
    after.find(one => one.index === index && (one.status === 'confirmed' || one.status === 'offered')),
  )
  const last = Math.max(
    0,
    ...got.filter(({ index }) => !moved.some(one => one.index === index)).map(({ position }) => position),
  )
  const first = Math.min(...waiting(after).map(({ position }) => position))
  expect(last, what).toBeLessThan(first)
}

/** A freed seat was offered or given: the first in line doesn't fit into what is left. */
function leavesNoSeatUnused(after: Line[], room: number, what: string): void {
  const [first] = waiting(after)
  if (first) expect(seats(after) + first.guests + 1, what).toBeGreaterThan(room)
}
