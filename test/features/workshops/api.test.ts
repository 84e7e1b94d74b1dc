// Workshops as other people's programs use them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepTime } from '../../../src/features/workshops/reminders.ts'
import { TELL_AFTER_MS } from '../../../src/features/workshops/rules.ts'
import { holdWorkshop, join } from '../../../src/features/workshops/seats.ts'
import { tellDue } from '../../../src/features/workshops/teller.ts'
import { type Program, startConsole, type TestConsole } from '../../support/console.ts'
import { aPerson } from '../../support/workshops.ts'

let console: TestConsole
let events: Program
beforeAll(async () => {
  console = await startConsole()
  events = await console.program('events')
})
afterAll(() => console.stop())

const BODY = {
  title: { sr: 'Kako radi grad', en: 'How the city works' },
  community: 'mz-01',
  place: 'Dom kulture',
  lat: 43.1367,
  lon: 20.5122,
  start: '2030-06-15T10:00:00+02:00',
  end: '2030-06-15T14:00:00+02:00',
  capacity: 2,
}
async function create(changes: object = {}): Promise<string> {
  const response = await events('POST', '/workshops', { ...BODY, ...changes })
  expect(response.statusCode, response.body).toBe(201)
  return response.json().id
}
async function signUp(id: string, name: string): Promise<void> {
  const person = await aPerson(console.database, name)
  await console.database.transaction(async sql => {
    const held = await holdWorkshop(sql, Number(id))
    if (held) await join(sql, held, person, { guests: 0, group: false, now: new Date() })
  })
}

describe('a workshop', () => {
  it('is written as a draft, published, changed and cancelled, each with its row of the log', async () => {
    const response = await events('POST', '/workshops', BODY)
    expect(response.statusCode).toBe(201)
    const { id, ...rest } = response.json()
    expect(rest).toEqual({ status: 'draft' })
    expect((await events('POST', `/workshops/${id}/publish`)).json()).toEqual({ id, status: 'published' })
    expect((await events('PATCH', `/workshops/${id}`, { place: 'Škola' })).json()).toEqual({
      id,
      status: 'published',
    })
    expect((await events('GET', `/workshops/${id}`)).json()).toMatchObject({
      place: 'Škola',
      start: '2030-06-15T08:00:00.000Z',
      capacity: 2,
      free: 2,
      sequence: 1,
      lat: 43.1367,
    })
    expect((await events('POST', `/workshops/${id}/cancel`)).json()).toEqual({ id, status: 'cancelled' })
    const twice = await events('POST', `/workshops/${id}/cancel`)
    expect([twice.statusCode, twice.json().code]).toEqual([409, 'state'])
    const log = await console.database.sql<{ action: string }>`
      SELECT action FROM audit WHERE target = ${`workshop ${id}`} ORDER BY id`
    expect(log.map(({ action }) => action)).toEqual([
      'workshop.create',
      'workshop.publish',
      'workshop.change',
      'workshop.cancel',
    ])
  })

  it('takes a time without an offset as the city’s clock shows it, and refuses an hour it skips', async () => {
    const id = await create({ start: '2030-12-14T10:00:00', end: '2030-12-14T14:00' })
    expect((await events('GET', `/workshops/${id}`)).json()).toMatchObject({
      start: '2030-12-14T09:00:00.000Z',
    })
    const skipped = { ...BODY, start: '2030-03-31T02:30:00', end: '2030-03-31T05:00:00' }
    expect((await events('POST', '/workshops', skipped)).statusCode).toBe(422)
  })

  it.each([
    ['no Serbian title', { title: { sr: '' } }, /title/],
    ['a community that does not exist', { community: 'mz-99' }, /no such local community/],
    ['an end before its beginning', { end: '2030-06-15T09:00:00+02:00' }, /end after it begins/],
    ['no seat', { capacity: 0 }, /capacity/],
    ['half a pin', { lon: null }, /belong together/],
    ['Cyrillic', { place: 'Дом културе' }, /Latin/],
    ['registration after the beginning', { registrationCloses: '2030-06-15T11:00:00+02:00' }, /Registration/],
    ['an unknown field', { colour: 'red' }, /colour/],
  ])('with %s is refused in a sentence', async (_what, changes, sentence) => {
    const response = await events('POST', '/workshops', { ...BODY, ...changes })
    expect(response.statusCode).toBe(422)
    expect(response.headers['content-type']).toContain('application/problem+json')
    expect(response.json().detail).toMatch(sentence)
  })

  it('is not published in the past, nor made smaller than it is full', async () => {
    const past = await create({ start: '2020-06-15T10:00:00', end: '2020-06-15T14:00:00' })
    expect((await events('POST', `/workshops/${past}/publish`)).json()).toMatchObject({ code: 'past' })
    const id = await create()
    await events('POST', `/workshops/${id}/publish`)
    await signUp(id, 'small a')
    await signUp(id, 'small b')
    expect((await events('PATCH', `/workshops/${id}`, { capacity: 1 })).json()).toMatchObject({
      code: 'taken',
    })
  })

  it('loses what is taken away with null', async () => {
    const id = await create({ registrationOpens: '2030-06-01T10:00:00' })
    await events('PATCH', `/workshops/${id}`, { lat: null, lon: null, registrationOpens: null })
    const workshop = (await events('GET', `/workshops/${id}`)).json()
    expect(workshop).not.toHaveProperty('lat')
    expect(workshop).not.toHaveProperty('registrationOpens')
  })

  it('that does not exist is said so', async () => {
    for (const [method, url] of [
      ['GET', '/workshops/99999'],
      ['GET', '/workshops/x'],
      ['PATCH', '/workshops/99999'],
      ['POST', '/workshops/99999/publish'],
      ['GET', '/workshops/99999/registrations'],
    ] as const) {
      const response = await events(method, url, method === 'PATCH' ? { place: 'a' } : undefined)
      expect(response.statusCode, url).toBe(404)
    }
  })
})

