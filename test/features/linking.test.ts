import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadContent } from '../../src/content/load.ts'
import type { Content } from '../../src/core/model/content.ts'
import type { Conversation } from '../../src/core/model/conversation.ts'
import { RETENTION_DAYS } from '../../src/core/model/retention.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { newCode, readCode, shownCode } from '../../src/core/text/chat-code.ts'
import { toCyrillic } from '../../src/core/text/transliterate.ts'
import { WRONG_CODES_MAX } from '../../src/core/wrong-codes.ts'
import { personalTables, topics } from '../../src/features/index.ts'
import { startKernel } from '../../src/kernel.ts'
import { openDatabase } from '../../src/platform/db/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { enforceRetention } from '../../src/retention.ts'
import { buttonsOf, CONTENT_DIR, received, recordingChannel, startBot, textOf } from '../support/bot.ts'
import { echoKnowledge } from '../support/echo.ts'

let content: Content
let knowledge: Knowledge
beforeAll(async () => {
  ;({ content } = await loadContent(CONTENT_DIR))
  knowledge = {
    ...echoKnowledge(topics),
    content,
    sentences: () => (key, values) => [key, ...Object.values(values ?? {})].join(' '),
  }
})

let bot: Awaited<ReturnType<typeof startBot>>
beforeEach(async () => {
  bot = await startBot({ knowledge })
})
afterEach(() => bot.stop())

const say = (address: string, text: string) => bot.tell(address, { kind: 'text', text })
const press = (address: string, token: string) => bot.tell(address, { kind: 'press', token })
const codeFrom = (text: string) => /linking\.code (\S+)/.exec(text)?.[1] ?? ''
const makeCode = async (address: string) => codeFrom(textOf(await say(address, '/povezi')))
const enter = async (address: string, code: string) => textOf(await say(address, `/povezi ${code}`))
const link = async (from: string, to: string) => enter(to, await makeCode(from))

type Row = { address: string; person: string; state: Conversation }
const chats = async () => {
  const rows = await bot.database.sql<Row>`
    SELECT external_id AS address, person_id AS person, state FROM address`
  return new Map(rows.map(row => [row.address, row]))
}
const personOf = async (address: string) => (await chats()).get(address)?.person
const people = async () => (await bot.database.sql`SELECT 1 FROM person`).length

