// Cases in the chat, and replies on their way, with the real database and the whole kernel.
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SendResult } from '../../src/channels/channel.ts'
import { RETENTION_DAYS } from '../../src/core/model/retention.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { excerpt } from '../../src/core/text/excerpt.ts'
import { type Act, close, noteOn, passOn, replyTo } from '../../src/features/cases/changes.ts'
import { newReference, readReference, shownReference } from '../../src/features/cases/reference.ts'
import { deliverReplies } from '../../src/features/cases/replies.ts'
import { answerDay, OPEN_MAX, openRuns, TEXT_MAX } from '../../src/features/cases/rules.ts'
import { enforceRetention } from '../../src/retention.ts'
import { createAccount } from '../../src/staff/accounts.ts'
import { buttonsOf, startBot, textOf } from '../support/bot.ts'
import { caseKnowledge, chatWith } from '../support/cases.ts'

const BLOCKED: SendResult = { status: 'failed', reason: 'unreachable', detail: '403 blocked' }
const NOT_SENT: SendResult = { status: 'failed', reason: 'rejected', detail: '400 no' }
/** Sending after a deed of staff waits for the next sweep. */
const SWEPT = { timeout: 30_000, interval: 50 }

let knowledge: Knowledge
beforeAll(async () => {
  knowledge = await caseKnowledge()
})

let bot: Awaited<ReturnType<typeof startBot>>
let results: SendResult[]
beforeEach(async () => {
  results = []
  bot = await startBot({ knowledge, results })
})
afterEach(() => bot.stop())

const sql = () => bot.database.sql
const stateOf = async (reference: string) => {
  const [row] = await sql()<{ state: string; due: string; closedBy: string | null }>`
    SELECT state, expected_on::text AS due, closed_by AS "closedBy" FROM citizen_case WHERE reference = ${reference}`
  return row
}
const textsOf = (reference: string) =>
  sql()<{ kind: string; text: string; outcome: string | null }>`
    SELECT kind, text, outcome FROM case_message WHERE reference = ${reference} ORDER BY id`

/** A clerk who acts on this case. */
async function clerk(reference: string): Promise<Act> {
  const email = 'mira@grad.rs'
  const id =
    (await createAccount(sql(), { email, role: 'inbox' })) ??
    (await sql()<{ id: string }>`SELECT id FROM staff_account`)[0]?.id ??
    ''
  return { database: bot.database, words: knowledge, account: { id, email }, reference }
}
const answer = async (reference: string, text: string, after: 'waiting' | 'open' | 'closed' = 'waiting') =>
  replyTo(await clerk(reference), { text, after })

describe('the number of a case', () => {
  it('has six digits that look like no letter, and is read however it is grouped', () => {
    for (let turn = 0; turn < 500; turn++) expect(newReference()).toMatch(/^[2-9]{6}$/)
    expect(shownReference('234567')).toBe('234-567')
    for (const typed of ['234567', '234-567', ' 234 567 ', 'br. 234.567']) {
      expect(readReference(typed)).toBe('234567')
    }
    for (const typed of ['23456', '2345678', '234-061', 'abc', ''])
      expect(readReference(typed)).toBeUndefined()
  })

  it('is another one when it is taken', async () => {
    const chat = chatWith(bot, 'a')
    const first = await chat.ask('Prvo?')
    expect(await chat.ask('Drugo?')).not.toBe(first)
  })
})

