// Clips in the chat: look, answer, go on, one a week.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TOKEN_MAX } from '../../src/core/model/message.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { sendWeeklyClips } from '../../src/features/clips/index.ts'
import { WISHED_TOKEN_MAX } from '../../src/features/consent/index.ts'
import { topics } from '../../src/features/index.ts'
import { buttonsOf, PUBLIC_URL, startBot, textOf } from '../support/bot.ts'
import { aClip } from '../support/clips.ts'
import { echoKnowledge } from '../support/echo.ts'

const CLIPS = [aClip('prvi', 1), aClip('drugi', 2), aClip('id-of-16-letters', 3)]

function knowledgeOf(clips = CLIPS): Knowledge {
  const known = echoKnowledge(topics)
  const city = { ...known.content.city, timeZone: 'Europe/Belgrade' }
  // What is filled in is said, too.
  const sentences = () => (key: string, values?: object) =>
    values ? `${key} ${JSON.stringify(values)}` : key
  return { ...known, sentences, content: { ...known.content, city, clips } }
}

let bot: Awaited<ReturnType<typeof startBot>>
beforeEach(async () => {
  bot = await startBot({ knowledge: knowledgeOf() })
})
afterEach(() => bot.stop())

const say = (text: string, address = 'a') => bot.tell(address, { kind: 'text', text })
const press = (token: string, address = 'a') => bot.tell(address, { kind: 'press', token })
const tokens = (messages: Awaited<ReturnType<typeof say>>) =>
  buttonsOf(messages).flatMap(button => ('token' in button ? [button.token] : []))
const counts = async () => {
  const rows = await bot.database.sql<{ said: string }>`
    SELECT clip_id || ' ' || kind || ' ' || count(*) AS said FROM clip_count GROUP BY clip_id, kind ORDER BY 1`
  return rows.map(({ said }) => said)
}
const kept = async () => {
  const [row] = await bot.database.sql<{ n: number }>`
    SELECT ((SELECT count(*) FROM clip_answer) + (SELECT count(*) FROM clip_series))::int AS n`
  return row?.n
}

describe('clips', () => {
  it('are listed in their order by /klipovi, in any spelling, and by the menu', async () => {
    for (const text of ['/klipovi', '/Клипови', '/clips']) {
      const list = tokens(await say(text))
      expect(list).toEqual(['cl:prvi', 'cl:drugi', 'cl:id-of-16-letters', 'cs'])
    }
    expect(tokens(await say('/meni'))).toContain('cl')
  })

  it('are shown as a video with still, captions, size and length', async () => {
    const [message] = await press('cl:prvi')
    expect(message?.blocks.find(({ kind }) => kind === 'video')).toMatchObject({
      mediaId: 'clip-prvi-video',
      url: `${PUBLIC_URL}/media/clip-prvi-video/sr-Latn.mp4`,
      posterUrl: `${PUBLIC_URL}/media/clip-prvi-thumbnail/sr-Latn.jpg`,
      captionsUrl: `${PUBLIC_URL}/media/clip-prvi-captions/sr-Latn.vtt`,
      seconds: 6,
      bytes: 1_500_000,
    })
    expect(await counts()).toEqual(['prvi offered 1'])
  })

  it('are shown as the city’s own video where there is one', async () => {
    await bot.database.sql`
      INSERT INTO clip_video (clip_id, variant, video_id, captions_id, thumbnail_id, seconds, bytes, uploaded_at)
      VALUES ('prvi', 'sr-Latn', 'v', 'c', 't', 50, 900, now())`
    const [message] = await press('cl:prvi')
    expect(message?.blocks.find(({ kind }) => kind === 'video')).toMatchObject({
      mediaId: 'v',
      seconds: 50,
      bytes: 900,
    })
  })

  it('can be read instead, for little data', async () => {
    const read = await press('ct:prvi')
    expect(read.flatMap(({ blocks }) => blocks.map(({ kind }) => kind))).toEqual([
      'text',
      'image',
      'text',
      'text',
    ])
    expect(textOf(read)).toContain('1. Rečenica prvi.')
    expect(textOf(read)).toContain('Zakon, čl. 1')
  })

  it('open by the link that is shared', async () => {
    const shared = textOf(await press('ck:drugi'))
    const [, payload] = /\/\?start=([\w-]+)/.exec(shared) ?? []
    const opened = await bot.tell('new', { kind: 'start', payload })
    expect(opened[0]?.blocks.find(({ kind }) => kind === 'video')).toMatchObject({
      mediaId: 'clip-drugi-video',
    })
  })

  it('that are overdue for review or not rendered are not shown, and old buttons say so', async () => {
    const overdue = aClip('star', 1, undefined, { reviewBy: '2020-01-01' })
    const raw = aClip('sirov', 2, undefined, { editions: {} })
    const other = await startBot({ knowledge: knowledgeOf([overdue, raw]) })
    expect(tokens(await other.tell('a', { kind: 'text', text: '/klipovi' }))).toEqual(['cs'])
    for (const token of ['cl:star', 'cl:sirov', 'ca:star:1', 'cl:nema', 'ca:prvi:9', 'cs:3'])
      expect(textOf(await other.tell('a', { kind: 'press', token })), token).toContain('welcome.oldButton')
    await other.stop()
  })

  it('have buttons that every channel carries', async () => {
    const seen = [
      ...tokens(await press('cl:id-of-16-letters')),
      ...tokens(await press('cq:id-of-16-letters')),
      ...tokens(await press('ca:id-of-16-letters:3')),
    ]
    for (const token of seen) expect(token.length, token).toBeLessThanOrEqual(TOKEN_MAX)
    expect('cp:id-of-16-letters:3'.length).toBeLessThanOrEqual(WISHED_TOKEN_MAX)
  })
})

