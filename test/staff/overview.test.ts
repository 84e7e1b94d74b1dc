// The overview and the page on people: the right numbers, from the same source for pages and programs, and
// nobody to be found in them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeSetting } from '../../src/settings/index.ts'
import { startConsole, type TestConsole } from '../support/console.ts'

let console_: TestConsole
beforeAll(async () => {
  console_ = await startConsole()
  await fill()
})
afterAll(() => console_.stop())
const sql: TestConsole['database']['sql'] = (...query) => console_.database.sql(...query)

/** 34 people: 20 on Viber, 11 on the web, 3 on Telegram, one of them on Viber too; one erased, one of trials. */
async function fill(): Promise<void> {
  await sql`INSERT INTO person (created_at) SELECT now() - interval '1 day' * (n % 2) FROM generate_series(1, 34) n`
  await sql`
    INSERT INTO address (person_id, channel, external_id, language, script, state, reachable, last_inbound_at)
    SELECT id, CASE WHEN n <= 20 THEN 'viber' WHEN n <= 31 THEN 'web' ELSE 'telegram' END, 'chat ' || n,
      CASE WHEN n <= 30 THEN 'sr' ELSE 'en' END, 'latn', '{}', n > 2, now() - interval '1 minute' * n
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM person) p`
  await sql`
    INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
    SELECT person_id, 'viber', 'second chat', 'en', 'latn', '{}', now() FROM address WHERE external_id = 'chat 34'`
  await sql`
    WITH p AS (INSERT INTO person (erased_at) VALUES (now()), (NULL) RETURNING id, erased_at)
    INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
    SELECT id, CASE WHEN erased_at IS NULL THEN 'terminal' ELSE 'viber' END, id::text, 'sr', 'latn', '{}', now() FROM p`
  await sql`
    INSERT INTO consent (person_id, purpose, version, given_at, withdrawn_at)
    SELECT a.person_id, purpose, '1', now(), CASE WHEN a.external_id = 'chat 5' THEN now() END
    FROM address a, unnest(ARRAY['announcements', 'participation']) AS purpose
    WHERE a.external_id IN ('chat 1', 'chat 3', 'chat 5', 'chat 34')`
  await sql`
    INSERT INTO consent (person_id, purpose, version, given_at)
    SELECT person_id, 'announcements', '1', now() FROM address WHERE external_id = 'chat 1'`
  await sql`
    INSERT INTO person_choice (person_id, kind, value, chosen_at)
    SELECT person_id, 'topic', CASE WHEN external_id IN ('chat 1', 'chat 2') THEN 'youth' ELSE 'workshops' END, now()
    FROM address WHERE external_id ~ '^chat (1?[0-9])$'`
  await sql`
    INSERT INTO usage (day, channel, language, decision, entry_id)
    SELECT current_date - d, 'web', 'sr', decision, CASE WHEN decision = 'answer' THEN 'zbor-gradjana' ELSE '' END
    FROM (VALUES (0, 'answer', 3), (0, 'redirect', 1), (0, 'suggest', 2), (0, 'handover', 1), (0, 'smalltalk', 9),
      (10, 'answer', 4), (29, 'handover', 5), (30, 'answer', 100)) v (d, decision, times),
      generate_series(1, v.times)`
  await sql`
    INSERT INTO rating (entry_id, answered, language, channel, at)
    SELECT 'zbor-gradjana', n > 1, 'sr', 'web', now() - interval '1 day' FROM generate_series(1, 4) n`
  await sql`
    INSERT INTO outbox (address_id, lane, status, message, created_at, settled_at, external_ids, reason)
    SELECT a.id, v.lane, v.status, '{"blocks":[{"kind":"text","text":"tajna"}],"buttons":[]}', now() - interval '5 minutes',
      CASE WHEN v.status <> 'queued' THEN now() - interval '1 hour' END, '{}', v.reason
    FROM address a, (VALUES ('reply', 'queued', NULL), ('reply', 'failed', 'unreachable'), ('bulk', 'failed', 'rejected'),
      ('reply', 'uncertain', 'uncertain'), ('reply', 'sent', NULL)) v (lane, status, reason)
    WHERE a.external_id = 'chat 1'`
}

