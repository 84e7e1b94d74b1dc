// Polls in the console and for programs: what staff may do, and that nobody sees a count before the end.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { metrics } from '../../../src/platform/http/metrics.ts'
import { textOf } from '../../support/bot.ts'
import { startConsole } from '../../support/bot-and-console.ts'
import { closePoll, crowd, openPoll } from '../../support/polls.ts'

let desk: Awaited<ReturnType<typeof startConsole>>
let editor: Awaited<ReturnType<typeof desk.signIn>>
beforeEach(async () => {
  desk = await startConsole()
  editor = await desk.signIn('editor')
})
afterEach(() => desk.stop())

const FORM = {
  kind: 'single',
  text_sr: 'Šta prvo?',
  text_en: 'What first?',
  options_sr: 'Rasveta\nTrotoar\nPark',
  options_en: 'Lights\nPavement\nPark',
}
const idOf = (location: unknown) => Number(/\/console\/polls\/(\d+)/.exec(String(location))?.[1])
const audit = () =>
  desk.database.sql<{ action: string; details: object }>`SELECT action, details FROM audit ORDER BY id`

describe('the builder', () => {
  it('makes a draft, shows it in every script, and opens it', async () => {
    const made = await editor.post('/console/polls', FORM)
    expect(made.statusCode).toBe(303)
    const id = idOf(made.headers.location)
    const page = await editor.get(`/console/polls/${id}`)
    for (const words of ['Расвета', 'Lights', 'nacrt', 'Otvori sada']) expect(page.body).toContain(words)
    expect((await editor.post(`/console/polls/${id}/open`)).statusCode).toBe(303)
    expect((await editor.get('/console/polls')).body).toContain('Otvorene')
    expect((await audit()).map(({ action }) => action)).toEqual(['poll.create', 'poll.open'])
  })

  it.each([
    [{ text_sr: ' ' }, 'Napišite pitanje na srpskom'],
    [{ options_sr: 'Samo jedan' }, 'od 2 do 12'],
    [{ options_sr: 'Isto\nisto', options_en: '' }, 'dva puta'],
    [{ options_en: 'One' }, 'isti broj ponuđenih odgovora'],
    [{ kind: 'multiple', max: '9' }, 'mora biti od 2'],
    [{ kind: 'lottery' }, 'Izaberite vrstu'],
    [{ closes_at: '2020-01-01T10:00' }, 'mora biti u budućnosti'],
    [{ opens_at: '2099-01-02T10:00', closes_at: '2099-01-01T10:00' }, 'mora biti u budućnosti'],
    [{ text_sr: 'x'.repeat(301) }, 'najviše 300 znakova'],
    [{ options_sr: `${'x'.repeat(121)}\nb`, options_en: '' }, 'najviše 120 znakova'],
  ])('says what is wrong and keeps what was typed: %o', async (change, words) => {
    const answer = await editor.post('/console/polls', { ...FORM, ...change })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(words)
    expect(answer.body).toContain('What first?')
    expect(await desk.database.sql`SELECT 1 FROM poll`).toEqual([])
  })

  it('shows the preview of what is typed so far', async () => {
    const answer = await editor.post('/console/polls/preview', {
      ...FORM,
      options_sr: `${'Dugačko '.repeat(8)}\nKratko`,
      options_en: '',
      look: 'sr-Cyrl',
    })
    expect(answer.body).toContain('Дугачко')
    expect(answer.body).toContain('Skraćeni natpisi na dugmadima: 1')
    expect(answer.body).not.toContain('<html')
    expect((await editor.post('/console/polls/preview', { kind: 'single' })).statusCode).toBe(200)
  })

  it('copies a poll and edits a draft', async () => {
    const id = idOf((await editor.post('/console/polls', FORM)).headers.location)
    expect((await editor.get(`/console/polls/new?from=${id}`)).body).toContain('Rasveta\nTrotoar\nPark')
    await editor.post(`/console/polls/${id}/edit`, {
      ...FORM,
      text_sr: 'Šta najpre?',
      closes_at: '2099-07-01T10:00',
    })
    const page = await editor.get(`/console/polls/${id}/edit`)
    expect(page.body).toContain('Šta najpre?')
    expect(page.body).toContain('value="2099-07-01T10:00"')
    const [row] = await desk.database.sql<{ at: string }>`SELECT closes_at::text AS at FROM poll`
    expect(new Date(row?.at ?? '').toISOString()).toBe('2099-07-01T08:00:00.000Z')
  })

  it('schedules, and does not once it is open', async () => {
    const id = idOf(
      (await editor.post('/console/polls', { ...FORM, opens_at: '2099-01-01T10:00' })).headers.location,
    )
    expect((await editor.post(`/console/polls/${id}/schedule`)).statusCode).toBe(303)
    expect((await editor.get(`/console/polls/${id}`)).body).toContain('zakazana')
    await editor.post(`/console/polls/${id}/open`)
    expect((await editor.post(`/console/polls/${id}/edit`, FORM)).statusCode).toBe(422)
    expect((await editor.post(`/console/polls/${id}/discard`)).statusCode).toBe(422)
    expect((await editor.post(`/console/polls/${id}/schedule`)).statusCode).toBe(422)
  })

  it('mends slips of the pen of an open poll with both wordings in the log, and nothing more', async () => {
    const id = await openPoll(desk.database, [
      { kind: 'single', text: { sr: 'Šta da se prvo uredj?' }, labels: ['a', 'b'] },
    ])
    const [question] = await desk.database.sql<{ id: number }>`SELECT id FROM poll_question`
    const mend = (text_sr: string) =>
      editor.post(`/console/polls/${id}/mend`, {
        question: String(question?.id),
        text_sr,
        options_sr: 'x\ny',
      })
    expect((await mend('Šta da se prvo uredi?')).statusCode).toBe(303)
    expect((await mend('Da li ste za povećanje poreza?')).statusCode).toBe(422)
    expect((await audit()).at(-1)).toEqual({
      action: 'poll.mend',
      details: { from: { sr: 'Šta da se prvo uredj?' }, to: { sr: 'Šta da se prvo uredi?' } },
    })
    const [row] = await desk.database.sql<{ options: { label: object }[] }>`SELECT options FROM poll_question`
    expect(row?.options.map(({ label }) => label)).toEqual([{ sr: 'a' }, { sr: 'b' }])
  })

  it.each(['events', 'inbox', 'monitor'] as const)('lets no %s in', async role => {
    const other = await desk.signIn(role)
    const id = await openPoll(desk.database, [{ kind: 'yesno' }])
    for (const url of ['/console/polls', `/console/polls/${id}`, `/console/polls/${id}/texts`])
      expect((await other.get(url)).statusCode).toBe(403)
    expect((await other.post(`/console/polls/${id}/close`)).statusCode).toBe(403)
  })
})

