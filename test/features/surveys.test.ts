// Surveys: one question after the other on any linked chat, counted apart while unfinished.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { textOf } from '../support/bot.ts'
import { startConsole } from '../support/bot-and-console.ts'
import { choicesIn, closePoll, crowd, keptVotes, openPoll } from '../support/polls.ts'

let desk: Awaited<ReturnType<typeof startConsole>>
let id: number
beforeEach(async () => {
  desk = await startConsole()
  id = await openPoll(
    desk.database,
    [
      {
        kind: 'single',
        text: { sr: 'Koliko često idete u park?', en: 'How often do you go to the park?' },
        labels: ['Često', 'Retko'],
      },
      { kind: 'multiple', text: { sr: 'Šta radite tamo?' }, labels: ['Šetam', 'Trčim', 'Sedim'], max: 2 },
      { kind: 'text', text: { sr: 'Šta nedostaje?' } },
    ],
    { title: { sr: 'Gradski park', en: 'The city park' } },
  )
})
afterEach(() => desk.stop())

const say = (text: string, address = 'a') => desk.tell(address, { kind: 'text', text })
const press = (token: string, address = 'a') => desk.tell(address, { kind: 'press', token })
const labels = (said: Awaited<ReturnType<typeof say>>) => choicesIn(said).map(({ label }) => label)
const progress = () => desk.database.sql`SELECT position, finished FROM survey_progress ORDER BY finished`
const begin = (address = 'a') => press(`ok:s:${id}:1`, address)

describe('answering', () => {
  it('says the rules first, then asks one question after the other and thanks', async () => {
    const asked = await press(`s:${id}`)
    expect(textOf(asked)).toContain('Jedna osoba ima jedan glas')
    expect(textOf(asked)).toContain('Napisane odgovore na kraju čita urednik')
    const first = await begin()
    expect(textOf(first)).toContain('Pitanje 1/3')
    expect(labels(first)).toEqual(['Često', 'Retko'])
    const second = await press(`s:${id}:1:2`)
    expect(textOf(second)).toContain('Pitanje 2/3')
    await press(`s:${id}:2:1`)
    expect(labels(await press(`s:${id}:2:3`))).toEqual(['✓ Šetam', 'Trčim', '✓ Sedim', 'Gotovo', 'Nazad'])
    expect(textOf(await press(`s:${id}:2:2`))).toContain('najveći broj')
    const third = await press(`s:${id}:2:ok`)
    expect(textOf(third)).toContain('Šta nedostaje?')
    const thanks = await say('Klupe i hlad')
    expect(textOf(thanks)).toContain('Hvala, to je bilo poslednje pitanje')
    expect(labels(thanks)).toEqual(['Izmeni odgovore', 'Povuci moje odgovore', 'Sve ankete'])
    expect(await progress()).toEqual([{ position: 4, finished: true }])
    const partial = await desk.database.sql`SELECT DISTINCT partial FROM vote`
    expect(partial).toEqual([{ partial: false }])
  })

  it('is listed with a mark for begun and for done, and opens by a link', async () => {
    await begin()
    expect(labels(await say('/ankete'))[0]).toBe('… Gradski park')
    expect(textOf(await desk.tell('b', { kind: 'start', payload: `s-${id}` }))).toContain('Da čuvam?')
    expect(textOf(await desk.tell('b', { kind: 'start', payload: `p-${id}` }))).toContain('Da čuvam?')
    await press(`s:${id}:1:1`)
    await press(`s:${id}:2:1`)
    await press(`s:${id}:2:ok`)
    await press(`s:${id}:3:skip`)
    expect(labels(await say('/ankete'))[0]).toBe('✓ Gradski park')
  })

  it('goes on where it was left, from a linked chat too', async () => {
    await begin()
    await press(`s:${id}:1:1`)
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(textOf(await say('/povezi')))?.[0]
    await say(`/povezi ${code}`, 'b')
    expect(textOf(await press(`s:${id}`, 'b'))).toContain('Pitanje 2/3')
    await desk.restart()
    expect(textOf(await press(`p:${id}`, 'a'))).toContain('Pitanje 2/3')
  })

  it('goes one question back, with the answer marked, and typed numbers press', async () => {
    await begin()
    await say('2')
    const back = await say('nazad')
    expect(labels(back)).toEqual(['Često', '✓ Retko'])
    await say('1')
    expect(await keptVotes(desk.database, id)).toMatchObject([{ options: ['1'] }])
  })

  it('stays finished while answers are changed, and can be taken back as a whole', async () => {
    await begin()
    for (const token of ['1:1', '2:1', '2:ok', '3:skip']) await press(`s:${id}:${token}`)
    await press(`s:${id}:1`)
    await press(`s:${id}:1:2`)
    expect(await progress()).toEqual([{ position: 2, finished: true }])
    expect(await desk.database.sql`SELECT 1 FROM vote WHERE partial`).toEqual([])
    expect(textOf(await press(`s:${id}`))).toContain('Hvala, to je bilo')
    expect(textOf(await press(`s:${id}:x`))).toContain('povučeni')
    expect([await progress(), await keptVotes(desk.database, id)]).toEqual([[], []])
    expect(textOf(await press(`s:${id}:x`))).toContain('nemate zabeležen glas')
  })

  it.each(['s:', 's:0', 's:1:0', 's:1:99:1', 's:1:1:9', 's:1:1:skip', 's:1:1:1:1', 's:999', 's:abc'])(
    'refuses the forged token %s',
    async token => {
      await press('ok:m:menu')
      expect(textOf(await press(token))).toMatch(/nema|ne važi/)
      expect(await keptVotes(desk.database, id)).toEqual([])
    },
  )

  it('is refused after closing, and shows where the result is', async () => {
    await begin()
    await closePoll(desk.database, id)
    expect(textOf(await press(`s:${id}:1:1`))).toContain('Rezultat: Gradski park')
    expect(await keptVotes(desk.database, id)).toEqual([])
  })

  it('of two people who turn out to be one are the later answers, of the one who came further', async () => {
    await begin('a')
    await press(`s:${id}:1:1`, 'a')
    await begin('b')
    for (const token of ['1:2', '2:3', '2:ok', '3:skip']) await press(`s:${id}:${token}`, 'b')
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(textOf(await say('/povezi', 'a')))?.[0]
    await say(`/povezi ${code}`, 'b')
    expect(await progress()).toEqual([{ position: 4, finished: true }])
    expect(await keptVotes(desk.database, id)).toMatchObject([{ options: ['2'] }, { options: ['3'] }])
    expect(await desk.database.sql`SELECT 1 FROM vote WHERE partial`).toEqual([])
  })
})