describe('a code', () => {
  it('is understood in any case and grouping, and as Cyrillic letters', () => {
    for (let turn = 0; turn < 500; turn++) {
      const code = newCode()
      const shown = shownCode(code)
      expect(shown).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)
      const typed = [shown, code.toLowerCase(), shown.replace('-', ' '), `„${shown}“.`, toCyrillic(shown, [])]
      for (const spelling of typed) expect(readCode(spelling), spelling).toBe(code)
    }
  })

  it('read as Cyrillic and typed with the Latin letters that look the same is still the same', () => {
    expect(readCode(toCyrillic('NRSU-VAEK', []).replace(/[НРСУВ]/g, look => LOOKS[look] ?? look))).toBe(
      'NRSUVAEK',
    )
    expect(readCode('ADEF-346')).toBeUndefined()
    expect(readCode('ADEF-3465')).toBeUndefined()
    expect(readCode('')).toBeUndefined()
  })

  it('is stored as a salted hash, for ten minutes', async () => {
    const code = await makeCode('a')
    const [row] = await bot.database.sql<{ text: string; minutes: number }>`
      SELECT row_to_json(k)::text AS text, extract(epoch FROM expires_at - created_at)::int / 60 AS minutes
      FROM link_code k`
    expect(row?.minutes).toBe(10)
    expect(row?.text).not.toContain(code)
    expect(row?.text).not.toContain(readCode(code))
  })

  it('is replaced by the next one, and goes at night when it has expired', async () => {
    const first = await makeCode('a')
    await makeCode('a')
    expect(await enter('b', first)).toContain('linking.wrong')
    await bot.database.sql`UPDATE link_code SET expires_at = now() - interval '1 second'`
    await enforceRetention(bot.database.sql, RETENTION_DAYS)
    expect(await bot.database.sql`SELECT 1 FROM link_code`).toEqual([])
  })

  it('works once and not after it has expired', async () => {
    const used = await makeCode('a')
    expect(await enter('b', used)).toContain('linking.linked')
    expect(await enter('c', used)).toContain('linking.wrong')
    const expired = await makeCode('a')
    await bot.database.sql`UPDATE link_code SET expires_at = now() - interval '1 second'`
    expect(await enter('c', expired)).toContain('linking.wrong')
    expect(await people()).toBe(2)
  })

  it('of the same chat or of a chat linked already is refused and stays valid', async () => {
    const code = await makeCode('a')
    expect(await enter('a', code)).toContain('linking.own')
    expect(await enter('b', code)).toContain('linking.linked')
    expect(await enter('b', await makeCode('a'))).toContain('linking.already')
    expect(await people()).toBe(1)
  })

  it('may be wrong five times an hour in one chat', async () => {
    const code = await makeCode('a')
    for (let turn = 0; turn < WRONG_CODES_MAX; turn++) {
      expect(await enter('b', turn % 2 ? 'AAAA-AAAA' : 'no')).toContain('linking.wrong')
    }
    expect(await enter('b', code)).toContain('linking.tooManyWrong')
    expect(await people()).toBe(2)
    await bot.database.sql`
      UPDATE address SET state = jsonb_set(state, '{wrongCodes,from}', to_jsonb(${Date.now() - 3_600_001}::bigint))
      WHERE external_id = 'b'`
    expect(await enter('b', code)).toContain('linking.linked')
    expect((await chats()).get('b')?.state.wrongCodes).toBeUndefined()
  })

  it('that comes by a link links only after a press', async () => {
    const code = readCode(await makeCode('a'))
    const asked = await bot.tell('b', { kind: 'start', payload: `link-${code}` })
    expect(textOf(asked)).toContain(`linking.question ${shownCode(code ?? '')}`)
    expect(await people()).toBe(2)
    expect(textOf(await press('b', 'link:no'))).toContain('linking.kept')
    const [yes] = buttonsOf(asked)
    const token = yes && 'token' in yes ? yes.token : ''
    expect(token.length).toBeLessThanOrEqual(24)
    expect(textOf(await press('b', token))).toContain('linking.linked')
    expect(await people()).toBe(1)
    expect(textOf(await bot.tell('b', { kind: 'start', payload: 'link-nonsense' }))).toContain(
      'linking.wrong',
    )
  })

  it('of somebody who was erased is worth nothing', async () => {
    const code = await makeCode('a')
    await press('a', 'erase:yes')
    expect(await bot.database.sql`SELECT 1 FROM link_code`).toEqual([])
    expect(await enter('b', code)).toContain('linking.wrong')
  })
})

const LOOKS: Record<string, string> = { Н: 'H', Р: 'P', С: 'C', У: 'Y', В: 'B' }