describe('the promised day', () => {
  const { holidays } = { holidays: [{ day: '2026-11-11', name: { sr: 'P', bs: 'P', en: 'P' } }] }
  const week = DEFAULT_SETTINGS.openingHours
  const closed = null

  it.each([
    ['weekends and holidays don’t count', '2026-11-10', {}, '2026-11-16'],
    [
      'days off of the settings don’t either',
      '2026-11-10',
      { extraHolidays: [{ day: '2026-11-13', name: { sr: '', bs: '', en: '' } }] },
      '2026-11-17',
    ],
    [
      'nor weekdays without opening hours',
      '2026-11-10',
      { openingHours: [closed, ...week.slice(1)] },
      '2026-11-17',
    ],
    [
      'an open Saturday counts',
      '2026-11-12',
      { openingHours: [...week.slice(0, 5), week[0] ?? closed, closed] },
      '2026-11-16',
    ],
    ['at least one day', '2026-11-12', { caseDays: 0 }, '2026-11-13'],
    ['a week without hours ends somewhere', '2026-11-12', { openingHours: [] }, '2027-11-13'],
  ])('%s', (_title, today, change, day) => {
    expect(answerDay(today, { ...DEFAULT_SETTINGS, caseDays: 3, ...change }, holidays)).toBe(day)
  })

  it('stands beside the hours, days with the same hours together', () => {
    const short = { from: '08:00', to: '12:00' }
    const long = { from: '07:30', to: '15:00' }
    expect(openRuns([long, { ...long }, short, null, short, null, null])).toEqual([
      { from: 0, to: 1, hours: long },
      { from: 2, to: 2, hours: short },
      { from: 4, to: 4, hours: short },
    ])
  })
})

it('an excerpt is one line and cuts no letter', () => {
  expect(excerpt('  kratko\n\npitanje ', 20)).toBe('kratko pitanje')
  expect(excerpt('👨‍👩‍👧'.repeat(5), 3)).toBe('👨‍👩‍👧👨‍👩‍👧…')
  expect(excerpt(`a${'\u0301'.repeat(500)}`, 10)).toHaveLength(81)
})

describe('sending a question to the city', () => {
  it('keeps nothing without a yes, and the whole question with it', async () => {
    const chat = chatWith(bot, 'a')
    const question = `Zašto ${'baš '.repeat(300)}moj broj 064 123 4567?`
    await chat.press('case:send')
    await chat.say(question)
    expect(await sql()`SELECT 1 FROM citizen_case`).toEqual([])
    await chat.choose('Da, pošalji')
    expect(await sql()<{ text: string }>`SELECT text FROM case_message`).toEqual([{ text: question }])
  })

  it('pressed twice sends once and says the same number', async () => {
    const chat = chatWith(bot, 'a')
    await chat.press('case:send')
    const offer = await chat.say('Zašto nema klupa?')
    const yes = buttonsOf(offer)[0]
    const token = yes && 'token' in yes ? yes.token : ''
    expect(token.length).toBeLessThanOrEqual(24)
    const first = textOf(await chat.press(token))
    expect(textOf(await chat.press(token))).toBe(first.replace(/\n\n?Ne tražim[\s\S]*$/, ''))
    expect(await sql()`SELECT 1 FROM citizen_case`).toHaveLength(1)
  })

  it('never sends another question than the one under the button', async () => {
    const chat = chatWith(bot, 'a')
    await chat.press('case:send')
    const [yes] = buttonsOf(await chat.say('Prvo pitanje?'))
    await chat.press('case:send')
    await chat.say('sasvim drugo')
    await chat.press('case:no')
    await chat.press('case:send')
    await chat.say('Drugo pitanje?')
    expect(textOf(await chat.press(yes && 'token' in yes ? yes.token : ''))).toContain('dugme više ne važi')
    expect(await sql()`SELECT 1 FROM citizen_case`).toEqual([])
  })

  it('cuts what nobody can read, and says so', async () => {
    const chat = chatWith(bot, 'a')
    await chat.press('case:send')
    const offer = await chat.say('č'.repeat(TEXT_MAX + 1))
    expect(textOf(offer)).toContain(`šaljem prvih ${TEXT_MAX} znakova`)
    const [yes] = buttonsOf(offer)
    const token = yes && 'token' in yes ? yes.token : ''
    for (let turn = 0; turn < 2; turn++) expect(textOf(await chat.press(token))).toContain('Poslato gradu')
    const rows = await sql()<{ length: number }>`SELECT length(text) AS length FROM case_message`
    expect(rows).toEqual([{ length: TEXT_MAX }])
  })

  it('is limited to a few open ones per person, to which more can be added', async () => {
    const chat = chatWith(bot, 'a')
    for (let turn = 0; turn < OPEN_MAX; turn++) await chat.ask(`Pitanje broj ${turn}?`)
    await chat.press('case:send')
    const offer = await chat.say('Još jedno?')
    expect(textOf(offer)).toContain('Imate već 5 otvorenih pitanja')
    const labels = buttonsOf(offer).map(({ label }) => label)
    expect(labels).toHaveLength(OPEN_MAX + 1)
    await chat.press(buttonsOf(offer).map(button => ('token' in button ? button.token : ''))[0] ?? '')
    expect(await sql()`SELECT 1 FROM case_message WHERE text = 'Još jedno?'`).toHaveLength(1)
    expect(await sql()`SELECT 1 FROM citizen_case`).toHaveLength(OPEN_MAX)
  })
})