type Part = {
  id: string
  figures: { id: string; value: number | null; last30Days?: number }[]
  charts: { id: string; labels: string[]; series: { id: string; values: number[] }[] }[]
  tables: { id: string; rows: Record<string, unknown>[] }[]
}

async function api(path: string) {
  const key = await console_.key('monitor')
  return (
    await console_.app.inject({ url: `/api/v1${path}`, headers: { authorization: `Bearer ${key}` } })
  ).json()
}

async function part(id: string): Promise<Part> {
  const { parts } = (await api('/overview')) as { parts: Part[] }
  const found = parts.find(part => part.id === id)
  if (!found) throw new Error(`no part ${id}`)
  return found
}

async function figures(id: string) {
  return Object.fromEntries(
    (await part(id)).figures.map(({ id, value, last30Days }) => [id, last30Days ?? value]),
  )
}

describe('people', () => {
  test('are counted once over their chats; who is erased or only tries the program isn’t', async () => {
    expect(await api('/people/count')).toEqual({
      people: 34,
      recipients: 3,
      byChannel: { telegram: 3, viber: 21, botframework: 0, web: 11 },
    })
  })

  test('the overview tells the same, and who is new by day', async () => {
    expect(await figures('people')).toMatchObject({ people: 34, recipients: 3, new: 35 })
    const { charts } = await part('people')
    expect(charts[0]?.labels).toHaveLength(30)
    expect(charts[0]?.series[0]?.values.slice(-3)).toEqual([0, 17, 18])
  })
})

describe('questions', () => {
  test('of today and of 30 days, by what was made of them', async () => {
    const { figures } = await part('questions')
    expect(figures).toEqual([
      { id: 'asked', label: 'Questions today', value: 7, last30Days: 16 },
      { id: 'answered', label: 'Answered directly', value: 4, last30Days: 8 },
      { id: 'suggested', label: '“Did you mean”', value: 2, last30Days: 2 },
      { id: 'missed', label: 'Without an answer', value: 1, last30Days: 6 },
      { id: 'helped', label: 'The answer helped (4 ratings)', value: 0.75, unit: 'share' },
    ])
  })

  test('by day and by answer', async () => {
    const { charts } = await part('questions')
    const [days, asked] = charts
    expect(days?.labels).toHaveLength(30)
    expect(days?.series.map(({ id, values }) => [id, values[0], values[19], values[29]])).toEqual([
      ['answered', 0, 4, 4],
      ['suggested', 0, 0, 2],
      ['missed', 5, 0, 1],
    ])
    expect(asked?.series[0]?.values).toEqual([7])
  })
})

describe('sending', () => {
  test('what waits, since when, and what failed by channel and reason', async () => {
    const all = await figures('sending')
    expect(all).toMatchObject({ 'reply-waiting': 1, 'bulk-waiting': 0, 'bulk-oldest': null })
    expect(all['reply-oldest']).toBeGreaterThan(299)
    const { tables } = await part('sending')
    expect(tables[0]?.rows.map(({ channel, count }) => [channel, count])).toEqual([
      ['Viber', 1],
      ['Viber', 1],
      ['Viber', 1],
    ])
  })

  test('the health of each channel: on, paused, last message, last fault', async () => {
    const rows = async () => (await part('channels')).tables[0]?.rows
    expect(await rows()).toMatchObject([
      { channel: 'Telegram', state: 'off', inbound: expect.stringMatching(/Z$/), fault: null },
      { state: 'running', faultAt: null },
    ])
    await console_.database.transaction(tx => changeSetting(tx, 'paused', ['web']))
    expect((await rows())?.[1]).toMatchObject({ state: 'paused' })
    await sql`TRUNCATE setting`
  })

  test('the machine: size of the database and versions', async () => {
    expect((await figures('system')).database).toBeGreaterThan(1e6)
    const { tables } = await part('system')
    expect(tables[0]?.rows.map(({ part }) => part)).toEqual(['Komšija', 'Node.js', 'PostgreSQL'])
  })

  test('answers that run out come first', async () => {
    const { figures } = await part('review')
    expect(figures.map(({ id }) => id)).toEqual(['late', 'soon', 'drafts'])
  })
})