it('the list is in the order of time and filtered', async () => {
  const draft = await create({ community: 'mz-05', start: '2031-01-02T10:00:00', end: '2031-01-02T12:00:00' })
  const first = await create({ community: 'mz-05', start: '2031-01-01T10:00:00', end: '2031-01-01T12:00:00' })
  await events('POST', `/workshops/${first}/publish`)
  const ids = async (query: string) =>
    (await events('GET', `/workshops?community=mz-05${query}`))
      .json()
      .items.map((one: { id: string }) => one.id)
  expect(await ids('')).toEqual([first, draft])
  expect(await ids('&status=draft')).toEqual([draft])
})

it('registrations show who has a seat and who waits, by chat and without names', async () => {
  const id = await create()
  await events('POST', `/workshops/${id}/publish`)
  for (const name of ['a', 'b', 'c', 'd']) await signUp(id, `list ${name}`)
  const { items } = (await events('GET', `/workshops/${id}/registrations`)).json()
  expect(
    items.map(({ status, place, address }: Record<string, unknown>) => [address, status, place]),
  ).toEqual([
    ['list a', 'confirmed', undefined],
    ['list b', 'confirmed', undefined],
    ['list c', 'waiting', 1],
    ['list d', 'waiting', 2],
  ])
  expect(items[0]).toMatchObject({
    channel: 'web',
    guests: 0,
    person: expect.any(String),
    at: expect.any(String),
  })
})

it('a move and a cancellation are told to those who have a seat or wait', async () => {
  const id = await create()
  await events('POST', `/workshops/${id}/publish`)
  for (const name of ['a', 'b', 'c']) await signUp(id, `told ${name}`)
  await events('PATCH', `/workshops/${id}`, {
    start: '2030-06-15T11:00:00+02:00',
    end: '2030-06-15T15:00:00+02:00',
  })
  await events('PATCH', `/workshops/${id}`, { place: 'Škola' })
  const later = new Date(Date.now() + TELL_AFTER_MS)
  const told = async (now: Date) => {
    await keepTime(console.database, now)
    await tellDue(console.database, console.parts.knowledge(), now)
    const rows = await console.database.sql<{ to: string }>`
      SELECT a.external_id AS "to" FROM outbox o JOIN address a ON a.id = o.address_id
      WHERE a.external_id LIKE 'told %' ORDER BY 1`
    return rows.map(({ to }) => to)
  }
  expect(await told(new Date())).toEqual([])
  expect(await told(later)).toEqual(['told a', 'told b', 'told c'])
  await events('POST', `/workshops/${id}/cancel`)
  expect(await told(later)).toHaveLength(6)
})

it('roles: events may do everything here, editors and the monitor read, the inbox nothing', async () => {
  const id = await create()
  const monitor = await console.program('monitor')
  expect((await monitor('GET', `/workshops/${id}`)).statusCode, 'a draft').toBe(404)
  await events('POST', `/workshops/${id}/publish`)
  const expected = {
    admin: [200, 200, 201, 200],
    events: [200, 200, 201, 200],
    editor: [200, 403, 403, 403],
    monitor: [200, 403, 403, 403],
    inbox: [403, 403, 403, 403],
  } as const
  for (const [role, codes] of Object.entries(expected)) {
    const ask = await console.program(role as keyof typeof expected)
    const responses = [
      await ask('GET', `/workshops/${id}`),
      await ask('GET', `/workshops/${id}/registrations`),
      await ask('POST', '/workshops', BODY),
      await ask('PATCH', `/workshops/${id}`, { capacity: 3 }),
    ]
    expect(
      responses.map(({ statusCode }) => statusCode),
      role,
    ).toEqual(codes)
  }
})

it('the description names every route', async () => {
  const response = await console.app.inject('/api/v1/openapi.json')
  const { paths } = response.json()
  expect(
    Object.keys(paths)
      .filter(path => path.startsWith('/workshops'))
      .toSorted(),
  ).toEqual([
    '/workshops',
    '/workshops/{id}',
    '/workshops/{id}/cancel',
    '/workshops/{id}/publish',
    '/workshops/{id}/registrations',
  ])
})