describe('after closing', () => {
  it('the note that is owed is listed, overdue is marked, and writing it sends it', async () => {
    const id = await openPoll(desk.database, [{ kind: 'yesno', text: { sr: 'Pešačka zona?' } }], {
      promiseBy: '2020-01-01',
    })
    await closePoll(desk.database, id)
    expect((await editor.get('/console/polls')).body).toMatch(
      /Dugujemo odgovor[\s\S]*Pešačka zona\?[\s\S]*rok je prošao/,
    )
    expect((await desk.read(`/results/${id}`)).body).toContain('Taj rok je prošao')
    await editor.post(`/console/polls/${id}/outcome`, { outcome_sr: 'Zona je uvedena.' })
    expect((await editor.get('/console/polls')).body).not.toContain('Dugujemo odgovor')
    expect((await desk.read(`/results/${id}`)).body).toContain('Zona je uvedena.')
  })

  it('written answers are read, redacted, published or refused with a reason, and stand on the page without a name', async () => {
    const id = await openPoll(desk.database, [{ kind: 'text', text: { sr: 'Šta vam nedostaje?' } }])
    for (const [voter, text] of [
      ['a', 'Klupe! Zovite 064 123 4567.'],
      ['b', 'Ti si budala'],
    ] as const) {
      await desk.tell(voter, { kind: 'press', token: `ok:p:${id}` })
      await desk.tell(voter, { kind: 'text', text })
    }
    expect((await editor.get(`/console/polls/${id}/texts`)).body).not.toContain('Klupe')
    await closePoll(desk.database, id)
    const page = (await editor.get(`/console/polls/${id}/texts`)).body
    expect(page).toContain('Klupe! Zovite [telefon].')
    const rows = await desk.database.sql<{
      id: string
      text: string
    }>`SELECT id, text FROM vote ORDER BY text`
    const [bench, insult] = rows
    await editor.post(`/console/polls/${id}/texts/${bench?.id}`, {
      decision: 'approve',
      published: 'Klupe! Zovite [telefon].',
    })
    await editor.post(`/console/polls/${id}/texts/${insult?.id}`, { decision: 'refuse', reason: 'insult' })
    const forged = `/console/polls/${id}/texts/${'-'.repeat(36)}`
    expect((await editor.post(forged, { decision: 'refuse', reason: 'insult' })).statusCode).toBe(404)
    const shown = (await desk.read(`/results/${id}`)).body
    expect(shown).toContain('Klupe! Zovite [telefon].')
    expect(shown).not.toContain('budala')
    const file = await editor.get(`/console/polls/${id}/texts.csv`)
    expect(file.body).toContain('refused,insult')
    expect((await audit()).filter(({ action }) => action.endsWith('-text'))).toEqual([
      { action: 'poll.publish-text', details: {} },
      { action: 'poll.refuse-text', details: { reason: 'insult' } },
    ])
    await desk.tell('a', { kind: 'press', token: 'erase:yes' })
    expect((await desk.read(`/results/${id}`)).body).not.toContain('Klupe')
    expect((await desk.read(`/results/${id}`)).body).toContain('Odgovorile su 2 osobe.')
  })
})

