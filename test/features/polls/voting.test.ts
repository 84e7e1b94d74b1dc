// Quick polls in a chat, from the list to the vote that is taken back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TOKEN_MAX } from '../../../src/core/model/message.ts'
import { WISHED_TOKEN_MAX } from '../../../src/features/consent/index.ts'
import { pollToken, wishOf } from '../../../src/features/polls/tokens.ts'
import { startBot, textOf } from '../../support/bot.ts'
import { choicesIn, closePoll, draftPoll, keptVotes, openPoll } from '../../support/polls.ts'

let bot: Awaited<ReturnType<typeof startBot>>
beforeEach(async () => {
  bot = await startBot()
})
afterEach(() => bot.stop())

const say = (text: string, address = 'a') => bot.tell(address, { kind: 'text', text })
const press = (token: string, address = 'a') => bot.tell(address, { kind: 'press', token })
const labels = (said: Awaited<ReturnType<typeof say>>) => choicesIn(said).map(({ label }) => label)
const single = () => openPoll(bot.database, [{ kind: 'single', labels: ['Rasveta', 'Trotoar', 'Park'] }])
const link = async (from: string, to: string) => {
  const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(textOf(await say('/povezi', from)))?.[0]
  await say(`/povezi ${code}`, to)
}

describe('the list', () => {
  it.each([
    ['/ankete', 'Trenutno nema otvorenih anketa.'],
    ['/анкете', 'Тренутно нема отворених анкета.'],
    ['/ankete@KomsijaBot', 'Trenutno nema'],
    ['/polls', 'Trenutno nema'],
  ])('answers %s', async (command, words) => {
    expect(textOf(await say(command))).toContain(words)
  })

  it('names what is open, marks what is done, and offers results of what ended', async () => {
    const id = await single()
    const other = await openPoll(bot.database, [
      { kind: 'yesno', text: { sr: 'Da li ste za pešačku zonu?' } },
    ])
    await draftPoll(bot.database, [{ kind: 'text', text: { sr: 'Nacrt' } }])
    await press(`ok:p:${id}:2`)
    expect(labels(await say('/ankete')).slice(0, 2)).toEqual([
      '✓ Šta da se prvo uredi?',
      'Da li ste za pešačku zonu?',
    ])
    await closePoll(bot.database, other)
    const said = labels(await say('/ankete'))
    expect(said).toContain('Rezultat: Da li ste za pešačku zonu?')
    expect(said).not.toContain('Nacrt')
  })
})

