// One person on two linked channels does everything the bot offers and is erased: no column of any
// table knows them any more, also after yesterday's backup came back.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Event } from '../../src/core/model/event.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { noteOn, replyTo } from '../../src/features/cases/changes.ts'
import { fetchPhotos } from '../../src/features/feedback/photos.ts'
import { personalTables } from '../../src/features/index.ts'
import { erasedPeople, purgeErased, replayErasures } from '../../src/people/index.ts'
import { backUp, restore } from '../../src/platform/db/backup.ts'
import { createAccount } from '../../src/staff/accounts.ts'
import { makeChatCode } from '../../src/staff/chat-tie.ts'
import { buttonsOf, PUBLIC_URL, realKnowledge, startBot, textOf } from '../support/bot.ts'
import { testDatabase } from '../support/database.ts'
import { openPoll } from '../support/polls.ts'
import { aWorkshop } from '../support/workshops.ts'

const CHATS = ['first-chat-of-the-person', 'second-chat-of-the-person']
const SECRET = 'sasvim tajna rečenica o plavom slonu'

let bot: Awaited<ReturnType<typeof startBot>>
let folder: string
beforeEach(async () => {
  bot = await startBot()
  folder = mkdtempSync(path.join(tmpdir(), 'komsija-erasure-'))
})
afterEach(async () => {
  await bot.stop()
  rmSync(folder, { recursive: true })
})

const [FIRST = '', SECOND = ''] = CHATS
const tell = (address: string, event: Event) => bot.tell(address, event)
const say = (address: string, text: string) => tell(address, { kind: 'text', text })
const press = (address: string, token: string) => tell(address, { kind: 'press', token })

const pressed = (address: string, said: Parameters<typeof buttonsOf>[0], label: string) => {
  const button = buttonsOf(said).find(it => it.label === label)
  return press(address, button && 'token' in button ? button.token : '')
}

/** Staff repeat in a reply and in a note what the person wrote. */
async function answerAndNote(reference: string): Promise<void> {
  const { database } = bot
  const email = 'mira@grad.rs'
  const id = (await createAccount(database.sql, { email, role: 'inbox' })) ?? ''
  const act = { database, words: await realKnowledge(), account: { id, email }, reference }
  await noteOn(act, { text: `Pita za: ${SECRET}` })
  await replyTo(act, { text: `Pitali ste: ${SECRET}`, after: 'waiting' })
}

async function doEverything(): Promise<void> {
  await say(FIRST, '/start')
  const answer = await say(FIRST, 'ko popravlja uličnu rasvetu')
  const no = buttonsOf(answer).find(button => 'token' in button && button.token.startsWith('n:'))
  if (no && 'token' in no) await press(FIRST, no.token)
  await say(FIRST, SECRET)
  const missed = await say(FIRST, `${SECRET} još jednom`)
  await pressed(FIRST, missed, 'Pošalji pitanje gradu')
  const sent = await pressed(FIRST, await tell(FIRST, { kind: 'press', token: 'case:send' }), 'Da, pošalji')
  await answerAndNote((/\d{3}-\d{3}/.exec(textOf(sent))?.[0] ?? '').replace('-', ''))
  await say(FIRST, '/prijava')
  await press(FIRST, 'ok:m:menu')
  const [account] = await bot.database.sql<{ id: string }>`
    INSERT INTO staff_account (email, role) VALUES ('mira@grad.example', 'editor') RETURNING id`
  await say(FIRST, `/osoblje ${await makeChatCode(bot.database.sql, account?.id ?? '')}`)
  await press(FIRST, 'ca:foi:2')
  await press(FIRST, 'cs:18')
  await say(FIRST, '/moji_podaci')
  const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(textOf(await say(FIRST, '/povezi')))?.[0]
  await say(SECOND, 'šta je zbor građana')
  await say(SECOND, `/povezi ${code}`)
  await say(SECOND, '/jezik en')
  await tell(SECOND, { kind: 'attachment', attachment: 'voice' })
  await attendWorkshop()
  await voteAndPropose()
  await beAnnouncedTo()
}

async function attendWorkshop(): Promise<void> {
  const id = await aWorkshop(bot.database, { startsAt: Date.now() + 2000 })
  await press(SECOND, `w:${id}:s:1`)
  await press(SECOND, `w:${id}:q`)
  await bot.database.sql`UPDATE workshop SET starts_at = now()`
  await bot.database.sql`UPDATE registration SET status = 'attended'`
  await press(SECOND, `w:${id}:r:5`)
  await press(SECOND, `w:${id}:t`)
  await say(SECOND, SECRET)
  await press(SECOND, 'w:ask:mz-01')
  await say(SECOND, `Hoćemo radionicu, ${SECRET}`)
}