describe('for programs', () => {
  it('a poll lives as the contract says', async () => {
    const program = await desk.program('editor')
    const made = await program.send('POST', '/polls', {
      question: { sr: 'Šta prvo?' },
      kind: 'single',
      options: [{ sr: 'Rasveta' }, { sr: 'Trotoar' }],
      closesAt: new Date(Date.now() + 3_600_000).toISOString(),
    })
    expect(made.statusCode).toBe(201)
    const { id } = made.json() as { id: string }
    expect((await program.get(`/polls/${id}`)).json()).toMatchObject({ id, status: 'draft', turnout: 0 })
    expect((await program.get(`/polls/${id}/results`)).statusCode).toBe(409)
    expect((await program.send('POST', `/polls/${id}/close`)).statusCode).toBe(409)
    expect((await program.send('POST', `/polls/${id}/open`)).json()).toEqual({ id, status: 'open' })
    expect((await program.send('POST', `/polls/${id}/open`)).statusCode).toBe(409)
    await crowd(desk.database, Number(id), [
      { options: ['1'], count: 14 },
      { options: ['2'], count: 11, channel: 'web' },
    ])
    const open = (await program.get(`/polls/${id}`)).json() as { options: { id: string }[] }
    expect(open).toMatchObject({ status: 'open', question: { sr: 'Šta prvo?' }, turnout: 25 })
    expect(open.options).toEqual([
      { id: '1', label: { sr: 'Rasveta' } },
      { id: '2', label: { sr: 'Trotoar' } },
    ])
    const early = await program.get(`/polls/${id}/results`)
    expect(early.statusCode).toBe(409)
    expect(early.headers['content-type']).toContain('application/problem+json')
    expect((await program.send('POST', `/polls/${id}/close`)).json()).toEqual({ id, status: 'closed' })
    expect((await program.get(`/polls/${id}/results`)).json()).toMatchObject({
      n: 25,
      options: [
        { id: '1', label: { sr: 'Rasveta' }, count: 14 },
        { id: '2', label: { sr: 'Trotoar' }, count: 11 },
      ],
      byChannel: { telegram: 14, viber: 0, botframework: 0, web: 11 },
    })
    expect((await program.get('/polls')).json()).toMatchObject({ items: [{ id, status: 'closed' }] })
  })

  it.each([
    [{ question: { sr: '' }, kind: 'yesno' }, 422],
    [{ question: { sr: 'Šta?' }, kind: 'single', options: [] }, 422],
    [{ question: { sr: 'Šta?' }, kind: 'lottery' }, 422],
    [{ kind: 'yesno' }, 422],
    [{ question: { sr: 'Šta?' }, kind: 'yesno', closesAt: '2020-01-01T00:00:00Z' }, 422],
    [{ question: { sr: 'Šta?' }, kind: 'yesno', closesAt: 'tomorrow' }, 422],
  ])('a body that makes no sense is refused: %o', async (body, status) => {
    const program = await desk.program('editor')
    expect((await program.send('POST', '/polls', body)).statusCode).toBe(status)
  })

  it('a monitor reads and changes nothing', async () => {
    const id = await openPoll(desk.database, [{ kind: 'yesno' }])
    const monitor = await desk.program('monitor')
    expect((await monitor.get('/polls')).statusCode).toBe(200)
    expect((await monitor.send('POST', `/polls/${id}/close`)).statusCode).toBe(403)
    for (const path of ['/polls/999', '/polls/abc', '/polls/0/results'])
      expect((await monitor.get(path)).statusCode).toBe(404)
  })
})