describe('voting', () => {
  it('says before the first vote who sees it, for how long, that one person has one voice, and until when', async () => {
    const closesAt = new Date(Date.now() + 86_400_000)
    const id = await openPoll(bot.database, [{ kind: 'single', labels: ['a', 'b'] }], { closesAt })
    const text = textOf(await press(`p:${id}`))
    for (const words of [
      'ne vidi niko od zaposlenih',
      '730 dana',
      'Jedna osoba ima jedan glas',
      'Otvoreno do',
    ])
      expect(text).toContain(words)
  })

  it('asks for consent in the same message, and whoever agrees has voted', async () => {
    const id = await single()
    const asked = await press(`p:${id}:2`)
    expect(asked).toHaveLength(1)
    expect(textOf(asked)).toContain('Jedna osoba ima jedan glas')
    expect(textOf(asked)).toContain('Da čuvam?')
    expect(await keptVotes(bot.database, id)).toEqual([])
    const voted = await press(`ok:p:${id}:2`)
    expect(textOf(voted)).toContain('Vaš glas je zabeležen: Trotoar')
    expect(labels(voted)).toEqual(['Promeni', 'Povuci moj glas', 'Sve ankete'])
    expect(await keptVotes(bot.database, id)).toEqual([
      { options: ['2'], text: null, channel: 'web', tied: true },
    ])
  })

  it('is changed by another vote, and taken back by one press', async () => {
    const id = await single()
    await press(`ok:p:${id}:2`)
    expect(labels(await press(`p:${id}`))).toContain('✓ Trotoar')
    expect(textOf(await press(`p:${id}:3`))).toContain('zabeležen: Park')
    expect(await keptVotes(bot.database, id)).toHaveLength(1)
    expect(textOf(await press(`p:${id}:x`))).toContain('povučen')
    expect(await keptVotes(bot.database, id)).toEqual([])
    expect(textOf(await press(`p:${id}:x`))).toContain('nemate zabeležen glas')
  })

  it('takes a typed number or the words of an option', async () => {
    const id = await single()
    await press('ok:m:menu')
    await press(`p:${id}`)
    expect(textOf(await say('2'))).toContain('zabeležen: Trotoar')
    await press(`p:${id}`)
    expect(textOf(await say('парк'))).toContain('забележен: Парк')
  })

  it('on a scale is a number from one to five', async () => {
    const id = await openPoll(bot.database, [{ kind: 'scale' }])
    await press('ok:m:menu')
    const shown = await press(`p:${id}`)
    expect(labels(shown).slice(0, 5)).toEqual(['1', '2', '3', '4', '5'])
    expect(textOf(shown)).toContain('1 je najmanje, 5 najviše')
    expect(textOf(await say('4'))).toContain('zabeležen: 4')
  })

  it('for several adds what is pressed, gives up what is ticked, and never takes more than allowed', async () => {
    const id = await openPoll(bot.database, [{ kind: 'multiple', labels: ['A', 'B', 'C', 'D'], max: 2 }])
    await press(`ok:p:${id}:1`)
    // Pressed twice in the first message, it is still chosen once.
    await press(`p:${id}:1`)
    const both = await press(`p:${id}:3`)
    expect(labels(both).slice(0, 5)).toEqual(['✓ A', 'B', '✓ C', 'D', 'Gotovo'])
    expect(textOf(await press(`p:${id}:4`))).toContain('Izabrali ste već najveći broj')
    const [first] = choicesIn(both)
    expect(first).toMatchObject({ token: `p:${id}:-1` })
    await press(`p:${id}:-1`)
    expect(textOf(await press(`p:${id}:ok`))).toContain('zabeležen: C')
    await press(`p:${id}:-3`)
    expect(await keptVotes(bot.database, id)).toEqual([])
    expect(textOf(await press(`p:${id}:ok`))).toContain('Još niste izabrali')
  })

  it('in words waits for one message, refuses what is too long, and lets commands through', async () => {
    const id = await openPoll(bot.database, [{ kind: 'text', text: { sr: 'Šta vam nedostaje?' } }])
    const asked = await press(`p:${id}`)
    expect(textOf(asked)).toContain('čita urednik')
    expect(textOf(await press(`ok:p:${id}`))).toContain('Napišite odgovor u jednoj poruci')
    expect(textOf(await say('x'.repeat(1001)))).toContain('duži od 1000 znakova')
    expect(textOf(await say('/pomoc'))).toContain('Komande')
    expect(textOf(await say('Klupe u parku, zovite 064 123 4567'))).toContain('zabeležen: „Klupe u parku')
    expect(await keptVotes(bot.database, id)).toMatchObject([{ text: 'Klupe u parku, zovite 064 123 4567' }])
    expect(textOf(await say('ko popravlja uličnu rasvetu'))).toContain('rasvet')
    expect(textOf(await press(`p:${id}`))).toContain('Nova poruka ga zamenjuje')
  })

  it('answers in the person’s language and script; a text that is missing is the Serbian one', async () => {
    const text = { sr: 'Šta prvo?', bs: 'Šta najprije?', en: 'What first?' }
    const id = await openPoll(bot.database, [{ kind: 'yesno', text }])
    await press('lang:bs')
    expect(textOf(await press(`p:${id}`))).toContain('Šta najprije?')
    await press('lang:en')
    expect(textOf(await press(`p:${id}`))).toContain('What first?')
    expect(labels(await press(`p:${id}`)).slice(0, 3)).toEqual(['Yes', 'No', "Don't know"])
    await press('lang:sr-Cyrl')
    expect(labels(await press(`p:${id}`)).slice(0, 3)).toEqual(['Да', 'Не', 'Не знам'])
    const serbian = await single()
    await press('lang:en')
    expect(labels(await press(`p:${serbian}`))[0]).toBe('Rasveta')
  })

  it('opens by a link', async () => {
    const id = await single()
    expect(labels(await bot.tell('b', { kind: 'start', payload: `p-${id}` })).slice(0, 3)).toEqual([
      'Rasveta',
      'Trotoar',
      'Park',
    ])
    expect(textOf(await bot.tell('b', { kind: 'start', payload: 'p-999' }))).toContain('Te ankete nema')
  })

  it('notes the channel and the local community of that moment', async () => {
    const id = await single()
    await press('ch:c:mz-01')
    await press(`ok:p:${id}:1`)
    await press('ch:c:other')
    const [vote] = await bot.database.sql`SELECT channel, community FROM vote`
    expect(vote).toEqual({ channel: 'web', community: 'mz-01' })
  })

  it('stops when the consent is taken back, while the vote that was given can still be withdrawn', async () => {
    const id = await single()
    await press(`ok:p:${id}:1`)
    await press('consent:back')
    expect(textOf(await press(`p:${id}:2`))).toContain('Da čuvam?')
    expect(await keptVotes(bot.database, id)).toMatchObject([{ options: ['1'] }])
    expect(textOf(await press(`p:${id}:x`))).toContain('povučen')
  })
})