describe('going on with a case', () => {
  it('adds exactly one message, then questions are questions again', async () => {
    const chat = chatWith(bot, 'a')
    const reference = await chat.ask('Zašto nema klupa?')
    await chat.press(`case:add:${reference}`)
    await chat.tell({ kind: 'attachment', attachment: 'voice' })
    await chat.say('u parku kod škole')
    expect(textOf(await chat.say('sta je zbor gradjana'))).toContain('Izvor:')
    expect((await textsOf(reference)).map(({ text }) => text)).toEqual([
      'Zašto nema klupa?',
      'u parku kod škole',
    ])
  })

  it('after a reply makes it the city’s turn, by a new day', async () => {
    const chat = chatWith(bot, 'a')
    const reference = await chat.ask('Zašto nema klupa?')
    const promised = (await stateOf(reference))?.due
    await answer(reference, 'Biće.')
    await sql()`UPDATE citizen_case SET expected_on = '2026-01-05'`
    await chat.press(`case:add:${reference}`)
    await chat.say('Kada?')
    expect(await stateOf(reference)).toEqual({ state: 'open', due: promised, closedBy: null })
    await sql()`UPDATE citizen_case SET expected_on = '2026-01-05'`
    await chat.press(`case:add:${reference}`)
    await chat.say('Halo?')
    expect((await stateOf(reference))?.due).toBe('2026-01-05')
  })

  it('is closed by its asker, and open again when they add something within two weeks', async () => {
    const chat = chatWith(bot, 'a')
    const reference = await chat.ask('Zašto nema klupa?')
    for (let turn = 0; turn < 2; turn++) {
      expect(textOf(await chat.press(`case:close:${reference}`))).toContain('je zatvoreno')
    }
    expect(await stateOf(reference)).toMatchObject({ state: 'closed', closedBy: 'asker' })
    await sql()`UPDATE citizen_case SET closed_at = closed_at - interval '13 days'`
    await chat.press(`case:add:${reference}`)
    expect(textOf(await chat.say('Ipak nema.'))).toContain('ponovo otvoreno')
    await chat.press(`case:close:${reference}`)
    await chat.press(`case:add:${reference}`)
    await sql()`UPDATE citizen_case SET closed_at = closed_at - interval '15 days'`
    expect(textOf(await chat.say('Opet ja.'))).toContain('zatvoreno pre više od 14 dana')
    expect(textOf(await chat.press('case:list'))).toContain('Nemate pitanja')
    expect(await textsOf(reference)).toHaveLength(2)
  })

  it.each(['case:add:', 'case:close:'])('of somebody else is refused: %s', async token => {
    const reference = await chatWith(bot, 'a').ask('Zašto nema klupa?')
    const other = chatWith(bot, 'b')
    expect(textOf(await other.press(`${token}${reference}`))).toContain('nemate među svojima')
    expect(textOf(await other.say('tuđe'))).not.toContain('Dodato')
    await other.press('case:send')
    await other.say('Moje?')
    const put = `case:put:${reference}:${(await import('../../src/features/cases/tokens.ts')).print('Moje?')}`
    expect(textOf(await other.press(put))).toContain('nemate među svojima')
    expect(await stateOf(reference)).toMatchObject({ state: 'open' })
    expect(await textsOf(reference)).toHaveLength(1)
  })

  it.each([
    'case:',
    'case:yes',
    'case:add',
    'case:close:x',
    'case:put:234567',
    'case:add:999999:1',
    'case:what',
  ])('answers the nonsense button %s', async token => {
    expect(textOf(await chatWith(bot, 'a').press(token))).not.toBe('')
    expect(await sql()`SELECT 1 FROM citizen_case`).toEqual([])
  })
})

