// The demo's month: it is there, the same every time, every list shows it to whom it may, and whoever reads the
// printed sign-in gets in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../src/core/model/settings.ts'
import { wallTimeIn } from '../src/core/time/zoned.ts'
import { momentToBe } from '../src/demo/age.ts'
import { fillMonth } from '../src/demo/fill.ts'
import { CREDENTIALS, OFFICE_SETTINGS } from '../src/demo/office.ts'
import { createWorkbench } from '../src/features/curation/index.ts'
import { listPolls } from '../src/features/polls/index.ts'
import { resultsOf } from '../src/features/polls/results.ts'
import { createLog } from '../src/platform/log.ts'
import { createMedia } from '../src/platform/media/media.ts'
import { totpCode } from '../src/staff/command-line.ts'
import { PUBLIC_URL, realFiles, realKnowledge } from './support/bot.ts'
import { startConsole, type TestConsole } from './support/console.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'

type Filled = TestDatabase & { drop(): Promise<void> }

const databases: Filled[] = []
let console_: TestConsole

async function fill(): Promise<Filled> {
  const database = await testDatabase()
  databases.push(database)
  const knowledge = await realKnowledge()
  const files = (await realFiles()).loaded
  const workbench = createWorkbench(files)
  const media = await createMedia({ database, folders: [] })
  const log = createLog('silent')
  await fillMonth({
    database,
    knowledge: () => knowledge,
    files,
    workbench,
    media,
    publicUrl: PUBLIC_URL,
    log,
  })
  await workbench.close()
  return database
}

beforeAll(async () => {
  const database = await fill()
  const settings = { ...DEFAULT_SETTINGS, ...OFFICE_SETTINGS }
  console_ = await startConsole({ database, settings: () => settings })
}, 240_000)
afterAll(async () => {
  await console_.stop()
  for (const database of databases) await database.drop()
})

/** What there is, by kind and state; chance has its say in none of it. */
async function countsOf({ sql }: Pick<Filled, 'sql'>): Promise<Record<string, number>> {
  const rows = await sql<{ what: string; count: number }>`
    SELECT 'person' AS what, count(*)::int FROM person
    UNION ALL SELECT 'chat ' || channel || ' ' || language || ' ' || script || ' ' || reachable, count(*)::int FROM address GROUP BY 1
    UNION ALL SELECT 'consent ' || purpose, count(*)::int FROM consent GROUP BY 1
    UNION ALL SELECT 'usage ' || decision, count(*)::int FROM usage GROUP BY 1
    UNION ALL SELECT 'rating ' || answered, count(*)::int FROM rating GROUP BY 1
    UNION ALL SELECT 'miss', count(*)::int FROM miss
    UNION ALL SELECT 'inbox', count(*)::int FROM inbox
    UNION ALL SELECT 'outbox ' || status, count(*)::int FROM outbox GROUP BY 1
    UNION ALL SELECT 'case ' || state, count(*)::int FROM citizen_case GROUP BY 1
    UNION ALL SELECT 'text ' || kind, count(*)::int FROM case_message GROUP BY 1
    UNION ALL SELECT 'revision ' || state, count(*)::int FROM revision GROUP BY 1
    UNION ALL SELECT 'workshop ' || status, count(*)::int FROM workshop GROUP BY 1
    UNION ALL SELECT 'registration ' || workshop_id || ' ' || status, count(*)::int FROM registration GROUP BY 1
    UNION ALL SELECT 'feedback', count(*)::int FROM workshop_feedback
    UNION ALL SELECT 'request ' || status, count(*)::int FROM workshop_request GROUP BY 1
    UNION ALL SELECT 'poll ' || form || ' ' || status, count(*)::int FROM poll GROUP BY 1
    UNION ALL SELECT 'votes ' || q.poll_id || ' ' || coalesce(v.review, ''), count(*)::int
      FROM vote v JOIN poll_question q ON q.id = v.question_id GROUP BY 1
    UNION ALL SELECT 'proposal ' || state || ' ' || publication, count(*)::int FROM proposal GROUP BY 1
    UNION ALL SELECT 'picture', count(photo_id)::int FROM proposal
    UNION ALL SELECT 'announcement ' || status, count(*)::int FROM announcement GROUP BY 1
    UNION ALL SELECT 'delivery ' || status || ' ' || coalesce(reason, ''), count(*)::int FROM delivery GROUP BY 1
    UNION ALL SELECT 'audit ' || action, count(*)::int FROM audit GROUP BY 1`
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]))
}