describe('one voice', () => {
  it('is what a hundred taps at once on two linked chats are', async () => {
    const id = await single()
    await press('ok:m:menu')
    await link('a', 'b')
    const taps = Array.from({ length: 100 }, (_, tap) => ({
      channel: 'web' as const,
      externalId: `tap ${tap}`,
      address: tap % 2 ? 'a' : 'b',
      event: { kind: 'press' as const, token: `p:${id}:${(tap % 3) + 1}` },
      at: Date.now(),
      group: false,
    }))
    await Promise.all(taps.map(tap => bot.kernel.receive([tap])))
    // Delivered again by the platform, they change nothing.
    await bot.kernel.receive(taps)
    await bot.kernel.idle()
    expect(await keptVotes(bot.database, id)).toHaveLength(1)
  })

  it('is the later vote of two people who turn out to be one', async () => {
    const id = await single()
    await press(`ok:p:${id}:1`, 'a')
    await press(`ok:p:${id}:3`, 'b')
    await link('a', 'b')
    expect(await keptVotes(bot.database, id)).toMatchObject([{ options: ['3'], tied: true }])
    await press(`p:${id}:2`, 'a')
    expect(await keptVotes(bot.database, id)).toMatchObject([{ options: ['2'] }])
  })

  it('stays two where both were counted before they turned out to be one', async () => {
    const id = await single()
    await press(`ok:p:${id}:1`, 'a')
    await press(`ok:p:${id}:3`, 'b')
    await closePoll(bot.database, id)
    await link('a', 'b')
    expect(await keptVotes(bot.database, id)).toMatchObject([
      { options: ['1'], tied: true },
      { options: ['3'], tied: false },
    ])
  })

  it('is not a second one for a chat whose person was erased', async () => {
    const id = await single()
    await press(`ok:p:${id}:1`)
    await press('erase:yes')
    expect(await keptVotes(bot.database, id)).toMatchObject([{ options: ['1'], tied: false }])
    expect(textOf(await press(`p:${id}:2`))).toContain('već glasano')
    expect(textOf(await press(`ok:p:${id}:2`))).toContain('već glasano')
    expect(await keptVotes(bot.database, id)).toHaveLength(1)
    await closePoll(bot.database, id)
    expect(await bot.database.sql`SELECT 1 FROM spent_voice`).toEqual([])
  })

  it('keeps of an erased voter the options and the channel, and no time finer than the day', async () => {
    const id = await single()
    await press(`ok:p:${id}:1`)
    const [before] = await bot.database.sql<{ id: string }>`SELECT id FROM person`
    await press('erase:yes')
    const [row] = await bot.database.sql<Record<string, unknown>>`
      SELECT v.*, extract(epoch FROM v.changed_at)::bigint % 86400 = 0 AS "isDay" FROM vote v`
    expect(row).toMatchObject({ person_id: null, options: ['1'], channel: 'web', text: null, isDay: true })
    expect(JSON.stringify(row)).not.toContain(before?.id)
  })
})

