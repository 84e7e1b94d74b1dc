import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { personalTables, topics } from '../../src/features/index.ts'
import { erasureHash, purgeErased } from '../../src/people/index.ts'
import { buttonsOf, startBot, textOf } from '../support/bot.ts'
import { echoKnowledge } from '../support/echo.ts'

let bot: Awaited<ReturnType<typeof startBot>>
beforeEach(async () => {
  bot = await startBot({ knowledge: echoKnowledge(topics) })
})
afterEach(() => bot.stop())

const say = (text: string, address = 'a') => bot.tell(address, { kind: 'text', text })
const erase = async (address = 'a') => {
  await say('/obrisi', address)
  return bot.tell(address, { kind: 'press', token: 'erase:yes' })
}
const purge = async () => {
  await bot.database.sql`UPDATE person SET erased_at = erased_at - interval '5 minutes'`
  return purgeErased(bot.database.sql)
}

describe('the registry of personal tables', () => {
  it('names every table that refers to a person or to a chat', async () => {
    const rows = await bot.database.sql<{ table: string }>`
      SELECT DISTINCT c.conrelid::regclass::text AS table FROM pg_constraint c
      WHERE c.contype = 'f' AND c.confrelid IN ('person'::regclass, 'address'::regclass)
      UNION
      SELECT table_name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name IN ('person_id', 'address_id', 'address', 'external_id')`
    const registered = personalTables.map(({ table }) => table).sort()
    expect(rows.map(({ table }) => table).sort()).toEqual(registered)
  })
})

describe('/moji_podaci', () => {
  it('gives two files with everything that is kept, under links that expire', async () => {
    await say('/prijava')
    const [message] = await say('/moji_podaci')
    const files = message?.blocks.filter(block => block.kind === 'file')
    const stored = await bot.database.sql<{ id: string; name: string; bytes: Buffer; hours: number }>`
      SELECT id, name, bytes, extract(epoch FROM expires_at - created_at) / 3600 AS hours FROM media
      ORDER BY name`
    expect(stored.map(({ name, hours }) => [name, Number(hours)])).toEqual([
      ['moji-podaci.html', 24],
      ['moji-podaci.json', 24],
    ])
    expect(files?.map(({ url }) => url)).toEqual(
      stored.map(({ id, name }) => `https://komsija.example/media/${id}/${name}`),
    )
    const data = JSON.parse(stored[1]?.bytes.toString() ?? '')
    expect(Object.keys(data)).toEqual(['exportedAt', ...personalTables.map(({ table }) => table)])
    expect(data.consent).toMatchObject([{ purpose: 'announcements', withdrawn_at: null }])
    expect(data.address).toMatchObject([{ channel: 'web', external_id: 'a' }])
    expect(JSON.stringify(data.outbox)).toContain('rights.subscribed')
  })
})

describe('/obrisi', () => {
  it('erases everything at once but the receipt, and that once it has arrived', async () => {
    await say('/prijava')
    await say('/moji_podaci')
    const receipt = textOf(await erase())
    expect(receipt).toContain('rights.erased')
    expect(await bot.database.sql`SELECT 1 FROM consent`).toHaveLength(0)
    expect(await bot.database.sql`SELECT 1 FROM media`).toHaveLength(0)
    expect(await bot.database.sql`SELECT 1 FROM outbox`).toHaveLength(1)
    expect(await purge()).toBe(1)
    for (const table of ['person', 'address', 'outbox']) {
      const { rows } = await query(`SELECT 1 FROM ${table}`)
      expect(rows, table).toHaveLength(0)
    }
    expect(
      await bot.database.sql`SELECT 1 FROM inbox WHERE address <> '' OR received IS NOT NULL`,
    ).toHaveLength(0)
  })

  it('keeps a salted hash by which a restored backup knows whom to erase again', async () => {
    await say('hello')
    await erase()
    const [row] = await bot.database.sql<{ salt: string; hash: string }>`SELECT salt, hash FROM erasure`
    expect(row?.hash).toBe(erasureHash(row?.salt ?? '', 'web', 'a'))
    expect(JSON.stringify(row)).not.toContain('"a"')
  })

  it('starts afresh for somebody who writes again before the receipt has gone', async () => {
    await say('/prijava')
    await erase()
    await say('hello again')
    const people = await bot.database.sql`SELECT erased_at FROM person`
    expect(people).toEqual([{ erased_at: null }])
    expect(textOf(await say('/odjava'))).toContain('rights.notSubscribed')
  })

  it('touches nobody else', async () => {
    await say('/prijava', 'b')
    await erase('a')
    await purge()
    expect(textOf(await say('/prijava', 'b'))).toContain('rights.alreadySubscribed')
  })

  it('does not purge while the receipt is on its way', async () => {
    await say('hello')
    await erase()
    await bot.database
      .sql`UPDATE outbox SET status = 'queued', settled_at = NULL, not_before = now() + interval '1 hour'`
    expect(await purge()).toBe(0)
  })
})

describe('/prijava and /odjava', () => {
  it('are noted with the wording agreed to, and never overwritten', async () => {
    await say('/prijava')
    await say('/prijava')
    await say('/odjava')
    await say('/prijava')
    const rows = await bot.database.sql<{ version: string; withdrawn: boolean }>`
      SELECT version, withdrawn_at IS NOT NULL AS withdrawn FROM consent ORDER BY id`
    expect(rows.map(({ withdrawn }) => withdrawn)).toEqual([true, false])
    expect(rows[0]?.version).toMatch(/^\d{4}-\d{2}$/)
  })

  it('offer the way back as a button', async () => {
    expect(buttonsOf(await say('/prijava'))).toMatchObject([{ token: 'sub:no' }])
    expect(buttonsOf(await say('/odjava'))).toMatchObject([{ token: 'sub:yes' }])
  })
})

async function query(text: string) {
  const pg = await import('pg')
  const client = new pg.default.Client({ connectionString: bot.database.url })
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}