describe('the page', () => {
  test('shows the same numbers to every role, each chart beside a table', async () => {
    for (const role of ['monitor', 'inbox', 'admin'] as const) {
      const { body } = await (await console_.signIn(role)).get('/console/overview')
      expect(body).toContain('<dt>Pitanja danas</dt><dd>7</dd><dd class="quiet">30 dana: 16</dd>')
      expect(body.match(/<svg [^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(3)
      expect(body.match(/<details><summary>Brojke u tabeli/g)).toHaveLength(3)
    }
  })

  test('is where signing in leads', async () => {
    expect((await (await console_.signIn('inbox')).get('/console')).headers.location).toBe(
      '/console/overview',
    )
  })

  test('asks again for the figures at its top alone', async () => {
    const browser = await console_.signIn('monitor')
    const { body } = await browser.get('/console/overview', { 'hx-request': 'true' })
    expect(body).toMatch(/^<div id="now" class="tiles" hx-get="\/console\/overview"/)
    expect(body).toContain('Odgovori na čekanju')
    expect(body).not.toContain('<svg')
  })

  test('names nobody and nothing anybody wrote', async () => {
    const monitor = await console_.signIn('monitor')
    for (const path of ['/console/overview', '/console/people']) {
      expect((await monitor.get(path)).body, path).not.toMatch(/chat \d|second chat|tajna/)
    }
  })

  test('a part that can’t be read doesn’t hide the others', async () => {
    const broken = {
      id: 'broken',
      load: async () => {
        throw new Error('the password is hunter2')
      },
    }
    const other = await startConsole({ database: console_.database, console: { overview: [broken] } })
    const { body } = await (await other.signIn('monitor')).get('/console/overview')
    expect(body).toContain('trenutno ne može da se pročita')
    expect(body).toContain('Veličina baze')
    expect(body).not.toContain('hunter2')
    await other.stop()
  })

  test('speaks the account’s language and script', async () => {
    const browser = await console_.signIn('monitor')
    await browser.post('/console/account/language', { language: 'sr-Cyrl' })
    const { body } = await browser.get('/console/overview')
    expect(body).toContain('<dt>Питања данас</dt>')
    expect(body).toContain('PostgreSQL')
  })
})

describe('the page on people', () => {
  test('hides small groups, also from subtraction', async () => {
    const { body } = await (await console_.signIn('monitor')).get('/console/people')
    const rowsOf = (title: string) => {
      const card =
        body.split('<section class="card">').find(card => card.startsWith(`<h2>${title}</h2>`)) ?? ''
      return [
        ...card.matchAll(/<th role="rowheader"[^>]*>([^<]*)<\/th>\s*<td[^>]*><div>(?:<span[^>]*>)?([^<]*)/g),
      ].map(([, name, value]) => `${name}: ${value}`)
    }
    const hidden = 'skriveno'
    expect(rowsOf('Po kanalu')).toEqual([
      `Telegram: ${hidden}`,
      'Viber: 21',
      'Microsoft Teams: 0',
      `veb-stranica: ${hidden}`,
    ])
    expect(rowsOf('Po jeziku i pismu')).toEqual([`Srpski (latinica): ${hidden}`, `Engleski: ${hidden}`])
    expect(rowsOf('Po temi obaveštenja')).toEqual([`Radionice: ${hidden}`, `Mladi: ${hidden}`])
    expect(body).toContain('<dt>Ljudi</dt><dd>34</dd>')
  })
})