describe('the question of a clip', () => {
  it('is answered with why and with what comes next; without consent nothing is kept of it', async () => {
    expect(tokens(await press('cq:prvi'))).toEqual(['ca:prvi:1', 'ca:prvi:2', 'ca:prvi:3'])
    const wrong = await press('ca:prvi:1')
    expect(textOf(wrong)).toContain('clips.wrong jer1')
    expect(textOf(wrong)).toContain('"option":"drugo","reason":"jer2"')
    expect(tokens(wrong)).toContain('cl:drugi')
    expect(textOf(await press('ca:prvi:2'))).toContain('clips.right jer2')
    expect(await kept()).toBe(0)
    expect(await counts()).toEqual(['prvi answered 2', 'prvi correct 1'])
  })

  it('of a clip is remembered once the person agreed, without being counted twice', async () => {
    await press('ca:prvi:2')
    const question = await press('cp:prvi:2')
    expect(tokens(question)).toContain('ok:cp:prvi:2')
    expect(await kept()).toBe(0)
    const agreed = await press('ok:cp:prvi:2')
    expect(textOf(agreed)).toContain('clips.progress {"done":1,"all":3}')
    expect(await counts()).toEqual(['prvi answered 1', 'prvi correct 1'])
  })

  it('leaves no trace of who is younger than fifteen', async () => {
    await press('ca:prvi:2')
    await press('cp:prvi:2')
    await press('consent:no')
    await press('cl:drugi')
    await press('ca:drugi:1')
    expect(await kept()).toBe(0)
  })

  it('counts the first answer only, also when it is pressed again', async () => {
    await press('ok:cp:prvi:1')
    await press('ca:drugi:1')
    await press('ca:drugi:2')
    const rows = await bot.database.sql<{ clip_id: string; correct: boolean }>`
      SELECT clip_id, correct FROM clip_answer ORDER BY clip_id`
    expect(rows).toEqual([
      { clip_id: 'drugi', correct: false },
      { clip_id: 'prvi', correct: false },
    ])
    expect(await counts()).toEqual(['drugi answered 1'])
  })

  it('takes the person through all clips over two linked chats, and back to where they were', async () => {
    await press('ok:cp:prvi:2')
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(textOf(await say('/povezi')))?.[0] ?? ''
    await press('ca:drugi:2', 'b')
    await say(`/povezi ${code}`, 'b')
    const list = tokens(await say('/klipovi', 'b'))
    // The first button leads to what comes next.
    expect(list[0]).toBe('cl:drugi')
    await press('ca:drugi:2', 'b')
    const last = await press('ca:id-of-16-letters:2', 'b')
    expect(textOf(last)).toContain('clips.finished {"all":3}')
    expect(textOf(await say('/klipovi'))).toContain('clips.progress {"done":3,"all":3}')
  })
})