/** Every address that can be asked for, of the console, the interface, the site; with a poll's id in it. */
function addresses(id: number): string[] {
  const text = desk.app.printRoutes({ commonPrefix: false, includeHooks: false })
  const routes: string[] = []
  const path: string[] = []
  for (const line of text.split('\n')) {
    const found = /^([│ ]*)[├└]── ([^\s(]*)(?: \(([^)]*)\))?/.exec(line)
    if (!found) continue
    const [, indent = '', piece = '', methods = ''] = found
    path.length = indent.length / 4
    path.push(piece)
    if (methods.includes('GET')) routes.push(path.join(''))
  }
  return routes.map(route => route.replace(':position', '1').replace(':id', String(id)))
}

/** Where something stands in a chart is no count. */
const PLACES_IN_CHARTS = / (?:x|y|x1|y1|x2|y2|cx|cy|width|height|viewBox|points|d)="[^"]*"/g

/** People who don't vote, so that the number of a channel's people is not that of its voters. */
async function addBystanders(): Promise<void> {
  await desk.database.sql`
    WITH person AS (INSERT INTO person SELECT gen_random_uuid() FROM generate_series(1, 80) RETURNING id)
    INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
    SELECT id, CASE WHEN row_number() OVER () <= 40 THEN 'telegram' ELSE 'viber' END, id, 'sr', 'latn', '{}', now()
    FROM person`
}

it.each(['poll', 'survey'] as const)(
  'counts of an open %s are in no page, route, metric, log or audit row, whoever asks',
  async form => {
    // Numbers that occur nowhere by chance.
    const more = form === 'survey' ? { title: { sr: 'Upitnik' } } : {}
    const id = await openPoll(desk.database, [{ kind: 'single', labels: ['Rasveta', 'Trotoar'] }], more)
    await crowd(desk.database, id, [
      { options: ['1'], count: 713 },
      { options: ['2'], count: 457, channel: 'viber', community: 'mz-01' },
    ])
    await addBystanders()
    if (form === 'survey')
      await desk.database.sql`
      INSERT INTO survey_progress (poll_id, person_id, position, finished, changed_at)
      SELECT ${id}, person_id, 2, true, now() FROM vote`
    const admin = await desk.signIn('admin')
    const program = await desk.program('admin')
    const seen: string[] = []
    const urls = addresses(id)
    expect(urls).toContain(`/console/polls/${id}`)
    expect(urls).toContain(`/api/v1/${form}s/${id}/results`)
    expect(urls).toContain(`/results/${id}/numbers.csv`)
    for (const url of urls) {
      const answer = url.startsWith('/api/v1')
        ? await program.get(url.replace('/api/v1', ''))
        : await admin.get(url)
      seen.push(`${url} ${answer.body.replace(PLACES_IN_CHARTS, '')}`)
    }
    const [show, vote] = form === 'survey' ? [`s:${id}`, `s:${id}:1:1`] : [`p:${id}`, `p:${id}:1`]
    for (const token of [show, `ok:${show}`, vote])
      seen.push(textOf(await desk.tell('x', { kind: 'press', token })))
    seen.push(textOf(await desk.tell('x', { kind: 'text', text: '/ankete' })))
    seen.push(textOf(await desk.tell('x', { kind: 'text', text: '/moji_podaci' })))
    seen.push(await metrics.metrics(), desk.logged.join('\n'))
    const rows = await desk.database.sql<{ row: string }>`
    SELECT audit::text AS row FROM audit UNION ALL SELECT message::text FROM outbox UNION ALL SELECT usage::text FROM usage`
    seen.push(rows.map(({ row }) => row).join('\n'))
    for (const text of seen) {
      // Digits may be part of an identifier: a count stands alone.
      expect(/(?<![\w.:-])(713|714|457)(?![\w.:-])/.exec(text)?.[0], text.slice(0, 120)).toBeUndefined()
    }
    expect(
      seen.filter(text => /(?<!\w)117[01](?!\w)/.test(text) || /1\.17[01]/.test(text)).length,
    ).toBeGreaterThan(0)
    const views = await desk.database.sql`
    SELECT table_name FROM information_schema.views WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`
    expect(views).toEqual([])
  },
)