describe('what no message of ours asks for', () => {
  it.each([
    'p:',
    'p:0',
    'p:abc',
    'p:1:2:3',
    'p:1:<b>',
    'p:99999999999',
    'p:1:',
    'p:-1',
    'p:1:averylongoption',
  ])('is refused and keeps nothing: %s', async token => {
    await single()
    await press('ok:m:menu')
    expect(textOf(await press(token))).toContain('Te ankete nema')
    expect(await bot.database.sql`SELECT 1 FROM vote`).toEqual([])
  })

  it.each(['4', 'yes', '-9', 'ok1'])('is refused where the question has no such option: %s', async option => {
    const id = await single()
    await press('ok:m:menu')
    expect(textOf(await press(`p:${id}:${option}`))).toContain('više ne važi')
    expect(await bot.database.sql`SELECT 1 FROM vote`).toEqual([])
  })

  it('a vote in a draft is refused as if there were none', async () => {
    const id = await draftPoll(bot.database, [{ kind: 'single', labels: ['a', 'b'] }])
    await press('ok:m:menu')
    expect(textOf(await press(`p:${id}:1`))).toContain('Te ankete nema')
    expect(await bot.database.sql`SELECT 1 FROM vote`).toEqual([])
  })

  it('tokens fit into the question for consent and say what they mean', () => {
    const longest = pollToken(999_999_999, '-unsure12')
    expect(longest.length).toBeLessThanOrEqual(WISHED_TOKEN_MAX)
    expect(`ok:${longest}`.length).toBeLessThanOrEqual(TOKEN_MAX)
    expect(wishOf('p:12:-yes')).toEqual({ kind: 'choose', pollId: 12, option: 'yes', on: false })
  })
})

describe('a closed poll', () => {
  it('takes, changes and gives back no vote, and shows its result', async () => {
    const id = await single()
    await press(`ok:p:${id}:1`)
    await closePoll(bot.database, id)
    for (const token of [`p:${id}:2`, `p:${id}:x`, `p:${id}:ok`])
      expect(textOf(await press(token))).toContain('Anketa je zatvorena')
    expect(await keptVotes(bot.database, id)).toMatchObject([{ options: ['1'] }])
    const said = textOf(await press(`p:${id}`))
    expect(said).toContain('Rezultat: Šta da se prvo uredi?')
    expect(said).toContain('Rasveta: skriveno')
  })

  it('is closed by the clock, whether or not anybody has noted it', async () => {
    const id = await single()
    await press(`ok:p:${id}:1`)
    await bot.database.sql`UPDATE poll SET closes_at = now() - interval '1 second'`
    await bot.restart()
    expect(textOf(await press(`p:${id}:2`))).toContain('Anketa je zatvorena')
    expect(await keptVotes(bot.database, id)).toMatchObject([{ options: ['1'] }])
    const [row] = await bot.database.sql`SELECT status, promise_by IS NOT NULL AS promised FROM poll`
    expect(row).toEqual({ status: 'closed', promised: true })
    expect(await bot.database.sql`SELECT actor FROM audit WHERE action = 'poll.close'`).toEqual([
      { actor: 'system' },
    ])
  })

  it('that was scheduled opens by the clock as well', async () => {
    const id = await draftPoll(bot.database, [{ kind: 'single', labels: ['a', 'b'] }])
    await bot.database.sql`
      UPDATE poll SET status = 'scheduled', opens_at = now() - interval '1 second' WHERE id = ${id}`
    expect(textOf(await press(`ok:p:${id}:1`))).toContain('zabeležen: a')
  })

  it('counts every vote that was accepted, though it is closed while many vote', async () => {
    const id = await single()
    const voters = Array.from({ length: 40 }, (_, voter) => `voter ${voter}`)
    for (const voter of voters) await press('ok:m:menu', voter)
    const taps = voters.map((address, at) => ({
      channel: 'web' as const,
      externalId: `vote ${address}`,
      address,
      event: { kind: 'press' as const, token: `p:${id}:${(at % 3) + 1}` },
      at: Date.now(),
      group: false,
    }))
    const before = bot.channel.sent.length
    const voting = Promise.all(taps.map(tap => bot.kernel.receive([tap])))
    await Promise.all([voting, closePoll(bot.database, id)])
    const [counted] = await bot.database.sql<{ n: number }>`SELECT count(*)::int AS n FROM vote`
    await bot.kernel.idle()
    const said = bot.channel.sent.slice(before).map(({ message }) => textOf([message]))
    const accepted = said.filter(text => text.includes('Vaš glas je zabeležen')).length
    const [later] = await bot.database.sql<{ n: number }>`SELECT count(*)::int AS n FROM vote`
    expect(later?.n).toBe(accepted)
    expect(accepted + said.filter(text => text.includes('Anketa je zatvorena')).length).toBe(voters.length)
    expect(later?.n).toBe(counted?.n)
  })
})
