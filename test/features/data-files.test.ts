// What people receive when they ask what is kept about them, made from a person who did everything.
import { beforeAll, describe, expect, it } from 'vitest'
import { LANGUAGES } from '../../src/core/model/content.ts'
import { newConversation } from '../../src/core/model/conversation.ts'
import type { KeptRows } from '../../src/core/model/effect.ts'
import type { Context } from '../../src/core/model/topic.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { print } from '../../src/features/cases/tokens.ts'
import { personalTables } from '../../src/features/index.ts'
import { dataFiles } from '../../src/features/rights/data-files.ts'
import { readPerson } from '../../src/people/index.ts'
import { realKnowledge, startBot } from '../support/bot.ts'
import { openPoll } from '../support/polls.ts'
import { aWorkshop } from '../support/workshops.ts'

/** Every table has rows, so that each column is seen. A new table is filled here too. */
const DEEDS = [
  '/start',
  '/prijava',
  'token ch:t:workshops:1',
  'token ch:c:mz-01',
  'token ok:m:menu',
  'token gr:foi:reply:20281227',
  'token ca:foi:2',
  'token cs:18',
  '/moji_podaci',
  '/povezi',
  'token case:send',
  'Zašto nema <b>klupa</b>?',
  `token case:yes:${print('Zašto nema <b>klupa</b>?')}`,
  'token w:1:s:1',
  'token w:ask:mz-01',
  'Hoćemo radionicu o budžetu',
  'token w:1:r:5',
  'token ok:p:1:1',
  'token s:2:1:yes',
  'token f:c:green',
  'Zasadite <b>lipe</b> duž keja',
  'token f:send',
  'ko popravlja uličnu rasvetu',
  'da',
  'sasvim <b>nepoznato</b> pitanje',
]

let knowledge: Knowledge
let rows: KeptRows
beforeAll(async () => {
  knowledge = await realKnowledge()
  const bot = await startBot({ knowledge })
  await aWorkshop(bot.database, { startsAt: Date.now() + 1000 })
  await openPoll(bot.database, [{ kind: 'single', labels: ['Park', 'Most'] }])
  await openPoll(bot.database, [{ kind: 'yesno' }, { kind: 'text' }], { title: { sr: 'Budžet' } })
  for (const deed of DEEDS) {
    const token = deed.startsWith('token ') ? deed.slice('token '.length) : undefined
    if (deed === 'token w:1:r:5') await bot.database.sql`UPDATE workshop SET starts_at = now()`
    await bot.tell('a', token ? { kind: 'press', token } : { kind: 'text', text: deed })
  }
  await bot.database.sql`
    INSERT INTO staff_account (email, role, chat_id) SELECT 'mira@grad.example', 'editor', id FROM address`
  // Only a platform writes these.
  await bot.database
    .sql`INSERT INTO receipt (address_id, external_id, noted_at) SELECT id, '5', now() FROM address`
  await bot.database.sql`
    WITH told AS (
      INSERT INTO announcement (status, message, audience) VALUES ('done', '{"sr":"Radionica"}', '{}') RETURNING id)
    INSERT INTO delivery (announcement_id, person_id, channel, status, at)
    SELECT told.id, person.id, 'telegram', 'sent', now() FROM told, person`
  await bot.database.sql`
    INSERT INTO staff_account (email, role, chat_id) SELECT 'mira@grad.rs', 'editor', id FROM address`
  const [person] = await bot.database.sql<{ id: string }>`SELECT id FROM person`
  rows = await readPerson(bot.database.sql, personalTables, person?.id ?? '')
  await bot.stop()
})

const NOW = Date.parse('2026-11-24T22:30:00Z')

function files(language: 'sr' | 'bs' | 'en', script: 'latn' | 'cyrl' = 'latn', kept = rows) {
  const context: Context = { ...knowledge, now: NOW, data: {} }
  const [page, data] = dataFiles(personalTables, kept, { ...newConversation(language), script }, context)
  return { page: page?.text ?? '', data: JSON.parse(data?.text ?? '') }
}

