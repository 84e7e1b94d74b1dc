// The numbers of a closed poll: the same everywhere, nowhere before, and told once to those who voted.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../src/core/model/settings.ts'
import { noteOutcome } from '../../../src/features/polls/deeds.ts'
import { type Teller, tellWhatIsDue } from '../../../src/features/polls/jobs.ts'
import { resultsOf } from '../../../src/features/polls/results.ts'
import { findPoll } from '../../../src/features/polls/store.ts'
import { buttonsOf, PUBLIC_URL, realKnowledge, startBot, textOf } from '../../support/bot.ts'
import { closePoll, crowd, openPoll } from '../../support/polls.ts'

/** Ten in the morning in Novi Pazar. */
const MORNING = Date.parse('2026-12-01T09:00:00Z')
const NIGHT = Date.parse('2026-12-01T23:00:00Z')

let bot: Awaited<ReturnType<typeof startBot>>
let teller: Teller
beforeEach(async () => {
  bot = await startBot()
  const knowledge = await realKnowledge()
  teller = {
    database: bot.database,
    knowledge: () => knowledge,
    settings: () => DEFAULT_SETTINGS,
    publicUrl: PUBLIC_URL,
  }
})
afterEach(() => bot.stop())

const press = (token: string, address = 'a') => bot.tell(address, { kind: 'press', token })
const single = () =>
  openPoll(bot.database, [
    { kind: 'single', text: { sr: 'Šta prvo?', en: 'What first?' }, labels: ['Rasveta', 'Trotoar', 'Park'] },
  ])
const outbox = () =>
  bot.database.sql<{ lane: string; message: { blocks: { kind: string; text: string; alt?: string }[] } }>`
    SELECT lane, message FROM outbox WHERE lane = 'bulk' ORDER BY id`
async function read(id: number) {
  const poll = await findPoll(bot.database.sql, id)
  if (!poll) throw new Error('no poll')
  return resultsOf(bot.database.sql, poll)
}

describe('results', () => {
  it('are refused by the program itself while the poll is open', async () => {
    await expect(read(await single())).rejects.toThrow('not closed')
  })

  it('count people by option, channel and community, with small groups hidden', async () => {
    const id = await single()
    await crowd(bot.database, id, [
      { options: ['1'], count: 30, channel: 'telegram', community: 'mz-01' },
      { options: ['2'], count: 25, channel: 'viber', community: 'mz-01' },
      { options: ['1'], count: 20, channel: 'viber' },
      { options: ['2'], count: 12, channel: 'web' },
      { options: ['3'], count: 4, channel: 'web', community: 'other' },
    ])
    await closePoll(bot.database, id)
    const [question] = (await read(id)).questions
    expect(question?.whole).toEqual({
      n: 91,
      options: { '1': 50, '2': null, '3': null },
      channels: { telegram: 30, viber: 45, botframework: 0, web: 16 },
      communities: [
        { id: 'mz-01', n: 55, options: { '1': 30, '2': null, '3': null } },
        { id: null, n: 36, options: { '1': null, '2': null, '3': null } },
      ],
    })
  })

  it('stay what they are when voters are erased, linked or too long ago', async () => {
    const id = await single()
    await crowd(bot.database, id, [
      { options: ['1'], count: 30 },
      { options: ['2'], count: 25, channel: 'viber' },
    ])
    await press(`ok:p:${id}:1`, 'a')
    await press(`ok:p:${id}:2`, 'b')
    await closePoll(bot.database, id)
    const before = await read(id)
    await press('erase:yes', 'a')
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(
      textOf(await bot.tell('b', { kind: 'text', text: '/povezi' })),
    )?.[0]
    await press(`ok:p:${id}`, 'c')
    await bot.tell('c', { kind: 'text', text: `/povezi ${code}` })
    expect(await read(id)).toEqual(before)
  })
})