describe('the month', () => {
  test('has people on every channel, cases and workshops in every state, and nothing left half done', async () => {
    const counts = await countsOf(console_.database)
    const kinds = Object.keys(counts)
    expect(counts.person).toBe(600)
    for (const kind of [
      ...['chat telegram', 'chat viber', 'chat web', 'chat botframework', 'usage answer', 'usage handover'],
      ...['case open', 'case waiting', 'case passed', 'case closed', 'text note', 'text reply', 'text asker'],
      ...['workshop draft', 'workshop published', 'workshop cancelled', 'workshop done', 'feedback', 'miss'],
      ...['revision draft', 'revision submitted', 'revision published', 'request open', 'rating true'],
      ...['poll poll closed', 'poll poll open', 'poll poll draft', 'poll survey closed', 'votes 3 approved'],
      ...['proposal received', 'proposal passed', 'proposal answered published', 'proposal declined refused'],
      ...['announcement scheduled', 'announcement draft', 'delivery failed unreachable', 'delivery skipped'],
    ]) {
      expect(
        kinds.some(name => name.startsWith(kind)),
        kind,
      ).toBe(true)
    }
    expect(kinds.filter(kind => /^(?:outbox|delivery) (?:queued|sending|planned)/.test(kind))).toEqual([])
    expect(counts).toMatchObject({
      'announcement done': 4,
      'delivery uncertain no-answer': 1,
      'outbox uncertain': 1,
      picture: 4,
    })
    const future = await console_.database.sql`
      SELECT 1 FROM outbox WHERE created_at > now() UNION ALL SELECT 1 FROM audit WHERE at > now()
      UNION ALL SELECT 1 FROM inbox WHERE done_at IS NULL`
    expect(future).toEqual([])
  })

  test('has polls whose results hide nobody, and one in which the city owes a word since days', async () => {
    const { sql } = console_.database
    const closed = (await listPolls(sql)).filter(({ status, form }) => status === 'closed' && form === 'poll')
    expect(closed).toHaveLength(3)
    for (const poll of closed) {
      const { n, questions } = await resultsOf(sql, poll)
      expect(n).toBeGreaterThan(60)
      expect(Object.values(questions[0]?.whole.options ?? {})).not.toContain(null)
    }
    expect(closed.filter(({ outcome }) => outcome)).toHaveLength(1)
    const today = new Date().toISOString().slice(0, 10)
    expect(closed.filter(({ outcome, promiseBy = today }) => !outcome && promiseBy < today)).toHaveLength(1)
  })

  test('crosses a change of clocks: what began at 17:00 in summer still does', () => {
    const now = Date.parse('2026-11-05T09:00:00Z')
    const written = momentToBe('Europe/Belgrade', { daysAgo: 20, time: '17:00', ages: 29, now })
    const shown = wallTimeIn('Europe/Belgrade', written - 29 * 86_400_000)
    expect(shown).toEqual({ day: '2026-10-16', time: '17:00' })
  })

  test('has workshops that begin when the city’s clocks say so', async () => {
    const hours = await console_.database.sql<{ hour: string }>`
      SELECT DISTINCT to_char(starts_at AT TIME ZONE 'Europe/Belgrade', 'HH24:MI') AS hour FROM workshop`
    expect(hours.map(({ hour }) => hour).toSorted()).toEqual(['10:00', '17:00'])
  })

  test('is the same every time', async () => {
    expect(await countsOf(await fill())).toEqual(await countsOf(console_.database))
  }, 240_000)
})

