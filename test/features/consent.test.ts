// Asking before something is kept, seen from a feature that keeps something: the smallest possible vote.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LANGUAGES } from '../../src/core/model/content.ts'
import type { Data } from '../../src/core/model/effect.ts'
import { TOKEN_MAX } from '../../src/core/model/message.ts'
import { RETENTION_DAYS } from '../../src/core/model/retention.ts'
import { type Context, reply, type Topic } from '../../src/core/model/topic.ts'
import { consentQuestion, needsConsent, WISHED_TOKEN_MAX } from '../../src/features/consent/index.ts'
import { personalTables, topics } from '../../src/features/index.ts'
import type { PersonalTable } from '../../src/people/index.ts'
import { enforceRetention } from '../../src/retention.ts'
import { buttonsOf, realKnowledge, startBot, textOf } from '../support/bot.ts'

/** `v:<option>` is a vote; it is kept as a choice, which the database has. */
const voting: Topic = {
  id: 'answers',
  accepts: (_state, input) => input.kind === 'press' && input.token.startsWith('v:'),
  loads: () => [{ kind: 'consents' }],
  handle(state, input, context) {
    if (input.kind === 'outcome')
      return reply(state, { blocks: [{ kind: 'text', text: 'Glasali ste.' }], buttons: [] })
    const token = input.kind === 'press' ? input.token : ''
    if (needsConsent(context, 'participation'))
      return reply(state, consentQuestion(context, state.language, token))
    const choice = { kind: 'topic' as const, value: token }
    return { state, messages: [], effects: [{ kind: 'choose', choice, on: true }] }
  },
}

let bot: Awaited<ReturnType<typeof startBot>>
beforeEach(async () => {
  bot = await startBot({ knowledge: { ...(await realKnowledge()), topics: [voting, ...topics] } })
})
afterEach(() => bot.stop())

const press = (token: string, address = 'a') => bot.tell(address, { kind: 'press', token })
const say = (text: string, address = 'a') => bot.tell(address, { kind: 'text', text })
const labelsOf = (said: Awaited<ReturnType<typeof press>>) => buttonsOf(said).map(({ label }) => label)
const votes = async () => {
  const rows = await bot.database.sql<{ value: string }>`SELECT value FROM person_choice ORDER BY value`
  return rows.map(({ value }) => value)
}
const consents = () => bot.database.sql`
  SELECT purpose, version, withdrawn_at IS NOT NULL AS withdrawn FROM consent ORDER BY id`