describe('linking', () => {
  it('keeps the older person, whichever chat the code comes from', async () => {
    await say('old', 'hello')
    const old = await personOf('old')
    await link('old', 'young')
    expect(await personOf('young')).toBe(old)
    await link('younger', 'old')
    expect(await personOf('younger')).toBe(old)
    expect(await people()).toBe(1)
  })

  it.each([
    ['given here, never there', ['a +'], true],
    ['given there, never here', ['b +'], true],
    ['given here, then taken back there', ['a +', 'b +', 'b -'], false],
    ['taken back here, then given there', ['a +', 'a -', 'b +'], true],
    ['given in both', ['a +', 'b +'], true],
    ['taken back in both', ['a +', 'b +', 'b -', 'a -'], false],
  ])('lets the last consent hold: %s', async (_title, decisions, holds) => {
    await say('a', 'hello')
    await say('b', 'hello')
    for (const decision of decisions) {
      const [address = '', sign] = decision.split(' ')
      await say(address, sign === '+' ? '/prijava' : '/odjava')
    }
    await link('a', 'b')
    const given = decisions.filter(decision => decision.endsWith('+')).length
    expect(await bot.database.sql`SELECT 1 FROM consent`).toHaveLength(given)
    const open = await bot.database.sql`SELECT 1 FROM consent WHERE withdrawn_at IS NULL`
    expect(open.length > 0).toBe(holds)
    expect(textOf(await say('a', '/odjava'))).toContain(holds ? 'rights.unsubscribed' : 'notSubscribed')
    expect(textOf(await say('b', '/odjava'))).toContain('rights.notSubscribed')
  })

  it('takes reminders, files and choices along', async () => {
    await say('a', 'hello')
    await press('b', 'gr:foi:reply:20281227')
    await press('b', 'go:foi')
    await press('a', 'ch:t:polls:1')
    await press('a', 'ch:c:mz-01')
    await press('b', 'ch:t:polls:1')
    await press('b', 'ch:t:youth:1')
    await press('b', 'ch:c:other')
    await link('b', 'a')
    const choices = await bot.database.sql`SELECT kind, value FROM person_choice ORDER BY kind, value`
    expect(choices).toEqual([
      { kind: 'community', value: 'other' },
      { kind: 'topic', value: 'polls' },
      { kind: 'topic', value: 'youth' },
    ])
    await say('a', '/moji_podaci')
    const [file] = await bot.database.sql<{ bytes: Buffer }>`
      SELECT bytes FROM media WHERE mime = 'application/json'`
    const data = JSON.parse(file?.bytes.toString() ?? '')
    expect(data.reminder).toMatchObject([{ guide_id: 'foi-request' }])
    expect(data.media).toMatchObject([{ name: 'zahtev-za-informaciju.txt' }])
    expect(data.person_choice).toHaveLength(3)
    expect(data.address).toHaveLength(2)
  })

  it('lets a chosen language follow into the chat that has none', async () => {
    await say('a', '/jezik en')
    await link('a', 'b')
    expect((await chats()).get('b')?.state).toMatchObject({ language: 'en', languageChosen: true })
    await say('c', '/jezik bs')
    await link('d', 'c')
    expect((await chats()).get('d')?.state).toMatchObject({ language: 'bs', languageChosen: true })
    await link('b', 'd')
    const [b, d] = [(await chats()).get('b'), (await chats()).get('d')]
    expect([b?.state.language, d?.state.language]).toEqual(['en', 'bs'])
    const [row] = await bot.database.sql`SELECT language, script FROM address WHERE external_id = 'd'`
    expect(row).toEqual({ language: 'bs', script: 'latn' })
  })

  it('makes erasing hold for both chats', async () => {
    await link('a', 'b')
    await press('b', 'erase:yes')
    expect(await bot.database.sql`SELECT 1 FROM erasure`).toHaveLength(2)
    expect([...(await chats()).keys()]).toEqual(['b'])
  })

  it('moves every table that names a person', async () => {
    const rows = await bot.database.sql<{ table: string }>`
      SELECT table_name AS table FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'person_id' ORDER BY 1`
    const movable = personalTables.filter(({ move }) => move).map(({ table }) => table)
    expect(rows.map(({ table }) => table)).toEqual(movable.sort())
  })
})

describe('unlinking', () => {
  it('asks first, then leaves the facts with the other chat', async () => {
    await say('a', '/prijava')
    await link('a', 'b')
    await press('b', 'ch:t:polls:1')
    await press('b', 'gr:foi:reply:20281227')
    const before = await personOf('a')
    const asked = await say('b', '/razdvoji')
    expect(textOf(asked)).toContain('linking.unlinkQuestion')
    expect(await people()).toBe(1)
    expect(textOf(await press('b', 'unlink:yes'))).toContain('linking.unlinked')
    expect(await personOf('a')).toBe(before)
    expect(await personOf('b')).not.toBe(before)
    const owners = await bot.database.sql<{ person: string }>`
      SELECT person_id AS person FROM consent UNION ALL SELECT person_id FROM person_choice`
    expect(owners).toEqual([{ person: before }, { person: before }])
    const reminders = await bot.database.sql`
      SELECT a.external_id AS chat FROM reminder JOIN address a ON a.id = address_id`
    expect(reminders).toEqual([{ chat: 'b' }])
    expect(textOf(await say('b', '/odjava'))).toContain('rights.notSubscribed')
    expect(await link('a', 'b')).toContain('linking.linked')
    expect(await personOf('b')).toBe(before)
  })

  it('of a chat that is not linked says so and changes nothing', async () => {
    expect(textOf(await say('a', '/unlink'))).toContain('linking.notLinked')
    const before = await personOf('a')
    expect(textOf(await press('a', 'unlink:yes'))).toContain('linking.notLinked')
    expect(await personOf('a')).toBe(before)
  })
})

