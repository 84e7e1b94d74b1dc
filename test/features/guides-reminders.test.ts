import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadContent } from '../../src/content/load.ts'
import type { Outbound } from '../../src/core/model/message.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { REMINDERS_MAX } from '../../src/features/guides/effects.ts'
import { sendDueReminders } from '../../src/features/guides/index.ts'
import { topics } from '../../src/features/index.ts'
import { buttonsOf, CONTENT_DIR, startBot, textOf } from '../support/bot.ts'
import { echoKnowledge } from '../support/echo.ts'

/** The last day whose holidays are known is a Sunday; this is the Wednesday before. */
const DUE = '20281227'
const MORNING = Date.parse('2028-12-27T07:00:00Z')
const REMIND = `gr:foi:reply:${DUE}`

let knowledge: Knowledge
beforeAll(async () => {
  const { content } = await loadContent(CONTENT_DIR)
  knowledge = { ...echoKnowledge(topics), content }
})

let bot: Awaited<ReturnType<typeof startBot>>
beforeEach(async () => {
  bot = await startBot({ knowledge })
})
afterEach(() => bot.stop())

const press = (token: string, address = 'a') => bot.tell(address, { kind: 'press', token })
const kept = () => bot.database.sql<{ due: string }>`SELECT due_on::text AS due FROM reminder`
const send = (now = MORNING) => sendDueReminders(bot.database.sql, knowledge, now)
const queued = () =>
  bot.database.sql<{ message: Outbound; lane: string }>`SELECT message, lane FROM outbox WHERE lane = 'bulk'`

describe('a reminder', () => {
  it('is kept once, however often it is pressed, and cancelled by one press', async () => {
    const set = await press(REMIND)
    expect(textOf(set)).toContain('guide.reminder.set')
    expect(textOf(await press(REMIND))).toContain('guide.reminder.already')
    expect(await kept()).toEqual([{ due: '2028-12-27' }])
    const cancel = buttonsOf(set)[0]
    expect(cancel).toMatchObject({ label: 'guide.reminder.cancel' })
    expect(textOf(await press(cancel && 'token' in cancel ? cancel.token : ''))).toContain('cancelled')
    expect(await kept()).toEqual([])
    expect(textOf(await press(REMIND.replace('gr', 'gx')))).toContain('guide.reminder.unknown')
  })

  it('is not kept for a day that has passed, or lies beyond the known holidays', async () => {
    expect(textOf(await press('gr:foi:reply:20260105'))).toContain('guide.reminder.tooLate')
    expect(textOf(await press('gr:foi:reply:20401227'))).toContain('welcome.oldButton')
    expect(textOf(await press('gr:foi:nothing:20281227'))).toContain('welcome.oldButton')
    expect(await kept()).toEqual([])
  })

  it('is refused when a person has many', async () => {
    await press(REMIND)
    await bot.database.sql`
      INSERT INTO reminder (address_id, guide_id, deadline_id, due_on, created_at)
      SELECT address_id, 'g' || n, deadline_id, due_on, created_at
      FROM reminder, generate_series(2, ${REMINDERS_MAX}::int) n`
    expect(textOf(await press('gr:util:reply:20281227'))).toContain('guide.reminder.refused')
    expect(await kept()).toHaveLength(REMINDERS_MAX)
  })

  it('of one chat is out of reach for another', async () => {
    await press(REMIND)
    expect(textOf(await press(REMIND.replace('gr', 'gx'), 'b'))).toContain('guide.reminder.unknown')
    expect(await kept()).toHaveLength(1)
  })
})

describe('the morning', () => {
  it('sends what is due, once over all instances, and forgets it', async () => {
    await press(REMIND)
    await press(REMIND, 'b')
    await press('gr:foi:reply:20281228', 'b')
    expect(await send(MORNING - 86_400_000)).toBe(0)
    await Promise.all([send(), send(), send()])
    expect(await queued()).toHaveLength(2)
    expect(await kept()).toEqual([{ due: '2028-12-28' }])
    expect(await send()).toBe(0)
    expect(await queued()).toHaveLength(2)
  })

  it('reaches the person through the bulk lane, without buttons that would take typed numbers', async () => {
    await press(REMIND)
    await send()
    await expect
      .poll(() => textOf(bot.channel.sent.map(({ message }) => message)), { timeout: 30_000 })
      .toContain('guide.reminder.due')
    expect(bot.channel.sent.at(-1)?.message.buttons).toEqual([])
  })

  it('says so when it comes late, in the script of the chat', async () => {
    await press(REMIND)
    await bot.database.sql`UPDATE address SET script = 'cyrl'`
    await send(MORNING + 2 * 86_400_000)
    const [row] = await queued()
    const text = row?.message.blocks.map(block => block.text).join('\n')
    expect(text).toContain('Ако одговора нема')
    expect(text).toContain('гуиде.реминдер.лате')
  })

  it('leaves a chat alone that cannot be reached', async () => {
    await press(REMIND)
    await bot.database.sql`UPDATE address SET reachable = false`
    expect(await send()).toBe(1)
    expect(await queued()).toEqual([])
    expect(await kept()).toEqual([])
  })

  it('reminds of a guide that the content has lost', async () => {
    await press(REMIND)
    await sendDueReminders(
      bot.database.sql,
      { ...knowledge, content: { ...knowledge.content, guides: [] } },
      MORNING,
    )
    expect(JSON.stringify(await queued())).toContain('guide.reminder.due')
  })
})

describe('the rights of a person', () => {
  it('cover their reminders and documents', async () => {
    await press(REMIND)
    const [, file] = await press('go:foi')
    expect(file?.blocks.find(block => block.kind === 'file')).toMatchObject({
      name: 'zahtev-za-informaciju.txt',
    })
    const [stored] = await bot.database.sql<{ bytes: Buffer; mime: string }>`SELECT bytes, mime FROM media`
    expect(stored?.mime).toBe('text/plain')
    expect(stored?.bytes.toString()).toContain('ZAHTEV ZA PRISTUP INFORMACIJI')
    await bot.tell('a', { kind: 'text', text: '/moji_podaci' })
    const [exported] = await bot.database.sql<{ bytes: Buffer }>`
      SELECT bytes FROM media WHERE mime = 'application/json'`
    expect(JSON.parse(exported?.bytes.toString() ?? '').reminder).toMatchObject([
      { guide_id: 'foi-request', deadline_id: 'reply', due_on: '2028-12-27' },
    ])
    await press('erase:yes')
    expect(await kept()).toEqual([])
    expect(await bot.database.sql`SELECT 1 FROM media`).toEqual([])
  })
})