describe('taking part for the first time', () => {
  it('asks what may be kept, for how long and how it goes away, before anything is kept', async () => {
    const asked = await press('v:yes')
    expect(textOf(asked)).toContain(`${RETENTION_DAYS.participation} dana`)
    expect(textOf(asked)).toContain('/obrisi')
    expect(textOf(asked)).toContain('/moji_podaci')
    expect(buttonsOf(asked)).toEqual([
      { label: 'Imam 15 ili više godina i pristajem', token: 'ok:v:yes' },
      { label: 'Imam manje od 15 godina', token: 'consent:no' },
      { label: 'Ne', token: 'consent:no' },
    ])
    expect([await votes(), await consents()]).toEqual([[], []])
  })

  it('notes the consent of whoever agrees and carries out at once what they came for', async () => {
    await press('v:yes')
    expect(textOf(await press('ok:v:yes'))).toMatch(/^Glasali ste\./)
    expect(await votes()).toEqual(['v:yes'])
    expect(await consents()).toEqual([
      { purpose: 'participation', version: expect.stringMatching(/^\d{4}-\d{2}$/), withdrawn: false },
    ])
  })

  it('can be agreed to by the number or the words of the button', async () => {
    await press('v:yes')
    expect(textOf(await say('1'))).toContain('Glasali ste.')
    await press('v:no', 'b')
    expect(textOf(await say('imam 15 ili vise godina i pristajem', 'b'))).toContain('Glasali ste.')
  })

  it('asks once: the next vote needs no question, in a linked chat neither', async () => {
    await press('ok:v:yes')
    expect(textOf(await press('v:no'))).toBe('Glasali ste.')
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(textOf(await say('/povezi')))?.[0]
    await say(`/povezi ${code}`, 'b')
    expect(textOf(await press('v:maybe', 'b'))).toBe('Glasali ste.')
    expect(await consents()).toHaveLength(1)
  })

  it('is not agreed to by a subscription, nor the other way round', async () => {
    await say('/prijava')
    expect(buttonsOf(await press('v:yes'))).toHaveLength(3)
    await press('ok:v:yes', 'b')
    expect(textOf(await say('/odjava', 'b'))).toContain('Niste prijavljeni')
    expect(textOf(await press('v:no', 'b'))).toBe('Glasali ste.')
  })

  it.each(['2', '3', 'Imam manje od 15 godina', 'Ne'])(
    'keeps nothing for the answer %s, says what is possible, and asks again next time',
    async answer => {
      await press('v:yes')
      const said = await say(answer)
      for (const words of ['Ništa nije zapamćeno', 'da pitate', 'klipove', 'može da učestvuje roditelj'])
        expect(textOf(said)).toContain(words)
      expect(labelsOf(said)).toEqual(['Meni'])
      expect([await votes(), await consents()]).toEqual([[], []])
      expect(buttonsOf(await press('v:yes'))).toHaveLength(3)
    },
  )

  it('does not let anybody see from the chat who said to be younger than 15', async () => {
    for (const [address, answer] of [
      ['a', 'Imam manje od 15 godina'],
      ['b', 'Ne'],
    ] as const) {
      await press('v:yes', address)
      await say(answer, address)
    }
    const kept = await bot.database.sql<{ kept: string }>`
      SELECT a.state::text || string_agg(o.message::text, '' ORDER BY o.id) AS kept
      FROM address a JOIN outbox o ON o.address_id = a.id GROUP BY a.id`
    const [young, no] = kept.map(row => row.kept.replaceAll(/"from": \d+/g, ''))
    expect(young).toBe(no)
  })

  it.each(['ok', 'ok:', 'ok:ok:v:yes', 'ok:consent:no', 'consent:', 'consent'])(
    'answers a button that no message has: %s',
    async token => {
      expect(textOf(await press(token))).toContain('Ovo dugme više ne važi')
      expect([await votes(), await consents()]).toEqual([[], []])
    },
  )

  it('is asked in the person’s language and script, with tokens every channel carries', async () => {
    const context = { ...(await realKnowledge()), now: 0, data: {} }
    for (const language of LANGUAGES) {
      const { blocks, buttons } = consentQuestion(context, language, 'x'.repeat(WISHED_TOKEN_MAX))
      expect(blocks[0]?.text).toContain(String(RETENTION_DAYS.participation))
      expect(blocks[0]?.text).toContain('15')
      for (const button of buttons) expect('token' in button && button.token.length <= TOKEN_MAX).toBe(true)
    }
    await say('/jezik ћирилица')
    expect(labelsOf(await press('v:yes'))[0]).toBe('Имам 15 или више година и пристајем')
  })
})

describe('taking the consent back', () => {
  it('is offered with one’s data and with help, to those who gave it', async () => {
    for (const command of ['/moji_podaci', '/pomoc'])
      expect(labelsOf(await say(command))).not.toContain('Povuci pristanak za učešće')
    await press('ok:v:yes')
    for (const command of ['/moji_podaci', '/pomoc'])
      expect(buttonsOf(await say(command))).toContainEqual({
        label: 'Povuci pristanak za učešće',
        token: 'consent:back',
      })
  })

  it('says what stays and what no longer happens, leaves announcements alone, and is asked anew', async () => {
    await say('/prijava')
    await press('ok:v:yes')
    const said = textOf(await press('consent:back'))
    for (const part of ['glasovi se i dalje broje', 'jednu po jednu', '/obrisi']) expect(said).toContain(part)
    expect(await votes()).toEqual(['v:yes'])
    expect(await consents()).toMatchObject([
      { purpose: 'announcements', withdrawn: false },
      { purpose: 'participation', withdrawn: true },
    ])
    expect(buttonsOf(await press('v:no'))).toHaveLength(3)
    await press('ok:v:no')
    expect(await votes()).toEqual(['v:no', 'v:yes'])
  })

  it('has nothing to take back twice', async () => {
    expect(textOf(await press('consent:back'))).toContain('niste dali ili je već povučen')
  })
})

describe('needsConsent', () => {
  it('holds unless the topic loaded that the person agreed', () => {
    const needs = (data: Data) => needsConsent({ data } as Context, 'participation')
    expect(needs({})).toBe(true)
    expect(needs({ consents: [] })).toBe(true)
    expect(needs({ consents: ['announcements'] })).toBe(true)
    expect(needs({ consents: ['announcements', 'participation'] })).toBe(false)
  })
})

describe('the promised time', () => {
  it('ends by what each table of participation does every night', async () => {
    const moments: Date[] = []
    const expire: PersonalTable['expire'] = async (_sql, before) => void moments.push(before)
    const [table] = personalTables
    if (!table) throw new Error('no table')
    await enforceRetention(bot.database.sql, RETENTION_DAYS, [table, { ...table, expire }])
    const days = (Date.now() - (moments[0]?.getTime() ?? 0)) / 86_400_000
    expect(days).toBeCloseTo(RETENTION_DAYS.participation, 2)
  })
})