describe('the words of every table', () => {
  it.each(personalTables.map(({ table }) => table))('%s: each exported column has its label', name => {
    const table = personalTables.find(({ table }) => table === name)
    expect(rows[name]?.length, 'the person of this test has rows in it').toBeGreaterThan(0)
    expect(Object.keys(table?.columns ?? {}).sort()).toEqual(Object.keys(rows[name]?.[0] ?? {}).sort())
    for (const language of LANGUAGES) {
      const t = knowledge.sentences(language)
      const keys = [table?.title, ...Object.values(table?.columns ?? {}).map(({ label }) => label)]
      for (const key of keys) expect(key && t(key), `${key} in ${language}`).not.toBe(key)
    }
  })
})

describe('the file to read', () => {
  it('says everything in the person’s language and script', () => {
    expect(files('sr').page).toContain('<h2 id="consent">Na šta ste pristali</h2>')
    expect(files('sr', 'cyrl').page).toContain('<h2 id="consent">На шта сте пристали</h2>')
    expect(files('bs').page).toContain('<dd>obavijesti grada</dd>')
    expect(files('en').page).toContain('<dd>the city&#39;s announcements</dd>')
    expect(files('sr', 'cyrl').page).toContain('<html lang="sr-Cyrl">')
  })

  it('names things as people know them', () => {
    const { page } = files('sr')
    expect(page).toMatch(/Ocenjeni odgovori: „[^“]*rasvet/)
    for (const words of [
      '<dd>Radionice</dd>',
      '<dd>Parice</dd>',
      '<dd>27. 12. 2028.</dd>',
      '<dd>Kako radi grad</dd>',
      '<dd>prijavljeno</dd>',
      '<dd>Hoćemo radionicu o budžetu</dd>',
      '<dd>Park</dd>',
      '<dd>Zasadite &lt;b&gt;lipe&lt;/b&gt; duž keja</dd>',
      'srpski, latinica',
      '<dd>čeka odgovor grada</dd>',
      '<dd>vaša poruka</dd>',
      '<dd>Zašto nema &lt;b&gt;klupa&lt;/b&gt;?</dd>',
    ])
      expect(page).toContain(words)
    for (const table of personalTables) {
      for (const column of Object.keys(table.columns).filter(name => name.includes('_')))
        expect(page, column).not.toContain(column)
    }
  })

  it('tells moments in the city’s time zone', () => {
    const consent = [
      { purpose: 'announcements', version: '2026-11', given_at: new Date(NOW), withdrawn_at: null },
    ]
    const { page } = files('sr', 'latn', { consent })
    expect(page).toContain('<dd>24. 11. 2026., 23:30</dd>')
    expect(page).not.toContain('Pristanak povučen')
    expect(files('en', 'latn', { consent }).page).toContain('<dd>24 November 2026, 23:30</dd>')
  })

  it('says of which kinds nothing is kept', () => {
    const { page } = files('sr', 'latn', {})
    for (const { title } of personalTables)
      expect(page).toContain(`<li>${knowledge.sentences('sr')(title)}</li>`)
  })

  it('shows what people and the bot wrote as text, never as markup, and loads nothing', () => {
    const { page } = files('sr')
    expect(page).toContain('sasvim &lt;b&gt;nepoznato&lt;/b&gt; pitanje')
    expect(page).not.toMatch(/<script|<img|<link|@import|url\(|src=/)
    expect(page).toContain('<meta charset="utf-8">')
  })

  it('folds long kinds away, below the short ones', () => {
    const consent = [{ purpose: 'announcements', version: '1', given_at: new Date(NOW), withdrawn_at: null }]
    const message = { received: null, received_at: new Date(NOW), channel: 'web' }
    const { page } = files('sr', 'latn', { inbox: Array(11).fill(message), consent })
    expect(page.indexOf('id="consent"')).toBeLessThan(page.indexOf('<details><summary><h2 id="inbox">'))
  })
})

it('the file for programs has the same rows by table and column', () => {
  const { data } = files('sr')
  expect(data.exportedAt).toBe('2026-11-24T22:30:00.000Z')
  for (const { table } of personalTables) expect(data[table]).toHaveLength(rows[table]?.length ?? -1)
  expect(data.person_choice).toMatchObject([
    { kind: 'topic', value: 'workshops' },
    { kind: 'community', value: 'mz-01' },
  ])
})