describe('staff', () => {
  it('build a survey question by question, without a script', async () => {
    const editor = await desk.signIn('editor')
    const question = (at: number, text: string) => ({
      [`q${at}_kind`]: 'yesno',
      [`q${at}_text_sr`]: text,
    })
    const fields = { count: '1', title_sr: 'Prevoz', ...question(0, 'Idete li autobusom?') }
    const more = await editor.post('/console/surveys', { ...fields, do: 'add' })
    expect(more.body).toContain('2. pitanje')
    expect(more.body).toContain('Idete li autobusom?')
    const wrong = await editor.post('/console/surveys', {
      ...fields,
      count: '2',
      q1_kind: 'single',
      do: 'save',
    })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toMatch(/2\. pitanje<\/h2>\s*<p class="problem"/)
    const less = await editor.post('/console/surveys', {
      ...fields,
      count: '2',
      q1_kind: 'single',
      do: 'drop:1',
    })
    expect(less.body).not.toContain('2. pitanje')
    const made = await editor.post('/console/surveys', {
      ...fields,
      count: '2',
      ...question(1, 'Da li kasni?'),
      do: 'save',
    })
    expect(made.statusCode).toBe(303)
    const page = await editor.get(String(made.headers.location))
    for (const words of ['Prevoz', 'Idete li autobusom?', 'Da li kasni?', 'Otvori sada'])
      expect(page.body).toContain(words)
    const made2 = /polls\/(\d+)/.exec(String(made.headers.location))?.[1]
    expect((await editor.get(`/console/surveys/${made2}/edit`)).body).toContain('Da li kasni?')
    expect((await editor.get(`/console/surveys/new?from=${made2}`)).body).toContain('Da li kasni?')
    expect((await editor.post(`/console/polls/${made2}/open`)).statusCode).toBe(303)
  })

  it('remind those who have not finished, once, and learn neither who nor how many', async () => {
    const editor = await desk.signIn('editor')
    await begin('a')
    await begin('b')
    for (const token of ['1:2', '2:3', '2:ok', '3:skip']) await press(`s:${id}:${token}`, 'b')
    await press('ok:m:menu', 'c')
    const day = { ...desk.parts.settings(), quietHours: { from: '00:00', to: '00:00' } }
    Object.assign(desk.parts, { settings: () => day })
    for (let time = 0; time < 2; time++) {
      const answer = await editor.post(`/console/surveys/${id}/remind`)
      expect(answer.headers.location).toContain('done.reminded')
    }
    const sent = await desk.database.sql<{ address: string; text: string }>`
      SELECT a.external_id AS address, o.message->'blocks'->0->>'text' AS text
      FROM outbox o JOIN address a ON a.id = o.address_id WHERE lane = 'bulk'`
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ address: 'a' })
    expect(sent[0]?.text).toContain('Započeli ste upitnik „Gradski park“')
    const rows = await desk.database.sql<{
      row: string
    }>`SELECT audit::text AS row FROM audit WHERE action = 'survey.remind'`
    expect(rows.map(({ row }) => row).join()).not.toMatch(/details.*\d/)
  })

  it('see after closing what those who finished answered, and apart what the others did', async () => {
    await crowd(desk.database, id, [
      { options: ['1'], count: 30 },
      { options: ['2'], count: 20 },
      { options: ['1'], count: 12 },
    ])
    await desk.database.sql`
      UPDATE vote SET partial = true WHERE id IN (SELECT id FROM vote WHERE options = '{1}' LIMIT 12)`
    await desk.database.sql`
      INSERT INTO survey_progress (poll_id, person_id, position, finished, changed_at)
      SELECT ${id}, person_id, 4, NOT partial, now() FROM vote`
    await closePoll(desk.database, id)
    const page = (await desk.read(`/results/${id}`)).body
    expect(page).toContain('Upitnik su završile osobe, ukupno: 50')
    expect(page).toContain('Nezavršeni upitnici')
    const monitor = await desk.program('monitor')
    const results = (await monitor.get(`/surveys/${id}/results`)).json()
    expect(results).toMatchObject({ n: 50, unfinished: 12 })
    expect(results).toMatchObject({
      questions: [
        {
          finished: { n: 50, options: [{ count: 30 }, { count: 20 }] },
          unfinished: { n: 12, options: [{ count: 12 }, { count: 0 }] },
        },
        { finished: { n: 0 } },
        { finished: { n: 0 } },
      ],
    })
    const file = (await desk.read(`/results/${id}/numbers.csv`)).body
    expect(file).toContain(`${id},1,unfinished,option,,1,Često,12,100,12`)
  })
})

it('for programs a survey lives like a poll', async () => {
  const program = await desk.program('editor')
  const made = await program.send('POST', '/surveys', {
    title: { sr: 'Prevoz' },
    questions: [
      { question: { sr: 'Idete li autobusom?' }, kind: 'yesno' },
      { question: { sr: 'Šta da se popravi?' }, kind: 'text' },
    ],
  })
  expect(made.statusCode).toBe(201)
  const { id: survey } = made.json() as { id: string }
  expect((await program.send('POST', `/surveys/${survey}/open`)).statusCode).toBe(200)
  expect((await program.get(`/surveys/${survey}`)).json()).toMatchObject({
    status: 'open',
    title: { sr: 'Prevoz' },
    questions: [{ kind: 'yesno' }, { kind: 'text', options: [] }],
    turnout: 0,
    finished: 0,
  })
  expect((await program.get(`/surveys/${survey}/results`)).statusCode).toBe(409)
  expect((await program.get(`/polls/${survey}`)).statusCode).toBe(404)
  expect((await program.get('/surveys')).json()).toMatchObject({
    items: [{ id: survey }, { id: String(id) }],
  })
  expect((await program.send('POST', '/surveys', { title: { sr: 'X' }, questions: [] })).statusCode).toBe(422)
})