describe('a reply', () => {
  it('arrives with the number, the question and what can be done next', async () => {
    const chat = chatWith(bot, 'a')
    const reference = await chat.ask('Zašto nema klupa?')
    await answer(reference, 'Biće na proleće.')
    await expect
      .poll(chat.received, SWEPT)
      .toContain(
        `Odgovor grada na pitanje ${shownReference(reference)}\nPitali ste: „Zašto nema klupa?“\n\nBiće na proleće.`,
      )
    const last = bot.channel.sent.at(-1)?.message
    expect(last?.buttons).toEqual([
      { label: 'Dodaj poruku', token: `case:add:${reference}` },
      { label: 'Rešeno, zatvori', token: `case:close:${reference}` },
    ])
    expect(await stateOf(reference)).toMatchObject({ state: 'waiting' })
  })

  it('that closes says so and offers to add only', async () => {
    const chat = chatWith(bot, 'a')
    const reference = await chat.ask('Zašto nema klupa?')
    await answer(reference, 'Ima ih.', 'closed')
    await expect.poll(() => chat.received().at(-1), SWEPT).toContain('Pitanje je ovim zatvoreno')
    expect(bot.channel.sent.at(-1)?.message.buttons.map(({ label }) => label)).toEqual(['Dodaj poruku'])
    expect((await answer(reference, 'Još nešto.'))?.reason).toBe('closed')
  })

  it('is read in the chat’s language and script; what is no Serbian in Latin stays as it was written', async () => {
    const chat = chatWith(bot, 'a')
    await chat.say('/jezik ћирилица')
    const reference = await chat.ask('Зашто нема клупа?')
    await answer(reference, 'Biće na proleće, pogledajte https://novipazar.rs i Viber.')
    await answer(reference, 'The benches are being repaired and will return in spring.')
    await answer(reference, 'Стижу.')
    await expect
      .poll(() => chat.received().slice(-3), SWEPT)
      .toEqual([
        expect.stringMatching(
          /^Одговор града на питање .*\nПитали сте: „Зашто нема клупа\?“\n\nБиће на пролеће, погледајте https:\/\/novipazar\.rs и Viber\.$/,
        ),
        expect.stringContaining('The benches are being repaired'),
        expect.stringContaining('Стижу.'),
      ])
    await passOn(await clerk(reference), 'communal')
    await expect.poll(() => chat.received().at(-1), SWEPT).toContain('прослеђено: Комунални послови')
    await chat.say('/jezik en')
    await close(await clerk(reference), 'not-city')
    await expect
      .poll(() => chat.received().at(-1), SWEPT)
      .toContain('Reason: it is not within the powers of the city.')
  })

  it('leaves what the person is in the middle of alone', async () => {
    const chat = chatWith(bot, 'a')
    const reference = await chat.ask('Zašto nema klupa?')
    await chat.press(`case:add:${reference}`)
    await answer(reference, 'Biće.')
    await expect.poll(() => chat.received().at(-1), SWEPT).toContain('Biće.')
    await chat.say('dopuna')
    expect((await textsOf(reference)).map(({ text }) => text)).toEqual([
      'Zašto nema klupa?',
      'Biće.',
      'dopuna',
    ])
  })

  it('of a form that is sent twice goes out once', async () => {
    const chat = chatWith(bot, 'a')
    const reference = await chat.ask('Zašto nema klupa?')
    const act = await clerk(reference)
    const send = () => replyTo(act, { text: 'Biće.', key: 'form-1', after: 'waiting' })
    const outcomes = await Promise.all([send(), send(), send()])
    expect(outcomes.filter(it => it?.reason === 'repeated')).toHaveLength(2)
    await expect.poll(() => chat.received().at(-1), SWEPT).toContain('Biće.')
    expect(await sql()`SELECT 1 FROM outbox WHERE message::text LIKE '%Biće.%'`).toHaveLength(1)
  })
})