async function voteAndPropose(): Promise<void> {
  const poll = await openPoll(bot.database, [{ kind: 'text' }])
  await press(SECOND, `ok:p:${poll}:go`)
  await say(SECOND, SECRET)
  const survey = await openPoll(bot.database, [{ kind: 'text' }, { kind: 'yesno' }], {
    title: { sr: 'Upitnik' },
  })
  await press(SECOND, `s:${survey}`)
  await say(SECOND, SECRET)
  await press(SECOND, 'f:c:other')
  await tell(SECOND, {
    kind: 'attachment',
    attachment: 'photo',
    caption: SECRET,
    file: { ref: `${SECRET}.jpg` },
  })
  await press(SECOND, 'f:send')
  await keepPhoto()
  await press(SECOND, 'f:c:other')
  await say(SECOND, `${SECRET}, još se piše`)
}

async function keepPhoto(): Promise<void> {
  const knowledge = await realKnowledge()
  const picture = sharp({ create: { width: 9, height: 9, channels: 3, background: '#888' } })
  const bytes = await picture.jpeg().toBuffer()
  const kept = await fetchPhotos({
    database: bot.database,
    knowledge: () => knowledge,
    settings: () => DEFAULT_SETTINGS,
    publicUrl: PUBLIC_URL,
    fetchFile: async () => ({ status: 'fetched', bytes }),
  })
  expect(kept).toBe(1)
}

/** Gets an announcement and has another one before them. */
async function beAnnouncedTo(): Promise<void> {
  const { sql } = bot.database
  await sql`
    WITH told AS (
      INSERT INTO announcement (status, message, audience)
      VALUES ('done', '{"sr":"Radionica"}', '{}'), ('sending', '{"sr":"Anketa"}', '{}') RETURNING id, status
    ), sent AS (
      INSERT INTO outbox (address_id, lane, status, message, created_at, settled_at)
      SELECT id, 'bulk', 'sent', '{"blocks":[],"buttons":[]}', now(), now() FROM address
      WHERE external_id = ${FIRST} RETURNING id
    )
    INSERT INTO delivery (announcement_id, person_id, channel, status, outbox_id, at)
    SELECT told.id, a.person_id, a.channel, CASE told.status WHEN 'done' THEN 'sent' ELSE 'planned' END,
      CASE told.status WHEN 'done' THEN sent.id END, now()
    FROM told, sent, address a WHERE a.external_id = ${FIRST}`
}

/** Rows of every table of every schema of ours that hold one of the words, as "table: row". */
async function mentions(sql: typeof bot.database.sql, words: readonly string[]): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await sql<{
      xml: string
    }>`SELECT query_to_xml(${`SELECT * FROM ${name}`}, true, false, '')::text AS xml`
    const text = rows[0]?.xml ?? ''
    for (const word of words) if (text.includes(word)) found.push(`${name}: ${word}`)
  }
  return found
}

const peopleIds = async (sql: typeof bot.database.sql) => {
  const rows = await sql<{ id: string }>`SELECT id::text FROM person UNION ALL SELECT id::text FROM address`
  return rows.map(({ id }) => id)
}

it('leaves no id and no text of an erased person anywhere, also after a restored backup', async () => {
  await doEverything()
  const traces = [...CHATS, ...(await peopleIds(bot.database.sql)), 'plavom slonu']
  // The question nobody could answer is kept without identity, for the editors.
  const expected = ['public.miss: plavom slonu']
  const before = await mentions(bot.database.sql, traces)
  expect(before.length).toBeGreaterThan(8)
  expect(before).toContain('public.case_message: plavom slonu')
  for (const table of ['vote', 'survey_progress', 'proposal', 'media'])
    expect(before.join('\n')).toContain(`public.${table}: `)
  const backup = path.join(folder, 'yesterday.gz')
  await backUp(bot.database.url, backup)

  await say(SECOND, '/delete')
  expect(textOf(await press(SECOND, 'erase:yes'))).toMatch(/Receipt number: \d{10}/)
  await bot.database.sql`UPDATE person SET erased_at = erased_at - interval '5 minutes'`
  expect(await purgeErased(bot.database.sql)).toBe(1)
  expect(await mentions(bot.database.sql, traces)).toEqual(expected)

  const erased = await erasedPeople(bot.database.sql)
  expect(erased).toHaveLength(CHATS.length)
  const restored = await testDatabase(2)
  try {
    await restore(restored.url, backup, { force: false })
    expect((await mentions(restored.sql, traces)).length).toBeGreaterThan(8)
    expect(await replayErasures(restored.sql, personalTables, erased)).toBe(1)
    expect(await mentions(restored.sql, traces)).toEqual(expected)
  } finally {
    await restored.drop()
  }
})