describe('telling', () => {
  it('sends the result once to each who voted, with the chart and its words, and to nobody else', async () => {
    const id = await single()
    await press(`ok:p:${id}:1`, 'a')
    await press('ok:m:menu', 'b')
    await crowd(bot.database, id, [
      { options: ['1'], count: 24 },
      { options: ['2'], count: 15 },
    ])
    expect(await tellWhatIsDue(teller, MORNING)).toBe(0)
    await closePoll(bot.database, id)
    expect(await tellWhatIsDue(teller, NIGHT)).toBe(0)
    const [first, second] = await Promise.all([
      tellWhatIsDue(teller, MORNING),
      tellWhatIsDue(teller, MORNING),
    ])
    expect((first ?? 0) + (second ?? 0)).toBe(40)
    expect(await tellWhatIsDue(teller, MORNING)).toBe(0)
    const sent = await outbox()
    expect(sent).toHaveLength(40)
    const [text, image] = sent[0]?.message.blocks ?? []
    expect(text?.text).toContain('Rezultat: Šta prvo?')
    expect(text?.text).toContain('Odgovorilo je 40 osoba.')
    expect(image?.kind).toBe('image')
    expect(image?.alt).toContain('Rasveta: 25 (62,5%)')
    expect(await bot.database.sql`SELECT language FROM poll_picture ORDER BY language`).toHaveLength(4)
  })

  it('has no button whose number could be typed by mistake', async () => {
    const id = await single()
    await press(`ok:p:${id}:1`)
    await closePoll(bot.database, id)
    await tellWhatIsDue(teller, MORNING)
    const [row] = await bot.database.sql<{
      message: { buttons: object[] }
    }>`SELECT message FROM outbox WHERE lane = 'bulk'`
    expect(row?.message.buttons).toEqual([{ label: 'Ceo rezultat', href: `${PUBLIC_URL}/results/${id}` }])
  })

  it('goes to the chat they voted from, in its language and script, and not to those who took their consent back', async () => {
    const id = await single()
    await press('lang:sr-Cyrl', 'a')
    await press(`ok:p:${id}:1`, 'a')
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(
      textOf(await bot.tell('a', { kind: 'text', text: '/povezi' })),
    )?.[0]
    await bot.tell('b', { kind: 'text', text: `/povezi ${code}` })
    await bot.database.sql`UPDATE address SET channel = 'viber' WHERE external_id = 'a'`
    await bot.database.sql`UPDATE vote SET channel = 'viber'`
    await press(`ok:p:${id}:2`, 'c')
    await press('consent:back', 'c')
    await closePoll(bot.database, id)
    expect(await tellWhatIsDue(teller, MORNING)).toBe(1)
    const [row] = await bot.database.sql<{ channel: string; message: { blocks: { text: string }[] } }>`
      SELECT a.channel, o.message FROM outbox o JOIN address a ON a.id = o.address_id WHERE lane = 'bulk'`
    expect(row?.channel).toBe('viber')
    expect(row?.message.blocks[0]?.text).toContain('Резултат: Шта прво?')
  })

  it('says later what the city did, once', async () => {
    const id = await single()
    await press(`ok:p:${id}:1`)
    await closePoll(bot.database, id)
    await tellWhatIsDue(teller, MORNING)
    const by = { database: bot.database, actor: 'urednik@grad.example', now: new Date(MORNING) }
    await noteOutcome(by, id, { sr: 'Rasveta je zamenjena u četiri ulice.' })
    expect(await tellWhatIsDue(teller, MORNING)).toBe(1)
    await noteOutcome(by, id, { sr: 'Rasveta je zamenjena u pet ulica.' })
    expect(await tellWhatIsDue(teller, MORNING)).toBe(0)
    const texts = (await outbox()).map(({ message }) => message.blocks.map(({ text }) => text).join('\n'))
    expect(texts[1]).toContain('Šta je grad učinio: Šta prvo?\nRasveta je zamenjena u četiri ulice.')
    expect(textOf(await press(`p:${id}`))).toContain('Rasveta je zamenjena u pet ulica.')
  })

  it('can be done by somebody else, who is handed everything needed', async () => {
    const id = await single()
    await press(`ok:p:${id}:1`)
    await closePoll(bot.database, id)
    const handed: string[] = []
    const tell: Teller['tell'] = async (_sql, { pollId }, said) => {
      handed.push(`${pollId} ${Object.keys(said)}`)
      return 7
    }
    expect(await tellWhatIsDue({ ...teller, tell }, MORNING)).toBe(7)
    expect(handed).toEqual([`${id} sr,sr-Cyrl,bs,en`])
    expect(await outbox()).toEqual([])
  })
})

it('a result in the chat shows the numbers that pages show', async () => {
  const id = await single()
  await crowd(bot.database, id, [
    { options: ['1'], count: 24 },
    { options: ['2'], count: 16 },
  ])
  await closePoll(bot.database, id)
  const said = await press(`p:${id}`)
  for (const words of ['Odgovorilo je 40 osoba.', 'Rasveta: 24 (60%)', 'Trotoar: 16 (40%)', 'Park: 0 (0%)'])
    expect(textOf(said)).toContain(words)
  expect(buttonsOf(said)).toContainEqual({ label: 'Ceo rezultat', href: `${PUBLIC_URL}/results/${id}` })
})