async function linked() {
  const [home, other] = [chatWith(bot, 'home'), chatWith(bot, 'other')]
  const reference = await home.ask('Zašto nema klupa?')
  const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(textOf(await home.say('/povezi')))?.[0]
  await other.say(`/povezi ${code}`)
  return { home, other, reference }
}

describe('several chats of one person', () => {
  it('list and go on with the same cases; the reply goes where it was asked', async () => {
    const { home, other, reference } = await linked()
    expect(textOf(await other.say('/pitanja'))).toContain('Zašto nema klupa?')
    await other.press(`case:add:${reference}`)
    await other.say('dopuna odavde')
    await answer(reference, 'Biće.')
    await expect.poll(() => home.received().at(-1), SWEPT).toContain('Biće.')
    expect(other.received().at(-1)).not.toContain('Biće.')
    expect(textOf(await other.press(`case:close:${reference}`))).toContain('je zatvoreno')
  })

  it('a reply goes to the other one when the first can’t be reached, and says why', async () => {
    const { home, other, reference } = await linked()
    await home.tell({ kind: 'blocked' })
    await answer(reference, 'Biće.')
    await expect
      .poll(() => other.received().at(-1), SWEPT)
      .toContain('Pitanje ste poslali iz drugog razgovora (veb-stranica)')
    expect(other.received().at(-1)).toContain('Biće.')
    await home.say('evo me')
    await deliverReplies(sql(), knowledge)
    await bot.kernel.idle()
    expect(home.received().join()).not.toContain('Biće.')
  })

  it('a reply that fails in the first one goes to the other, once', async () => {
    const { home, other, reference } = await linked()
    results.push(BLOCKED)
    await answer(reference, 'Biće.')
    await expect.poll(() => other.received().at(-1), SWEPT).toContain('Biće.')
    await expect
      .poll(() => textsOf(reference), SWEPT)
      .toContainEqual({ kind: 'reply', text: 'Biće.', outcome: 'sent' })
    expect(home.received().join()).not.toContain('Biće.')
  })

  it('a reply that nobody takes is tried in each, then only when the person writes', async () => {
    const { home, reference } = await linked()
    results.push(NOT_SENT, NOT_SENT)
    await answer(reference, 'Biće.')
    await expect.poll(() => sql()`SELECT 1 FROM outbox WHERE status = 'failed'`, SWEPT).toHaveLength(2)
    for (let look = 0; look < 3; look++) await deliverReplies(sql(), knowledge)
    expect(await sql()`SELECT 1 FROM outbox WHERE message::text LIKE '%Biće.%'`).toHaveLength(2)
    await home.say('ima li šta novo')
    await expect.poll(() => home.received().at(-1), SWEPT).toContain('Biće.')
  })

  it('a case stays with its chat when that chat becomes a person of its own', async () => {
    const { home, other, reference } = await linked()
    await home.press('unlink:yes')
    expect(textOf(await home.say('/pitanja'))).toContain('Zašto nema klupa?')
    expect(textOf(await other.say('/pitanja'))).toContain('Nemate pitanja')
    expect(textOf(await other.press(`case:close:${reference}`))).toContain('nemate među svojima')
  })
})

