// A staff member's own chat, from the code on the account page to the command in the chat and back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shownCode } from '../../src/core/text/chat-code.ts'
import { WRONG_CODES_MAX } from '../../src/core/wrong-codes.ts'
import { auditRows } from '../../src/staff/audit.ts'
import { chatOfAccount, makeChatCode } from '../../src/staff/chat-tie.ts'
import { buttonsOf, startBot, textOf } from '../support/bot.ts'

let bot: Awaited<ReturnType<typeof startBot>>
let accountId: string
beforeEach(async () => {
  bot = await startBot()
  accountId = await anAccount('mira@grad.example')
})
afterEach(() => bot.stop())

async function anAccount(email: string): Promise<string> {
  const [row] = await bot.database.sql<{ id: string }>`
    INSERT INTO staff_account (email, role) VALUES (${email}, 'editor') RETURNING id`
  return row?.id ?? ''
}

const say = async (text: string, address = 'chat') => textOf(await bot.tell(address, { kind: 'text', text }))
const press = async (token: string) => textOf(await bot.tell('chat', { kind: 'press', token }))
const code = async (id = accountId) => shownCode(await makeChatCode(bot.database.sql, id))
const channelOf = (id = accountId) => chatOfAccount(bot.database.sql, id)

describe('a code typed in a chat', () => {
  it.each([
    ['as it is shown', (typed: string) => `/osoblje ${typed}`],
    ['in small letters', (typed: string) => `/osoblje ${typed.toLowerCase()}`],
    ['with spaces', (typed: string) => `/OSOBLJE  ${typed.replace('-', ' ')} `],
    ['in Cyrillic', (typed: string) => `/особље ${typed.replaceAll('N', 'Н').replaceAll('S', 'С')}`],
    ['in English', (typed: string) => `/staff ${typed}`],
  ])('ties it to the account %s', async (_name, spell) => {
    expect(await say(spell(await code()))).toMatch(/mira@grad\.example/)
    expect(await channelOf()).toBe('web')
    const [row] = await auditRows(bot.database, { limit: 1 })
    expect(row).toMatchObject({ actor: 'mira@grad.example', action: 'account.chat' })
  })

  it('works once, for ten minutes, and a newer one ends it', async () => {
    const older = await code()
    const newer = await code()
    expect(await say(`/osoblje ${older}`)).toContain('ne važi')
    expect(await say(`/osoblje ${newer}`)).toContain('povezan')
    expect(await say(`/osoblje ${newer}`, 'other')).toContain('ne važi')
    const late = await code()
    await bot.database.sql`UPDATE staff_account SET chat_code_end = now() - interval '1 second'`
    expect(await say(`/osoblje ${late}`)).toContain('ne važi')
  })

  it('of a disabled account works no more', async () => {
    const typed = await code()
    await bot.database.sql`UPDATE staff_account SET disabled_at = now()`
    expect(await say(`/osoblje ${typed}`)).toContain('ne važi')
  })

  it('can’t be guessed', async () => {
    for (let tries = 0; tries < WRONG_CODES_MAX; tries++) await say('/osoblje AAAA-AAAA')
    expect(await say(`/osoblje ${await code()}`)).toContain('previše pogrešnih')
    expect(await channelOf()).toBeUndefined()
  })

  it('is kept as a hash', async () => {
    const typed = await code()
    const [row] = await bot.database.sql<{ code: string }>`SELECT chat_code AS code FROM staff_account`
    expect(row?.code).toMatch(/^[0-9a-f]{64}$/)
    expect(row?.code).not.toContain(typed)
  })
})

describe('the command alone', () => {
  it('says how, and to whom a chat is tied, with the way out', async () => {
    expect(await say('/osoblje')).toContain('Moj nalog')
    await say(`/osoblje ${await code()}`)
    const shown = await bot.tell('chat', { kind: 'text', text: '/osoblje' })
    expect(textOf(shown)).toContain('mira@grad.example')
    expect(buttonsOf(shown)).toEqual([{ label: 'Odveži', token: 'staff:end' }])
    expect(await press('staff:end')).toContain('Odvezano')
    expect(await press('staff:end')).toContain('Moj nalog')
    expect(await channelOf()).toBeUndefined()
  })

  it('one chat may serve two accounts, each ties its own', async () => {
    const other = await anAccount('emir@grad.example')
    await say(`/osoblje ${await code()}`)
    await say(`/osoblje ${await code(other)}`)
    expect([await channelOf(), await channelOf(other)]).toEqual(['web', 'web'])
  })
})

it('erasing the person unties the chat and leaves the account', async () => {
  await say(`/osoblje ${await code()}`)
  await say('/obrisi')
  await press('erase:yes')
  const rows = await bot.database.sql`SELECT email, chat_id AS chat FROM staff_account`
  expect(rows).toEqual([{ email: 'mira@grad.example', chat: null }])
})

it('what is kept of it is in the person’s data', async () => {
  await say(`/osoblje ${await code()}`)
  await say('/moji_podaci')
  const [file] = await bot.database.sql<{ text: string }>`
    SELECT convert_from(bytes, 'UTF8') AS text FROM media WHERE mime LIKE 'text/html%'`
  expect(file?.text).toContain('Nalog u gradskoj konzoli')
  expect(file?.text).toContain('mira@grad.example')
})