it('after closing page, program, file and picture say the same numbers', async () => {
  const id = await openPoll(desk.database, [
    { kind: 'single', text: { sr: 'Šta prvo?' }, labels: ['=Rasveta', 'Trotoar'] },
  ])
  await crowd(desk.database, id, [
    { options: ['1'], count: 713 },
    { options: ['2'], count: 457, channel: 'viber', community: 'mz-01' },
  ])
  await closePoll(desk.database, id)
  const program = await desk.program('monitor')
  const { options, byChannel } = (await program.get(`/polls/${id}/results`)).json() as {
    options: { count: number }[]
    byChannel: object
  }
  expect(options.map(({ count }) => count)).toEqual([713, 457])
  expect(byChannel).toEqual({ telegram: 713, viber: 457, botframework: 0, web: 0 })
  const page = (await desk.read(`/results/${id}`)).body
  const chart = (await desk.read(`/results/${id}/1/chart.svg?lang=sr-Cyrl`)).body
  const file = await desk.read(`/results/${id}/numbers.csv`)
  const own = (await editor.get(`/console/polls/${id}`)).body
  for (const text of [page, chart, file.body, own])
    for (const number of ['713', '457']) expect(text).toContain(number)
  expect(chart).toContain('713 (60,9%)')
  expect(chart).toContain('=Расвета')
  expect(page).toContain('60,9%')
  expect(file.body.startsWith('\uFEFFpoll,question')).toBe(true)
  expect(file.body).toContain(`${id},1,finished,option,,1,'=Rasveta,713,60.9,1170`)
  expect(file.body).toContain(`${id},1,finished,community,,mz-01,mz-01,457,39.1,1170`)
  expect(file.headers['content-type']).toContain('text/csv')
})

it('pages of results read in every language and script, and drafts have none', async () => {
  const id = await openPoll(desk.database, [
    { kind: 'scale', text: { sr: 'Kako ocenjujete prevoz?', en: 'How is transport?' } },
  ])
  expect((await desk.read(`/results/${id}?lang=sr-Cyrl`)).body).toContain('Како оцењујете превоз?')
  expect((await desk.read(`/results/${id}?lang=en`)).body).toContain('nobody sees the numbers')
  expect((await desk.read(`/results/${id}?lang=bs`)).body).toContain('Dok je anketa otvorena')
  expect((await desk.read('/results')).body).toContain(`/results/${id}`)
  const draft = idOf((await editor.post('/console/polls', FORM)).headers.location)
  for (const url of [
    `/results/${draft}`,
    `/results/${id}/numbers.csv`,
    `/results/${id}/1/chart.svg`,
    '/results/abc',
    '/results/99',
  ])
    expect((await desk.read(url)).statusCode, url).toBe(404)
})