describe('somebody who can’t be reached', () => {
  it('finds the reply when they write again, once', async () => {
    const chat = chatWith(bot, 'a')
    const reference = await chat.ask('Zašto nema klupa?')
    await chat.tell({ kind: 'blocked' })
    await answer(reference, 'Biće.')
    expect(await textsOf(reference)).toContainEqual({ kind: 'reply', text: 'Biće.', outcome: 'unsent' })
    expect(await sql()`SELECT 1 FROM outbox WHERE message::text LIKE '%Biće.%'`).toEqual([])
    await chat.say('dobar dan')
    await expect.poll(() => chat.received().at(-1), SWEPT).toContain('Biće.')
    await expect
      .poll(() => textsOf(reference), SWEPT)
      .toContainEqual({ kind: 'reply', text: 'Biće.', outcome: 'sent' })
    await chat.say('hvala')
    for (let look = 0; look < 3; look++) await deliverReplies(sql(), knowledge)
    expect(chat.received().filter(text => text.includes('Biće.'))).toHaveLength(1)
  })

  it('gets it also when the platform told only later that it did not arrive', async () => {
    const chat = chatWith(bot, 'a')
    const reference = await chat.ask('Zašto nema klupa?')
    await answer(reference, 'Biće.')
    await expect
      .poll(() => textsOf(reference), SWEPT)
      .toContainEqual({ kind: 'reply', text: 'Biće.', outcome: 'sent' })
    await sql()`UPDATE outbox SET status = 'failed', reason = 'undelivered' WHERE message::text LIKE '%Biće.%'`
    await expect
      .poll(() => textsOf(reference), SWEPT)
      .toContainEqual({ kind: 'reply', text: 'Biće.', outcome: 'failed' })
    await chat.say('dobar dan')
    await expect.poll(() => chat.received().filter(text => text.includes('Biće.')), SWEPT).toHaveLength(2)
  })

  it('is served once by two instances that look at the same time', async () => {
    const chat = chatWith(bot, 'a')
    const reference = await chat.ask('Zašto nema klupa?')
    await bot.kernel.stop()
    await sql()`UPDATE address SET reachable = false`
    await answer(reference, 'Biće.')
    await sql()`UPDATE address SET reachable = true`
    await Promise.all(Array.from({ length: 6 }, () => deliverReplies(sql(), knowledge)))
    expect(await sql()`SELECT 1 FROM outbox WHERE message::text LIKE '%Biće.%'`).toHaveLength(1)
  })
})

describe('what is kept', () => {
  it('goes with everything else when the person is erased, notes and outbox rows too', async () => {
    const { home, reference } = await linked()
    await noteOn(await clerk(reference), { text: 'beleška' })
    await answer(reference, 'Biće.')
    await home.press('erase:yes')
    expect(
      await sql()`SELECT reference FROM citizen_case UNION ALL SELECT reference FROM case_message`,
    ).toEqual([])
    expect(await sql()`SELECT 1 FROM outbox WHERE message::text LIKE '%Biće.%'`).toEqual([])
  })

  it('ends a while after it was closed, or after its asker fell silent; what is owed stays', async () => {
    const chat = chatWith(bot, 'a')
    const references = []
    for (const question of ['Jedan?', 'Dva?', 'Tri?', 'Četiri?']) references.push(await chat.ask(question))
    const [closed = '', waiting = '', open = '', young = ''] = references
    await chat.press(`case:close:${closed}`)
    await answer(waiting, 'Da.')
    await chat.press(`case:close:${young}`)
    await sql()`
      UPDATE citizen_case SET updated_at = updated_at - make_interval(days => ${RETENTION_DAYS.case + 1}),
        closed_at = closed_at - make_interval(days => ${RETENTION_DAYS.case + 1}),
        opened_at = opened_at - make_interval(days => ${RETENTION_DAYS.case + 1})
      WHERE reference <> ${young}`
    await enforceRetention(sql(), { ...RETENTION_DAYS, outbox: 400, inbox: 400 })
    const left = await sql()<{ reference: string }>`SELECT reference FROM citizen_case`
    expect(left.map(({ reference }) => reference).sort()).toEqual([open, young].sort())
  })

  it('is told to the person with the notes about them', async () => {
    const chat = chatWith(bot, 'a')
    const reference = await chat.ask('Zašto nema klupa?')
    await noteOn(await clerk(reference), { text: 'pitati komunalce' })
    await chat.say('/moji_podaci')
    const [file] = await sql()<{ bytes: Buffer }>`SELECT bytes FROM media WHERE mime = 'application/json'`
    const data = JSON.parse(file?.bytes.toString() ?? '')
    expect(data.citizen_case).toMatchObject([{ reference, state: 'open' }])
    expect(data.case_message).toMatchObject([
      { kind: 'asker', text: 'Zašto nema klupa?' },
      { kind: 'note', text: 'pitati komunalce' },
    ])
    expect(JSON.stringify(data)).not.toContain('mira@grad.rs')
  })
})
