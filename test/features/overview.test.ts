// What the features show on the overview: what waits for somebody, and no group that is too small.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../support/console.ts'

let console_: TestConsole
beforeAll(async () => {
  console_ = await startConsole()
})
afterAll(() => console_.stop())
const sql: TestConsole['database']['sql'] = (...query) => console_.database.sql(...query)

type Part = {
  id: string
  figures: { id: string; value: number | null }[]
  tables: { id: string; rows: Record<string, unknown>[] }[]
}

async function part(id: string): Promise<Part> {
  const headers = { authorization: `Bearer ${await console_.key('monitor')}` }
  const { parts } = (await console_.app.inject({ url: '/api/v1/overview', headers })).json() as {
    parts: Part[]
  }
  const found = parts.find(part => part.id === id)
  if (!found) throw new Error(`no part ${id}`)
  return found
}

async function figures(id: string) {
  return Object.fromEntries((await part(id)).figures.map(({ id, value }) => [id, value]))
}

const rows = async (id: string) => (await part(id)).tables[0]?.rows

test('where nothing has happened yet, every part says so', async () => {
  expect(await figures('cases')).toEqual({ open: 0, passed: 0, overdue: 0 })
  expect(await figures('announcements')).toEqual({ going: 0, scheduled: 0, wanted: 0, uncertain: 0 })
  expect(await figures('polls')).toEqual({ open: 0, owed: 0, toReview: 0 })
  const { body } = await (await console_.signIn('monitor')).get('/console/overview')
  expect(body).toContain('Ništa nije otvoreno i ništa ne dugujemo.')
  expect(body).toContain('U narednih 7 dana nema radionica.')
})

describe('in a city at work', () => {
  beforeAll(fill)

  test('cases wait for the city or a department; a promise for an earlier day is overdue', async () => {
    expect(await figures('cases')).toEqual({ open: 3, passed: 1, overdue: 2 })
  })

  test('announcements are counted, not the people they went to', async () => {
    expect(await figures('announcements')).toEqual({ going: 2, scheduled: 1, wanted: 1, uncertain: 1 })
  })

  test('polls that are owed come first, the earliest promise on top; few voters are not told', async () => {
    expect(await figures('polls')).toEqual({ open: 2, owed: 2, toReview: 0 })
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
    expect(await rows('polls')).toEqual([
      { poll: 'Late?', turnout: 0, by: day(-3) },
      { poll: 'Owed?', turnout: 0, by: day(9) },
      { poll: 'Few?', turnout: null, by: null },
      { poll: 'Many?', turnout: 12, by: null },
    ])
    const { body } = await (await console_.signIn('inbox')).get('/console/overview')
    expect(body.match(/<span class="badge bad">/g)).toHaveLength(1)
  })

  test('workshops of the next seven days, with their free seats', async () => {
    const seats = (await rows('workshops'))?.map(({ workshop, free }) => [workshop, free])
    expect(seats).toEqual([['Soon', 20]])
  })
})

async function fill(): Promise<void> {
  await sql`INSERT INTO person SELECT FROM generate_series(1, 12)`
  await sql`
    INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
    SELECT id, 'viber', id::text, 'sr', 'latn', '{}', now() FROM person`
  await sql`
    INSERT INTO citizen_case (reference, address_id, state, expected_on, opened_at, updated_at, closed_at)
    SELECT '00000' || n, (SELECT id FROM address LIMIT 1), state, current_date + days, now(), now(),
      CASE WHEN state = 'closed' THEN now() END
    FROM (VALUES (1, 'open', 3), (2, 'open', 5), (3, 'open', -3), (4, 'passed', -5), (5, 'waiting', -5), (6, 'closed', -9))
      v (n, state, days)`
  await sql`
    INSERT INTO announcement (status, message, audience, wanted_at, approved_at)
    SELECT status, '{"sr":"Voda"}', '{}', wanted, approved
    FROM (VALUES ('sending', now(), NULL), ('paused', now(), now()), ('scheduled', now(), NULL), ('done', now(), NULL),
      ('draft', NULL, NULL), ('draft', now(), NULL), ('draft', now(), now()), ('cancelled', NULL, NULL))
      v (status, wanted, approved)`
  await sql`
    INSERT INTO delivery (announcement_id, person_id, channel, status, at)
    SELECT a.id, p.id, 'viber', 'uncertain', now() FROM announcement a, person p WHERE a.status IN ('done', 'cancelled')`
  await fillPolls()
  await sql`
    INSERT INTO workshop (status, title, description, agenda, accessibility, community, place, starts_at, ends_at,
      capacity, guests_max, languages, created_at, changed_at, start_set_at, offer_minutes, door_code, created_by)
    SELECT status, jsonb_build_object('sr', title, 'en', title), '{"sr":""}', '{"sr":""}', '{"sr":""}', 'mz-01', 'Dom',
      now() + days * interval '1 day', now() + days * interval '1 day' + interval '2 hours', 20, 2, '{sr}', now(), now(), now(), 120,
      'ABCD', 'events'
    FROM (VALUES ('published', 'Soon', 3), ('published', 'Later', 9), ('draft', 'Draft', 2), ('published', 'Over', -2))
      v (status, title, days)`
}

async function fillPolls(): Promise<void> {
  await sql`
    INSERT INTO poll (form, title, status, closed_at, promise_by, outcome, created_by)
    SELECT 'poll', jsonb_build_object('sr', title), status, CASE WHEN status = 'closed' THEN now() END,
      (now() AT TIME ZONE 'UTC')::date + days, outcome::jsonb, 'editor'
    FROM (VALUES ('Many?', 'open', NULL::int, NULL), ('Few?', 'open', NULL, NULL), ('Owed?', 'closed', 9, NULL),
      ('Late?', 'closed', -3, NULL), ('Told?', 'closed', -9, '{"sr":"Urađeno"}'), ('Draft?', 'draft', NULL, NULL))
      v (title, status, days, outcome)`
  await sql`
    INSERT INTO poll_question (poll_id, position, kind, text, options, max)
    SELECT id, 1, 'yesno', title, '[{"id":"yes","label":{"sr":"Da"}}]', 1 FROM poll`
  await sql`
    INSERT INTO vote (question_id, person_id, options, channel, language, changed_at)
    SELECT q.id, p.id, '{yes}', 'viber', 'sr', now()
    FROM poll_question q, (SELECT id, row_number() OVER (ORDER BY id) AS n FROM person) p
    WHERE q.text->>'sr' = 'Many?' OR (q.text->>'sr' = 'Few?' AND p.n <= 9)`
}