/** Entry pages of the console, and what each role opens from there on its day. */
const PAGES = [
  ...['overview', 'people', 'settings', 'account', 'audit', 'team', 'inbox', 'inbox?show=closed', 'lab'],
  ...['answers', 'answers/misses', 'answers/bench', 'answers/heating', 'answers/waste-cleaning'],
  ...[
    'workshops',
    'workshops/1',
    'workshops/6',
    'workshops/6/door',
    'workshops/coverage',
    'workshops/requests',
  ],
  ...['polls', 'polls/1', 'polls/2', 'polls/4', 'polls/5', 'polls/3/texts', 'polls/6', 'polls/new'],
  ...['feedback', 'feedback?publication=waiting', 'feedback/1', 'feedback/12'],
  ...['announcements', 'announcements/new'],
].map(page => `/console/${page}`)

describe.each(CREDENTIALS)('$role', ({ role, email, password, totpSecret }) => {
  test('gets in with what is printed, and every page answers', async () => {
    const browser = console_.browser()
    await browser.get('/console/sign-in')
    const first = await browser.post('/console/sign-in', { email, password, to: '' })
    expect(first.headers.location).toContain('/console/sign-in/code')
    const second = await browser.post('/console/sign-in/code', { code: totpCode(totpSecret), to: '' })
    expect(second.statusCode).toBe(303)
    const shown = new Set<string>()
    for (const page of PAGES) {
      const path = page.split('?')[0] ?? page
      const route = console_.routes.find(
        ({ method, path: pattern }) =>
          method === 'GET' && new RegExp(`^${pattern.replaceAll(/:\w+/g, '[^/]+')}$`).test(path),
      )
      const may = role === 'admin' || route?.roles?.includes(role)
      const { statusCode } = await browser.get(page)
      expect([page, statusCode]).toEqual([page, may ? 200 : 403])
      if (may) shown.add(page)
    }
    expect(shown.size).toBeGreaterThan(3)
  })
})

test('everybody may read results and proposals, and nothing of what is open or waits', async () => {
  const read = async (url: string) => {
    const { statusCode, body } = await console_.app.inject({ url })
    return { statusCode, body }
  }
  for (const url of [
    '/results',
    '/results/1',
    '/results/3',
    '/results/5',
    '/results/1/1/chart.svg',
    '/proposals',
  ]) {
    expect([url, (await read(url)).statusCode]).toEqual([url, 200])
  }
  const { body } = await read('/proposals')
  expect(body.match(/<img [^>]*\/media\//g)).toHaveLength(3)
  const kept = await console_.database.sql<{ text: string }>`
    SELECT text FROM proposal WHERE publication <> 'published'
    UNION SELECT text FROM vote WHERE text IS NOT NULL AND review IS DISTINCT FROM 'approved'
      AND text NOT IN (SELECT text FROM vote WHERE review = 'approved')`
  expect(kept.length).toBeGreaterThan(10)
  const pages = body + (await read('/results/3')).body
  expect(kept.filter(({ text }) => pages.includes(text.slice(0, 30)))).toEqual([])
})

test('whoever only watches reads nothing of what people wrote', async () => {
  const { sql } = console_.database
  const written = await sql<{ text: string }>`
    SELECT text FROM case_message WHERE kind <> 'note'
    UNION SELECT question FROM miss
    UNION SELECT text FROM workshop_feedback WHERE text IS NOT NULL
    UNION SELECT text FROM workshop_request
    UNION SELECT text FROM proposal WHERE publication <> 'published'
    UNION SELECT text FROM vote WHERE text IS NOT NULL AND review IS NULL`
  expect(written.length).toBeGreaterThan(60)
  const monitor = await console_.signIn('monitor')
  for (const page of PAGES) {
    const { statusCode, body } = await monitor.get(page)
    if (statusCode !== 200) continue
    expect(
      written.filter(({ text }) => body.includes(text.slice(0, 40))),
      page,
    ).toEqual([])
  }
})
