// One person on two linked channels does everything the bot offers and is erased: no column of any
// table knows them any more, also after yesterday's backup came back.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Event } from '../../src/core/model/event.ts'
import { personalTables } from '../../src/features/index.ts'
import { erasedPeople, purgeErased, replayErasures } from '../../src/people/index.ts'
import { backUp, restore } from '../../src/platform/db/backup.ts'
import { buttonsOf, startBot, textOf } from '../support/bot.ts'
import { testDatabase } from '../support/database.ts'

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

async function doEverything(): Promise<void> {
  await say(FIRST, '/start')
  const answer = await say(FIRST, 'ko popravlja uličnu rasvetu')
  const no = buttonsOf(answer).find(button => 'token' in button && button.token.startsWith('n:'))
  if (no && 'token' in no) await press(FIRST, no.token)
  await say(FIRST, SECRET)
  await say(FIRST, `${SECRET} još jednom`)
  await say(FIRST, '/prijava')
  await press(FIRST, 'ok:m:menu')
  await say(FIRST, '/moji_podaci')
  const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(textOf(await say(FIRST, '/povezi')))?.[0]
  await say(SECOND, 'šta je zbor građana')
  await say(SECOND, `/povezi ${code}`)
  await say(SECOND, '/jezik en')
  await tell(SECOND, { kind: 'attachment', attachment: 'voice' })
  await beAnnouncedTo()
}

/** Gets an announcement, has another one before them, and is one of the city's staff. */
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
  await sql`
    INSERT INTO staff_account (email, role, chat_id)
    SELECT 'mira@grad.rs', 'editor', id FROM address WHERE external_id = ${FIRST}`
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
  expect((await mentions(bot.database.sql, traces)).length).toBeGreaterThan(8)
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