describe('one clip a week', () => {
  /** 18:00 in Belgrade on the first Thursday; summer time ends on 25 October 2026. */
  const FIRST = Date.parse('2026-10-15T16:00:00Z')
  const SECOND = Date.parse('2026-10-22T16:00:00Z')
  const THIRD = Date.parse('2026-10-29T17:00:00Z')
  const HOUR = 3_600_000
  const send = (now: number) => sendWeeklyClips(bot.database.sql, knowledgeOf(), now)
  const queued = async () => {
    const rows = await bot.database.sql<{ title: string }>`
      SELECT block->>'mediaId' AS title FROM outbox, jsonb_array_elements(message->'blocks') block
      WHERE lane = 'bulk' AND block->>'kind' = 'video' ORDER BY outbox.id`
    return rows.map(({ title }) => title)
  }
  async function subscribe(address = 'a'): Promise<void> {
    await press('ok:cs:18', address)
    await bot.database.sql`UPDATE clip_series SET next_on = '2026-10-15'`
  }

  it('is asked for with an hour and a consent, and says when the first one comes', async () => {
    expect(tokens(await press('cs'))).toContain('cs:18')
    expect(tokens(await press('cs:18'))).toContain('ok:cs:18')
    expect(await kept()).toBe(0)
    expect(textOf(await press('ok:cs:18'))).toContain('clips.subscribed {"hour":18')
    expect(await kept()).toBe(1)
  })

  it('comes each week at the same hour of the clock, over a restart and the end of summer time, each clip once', async () => {
    await subscribe()
    expect(await send(FIRST - HOUR)).toBe(0)
    // Several instances at once.
    expect((await Promise.all([send(FIRST), send(FIRST), send(FIRST)])).reduce((a, b) => a + b)).toBe(1)
    expect(await send(FIRST + HOUR)).toBe(0)
    await bot.restart()
    expect(await send(SECOND - HOUR)).toBe(0)
    expect(await send(SECOND)).toBe(1)
    expect(await send(THIRD - HOUR)).toBe(0)
    expect(await send(THIRD)).toBe(1)
    expect(await queued()).toEqual(['clip-prvi-video', 'clip-drugi-video', 'clip-id-of-16-letters-video'])
    // The series is over; the row goes.
    expect(await send(THIRD + 8 * 24 * HOUR)).toBe(0)
    expect(await kept()).toBe(0)
    expect(await counts()).toContain('prvi offered 1')
  })

  it('leaves out clips whose question was answered, and makes up for one missed hour only', async () => {
    await subscribe()
    await press('ca:prvi:2')
    expect(await send(THIRD)).toBe(1)
    expect(await send(THIRD + HOUR)).toBe(0)
    expect(await queued()).toEqual(['clip-drugi-video'])
  })

  it('ends at a press, and rests while the consent is taken back or the chat can’t be reached', async () => {
    await subscribe()
    await press('consent:back')
    expect(await send(FIRST)).toBe(0)
    await press('ok:cs:18')
    await bot.database.sql`UPDATE clip_series SET next_on = '2026-10-15'`
    await bot.database.sql`UPDATE address SET reachable = false`
    expect(await send(FIRST)).toBe(0)
    await bot.database.sql`UPDATE address SET reachable = true`
    expect(textOf(await press('cx'))).toContain('clips.stopped')
    expect(textOf(await press('cx'))).toContain('clips.notSubscribed')
    expect(await send(FIRST)).toBe(0)
  })

  it('belongs to one chat of the person: asked for in another, it moves there', async () => {
    await subscribe()
    await send(FIRST)
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(textOf(await say('/povezi')))?.[0] ?? ''
    await say(`/povezi ${code}`, 'b')
    await press('cs:8', 'b')
    const rows = await bot.database.sql<{ hour: number; sent: string[]; chat: string }>`
      SELECT s.hour, s.sent, a.external_id AS chat FROM clip_series s JOIN address a ON a.id = s.address_id`
    expect(rows).toEqual([{ hour: 8, sent: ['prvi'], chat: 'b' }])
  })
})