describe('two instances', () => {
  it('link crosswise at once: nobody is lost, nobody waits for the other in a circle', async () => {
    const PAIRS = 25
    const lines: string[] = []
    const database = openDatabase({ url: bot.database.url, poolSize: 8 })
    const channel = recordingChannel()
    const log = createLog('warn', { write: line => lines.push(line) })
    const second = startKernel({ database, channels: [channel], knowledge: () => knowledge, log })
    try {
      const pairs = await Promise.all(
        Array.from({ length: PAIRS }, async (_, pair) => {
          const [a, b] = [`a${pair}`, `b${pair}`]
          for (const address of [a, b]) await bot.kernel.receive([received(address, START)])
          await bot.kernel.idle()
          return { a, b }
        }),
      )
      const codes = new Map(
        bot.channel.sent.map(({ address, message }) => [address, codeFrom(textOf([message]))]),
      )
      await Promise.all(
        pairs.flatMap(({ a, b }) => [
          bot.kernel.receive([enterEvent(a, codes.get(b)), received(a, TALK)]),
          second.receive([enterEvent(b, codes.get(a)), received(b, TALK)]),
          bot.kernel.receive([received(b, TALK)]),
          second.receive([received(a, TALK)]),
        ]),
      )
      await Promise.all([bot.kernel.idle(), second.idle()])
      await expect
        .poll(() => bot.database.sql`SELECT 1 FROM inbox WHERE done_at IS NULL OR failed OR attempts > 0`, {
          timeout: 30_000,
        })
        .toEqual([])
      expect(lines).toEqual([])
      expect(await people()).toBe(PAIRS)
      for (const { a, b } of pairs) expect(await personOf(a)).toBe(await personOf(b))
      const answers = [...bot.channel.sent, ...channel.sent].map(({ message }) => textOf([message]))
      expect(answers.filter(text => text.includes('linking.linked'))).toHaveLength(PAIRS)
      const [row] = await bot.database.sql<{ deadlocks: string }>`
        SELECT pg_stat_get_db_deadlocks(oid) AS deadlocks FROM pg_database WHERE datname = current_database()`
      expect(Number(row?.deadlocks)).toBe(0)
    } finally {
      await second.stop()
      await database.close()
    }
  })

  it.each([
    ['person', '00000000-0000-0000-0000-000000000001'],
    ['chat', ''],
  ])('wait for a held %s without holding anything themselves', async (held, id) => {
    const code = await makeCode('a')
    await say('b', 'hello')
    // People are locked in the order of their ids: the held one comes first.
    if (id) await bot.database.sql`UPDATE person SET id = ${id} WHERE id = ${await personOf('a')}`
    const answer = await bot.database.transaction(async sql => {
      if (held === 'person') await sql`SELECT 1 FROM person WHERE id = ${id} FOR NO KEY UPDATE`
      else await sql`SELECT 1 FROM address WHERE external_id = 'a' FOR NO KEY UPDATE`
      const answering = enter('b', code)
      await sleep(300)
      // Were the turn to wait with its own chat in hand, this would close the circle: PostgreSQL breaks it off.
      await sql`
        SELECT 1 FROM person p JOIN address a ON a.person_id = p.id
        WHERE external_id = 'b' FOR NO KEY UPDATE OF p, a`
      return { answering }
    })
    expect(await answer.answering).toContain('linking.linked')
    expect(await people()).toBe(1)
  })

  it('let one code link one chat only', async () => {
    const code = await makeCode('a')
    await Promise.all(['b', 'c', 'd', 'e'].map(address => enter(address, code)))
    expect(await people()).toBe(4)
  })
})

const START = { kind: 'text', text: '/povezi' } as const
const TALK = { kind: 'text', text: 'hello' } as const
const enterEvent = (address: string, code = '') => received(address, { kind: 'text', text: `/link ${code}` })
