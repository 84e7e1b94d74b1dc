// The clips in the console, from real counts.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Knowledge } from '../../src/core/step.ts'
import { showingOf } from '../../src/features/clips/catalog.ts'
import { clipStaffPages } from '../../src/features/clips/index.ts'
import { ownVideos } from '../../src/features/clips/own-videos.ts'
import { html } from '../../src/platform/html/html.ts'
import { type Answer, EVERYONE, type Visit } from '../../src/staff/index.ts'
import { CONTENT_DIR, PUBLIC_URL } from '../support/bot.ts'
import { aClip } from '../support/clips.ts'
import { testDatabase } from '../support/database.ts'
import { echoKnowledge } from '../support/echo.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let knowledge: Knowledge
beforeAll(async () => {
  database = await testDatabase()
  const known = echoKnowledge()
  const clips = [aClip('prvi', 1), aClip('star', 2, undefined, { reviewBy: '2020-01-01' })]
  knowledge = { ...known, content: { ...known.content, clips } }
  await database.sql`
    INSERT INTO clip_count (day, clip_id, channel, kind)
    SELECT '2026-11-25', 'prvi', 'web', kind
    FROM unnest(ARRAY['offered', 'offered', 'offered', 'answered', 'answered', 'correct']) AS kind`
})
afterAll(() => database.drop())

const pages = () => clipStaffPages({ database, knowledge: () => knowledge, publicUrl: PUBLIC_URL })

async function open(
  path: string,
  params: Record<string, string> = {},
  more: Partial<Visit> = {},
): Promise<Answer> {
  const page = pages().find(page => page.path === `/console/clips${path}`)
  const visit: Visit = {
    account: { id: '1', email: 'a@grad.example', role: 'monitor', language: 'sr-Latn' },
    sessionHash: '',
    t: knowledge.sentences('sr'),
    language: 'sr-Latn',
    timeZone: 'Europe/Belgrade',
    contentLanguage: 'sr',
    inScript: text => text,
    inCyrillic: text => text,
    sections: [],
    params,
    query: {},
    form: {},
    all: () => [],
    uploads: [],
    csrf: html``,
    now: new Date('2026-11-25T12:00:00Z'),
    isPart: false,
    ...more,
  }
  if (!page) throw new Error(`no page ${path}`)
  return page.handle(visit)
}

const bodyOf = (answer: Answer) => (answer.kind === 'page' ? String(answer.body) : '')

it('everybody in the console may see them, as nothing is personal; editors may change them', () => {
  for (const { method, roles } of pages())
    expect(roles, method).toEqual(method === 'GET' ? EVERYONE : ['editor'])
})

it('the list says in their order what people did with each, and which is not shown', async () => {
  const body = bodyOf(await open(''))
  const [first = '', second = ''] = body.split('<tbody>')[1]?.split('</tr>') ?? []
  expect(first).toContain('Naslov prvi sr')
  expect(first.match(/class="number">[^<]*/g)?.map(cell => cell.split('>')[1])).toEqual([
    '3',
    '0',
    '2',
    '50%',
  ])
  expect(second).toContain('badge warn')
})

it('the chart shows the same numbers', async () => {
  const chart = await open('/chart.svg')
  expect(chart).toMatchObject({ kind: 'file', mime: 'image/svg+xml' })
  expect(chart.kind === 'file' && String(chart.bytes)).toContain('2 (console.clips.correct: 1)')
})

it('a clip shows its question with the right answer, its files and a preview', async () => {
  const body = bodyOf(await open('/:id', { id: 'prvi' }))
  expect(body).toMatch(/drugo <span class="badge good">/)
  expect(body).toContain('7,5 MB')
  expect(body).toContain('/media/clip-prvi-video/sr-Latn.mp4')
  expect(await open('/:id', { id: 'nema' })).toEqual({ kind: 'missing' })
})

describe('a video of the city’s own', () => {
  const folder = `${CONTENT_DIR}/clips/foi`
  const good: Record<'video' | 'captions' | 'still', Buffer> = {
    video: readFileSync(`${folder}/sr-Latn.mp4`),
    captions: readFileSync(`${folder}/sr-Latn.vtt`),
    still: readFileSync(`${folder}/sr-Latn.jpg`),
  }
  const editor = { id: '1', email: 'a@grad.example', role: 'editor', language: 'sr-Latn' } as const
  const send = (files: Partial<typeof good>, variant = 'bs') => {
    const uploads = Object.entries({ ...good, ...files }).map(([field, bytes]) => ({
      field,
      name: field,
      mime: '',
      bytes,
    }))
    const more = { account: editor, form: { variant }, uploads }
    return open('/:id/video', { id: 'prvi' }, more)
  }
  /** A copy whose tracks say that they are as wide as another is high. */
  function lyingDown(): Buffer {
    const copy = Buffer.from(good.video)
    for (let at = copy.indexOf('tkhd'); at >= 0; at = copy.indexOf('tkhd', at + 4)) {
      const end = at - 4 + copy.readUInt32BE(at - 4)
      copy.writeUInt32BE(copy.readUInt32BE(end - 8) ? 1280 << 16 : 0, end - 8)
      copy.writeUInt32BE(copy.readUInt32BE(end - 4) ? 720 << 16 : 0, end - 4)
    }
    return copy
  }

  it.each([
    ['that is cut off', { video: good.video.subarray(0, 500_000) }, ['broken']],
    ['that is something else', { video: Buffer.from('PK not a film') }, ['broken']],
    ['that is missing', { video: Buffer.alloc(0) }, ['broken']],
    ['that is too large', { video: Buffer.concat([good.video, freeBox(8_000_000)]) }, ['large']],
    ['that lies down', { video: lyingDown() }, ['shape']],
    [
      'with captions of another length',
      { captions: Buffer.from('WEBVTT\n\n00:00.000 --> 00:07.000\nx\n') },
      ['captionsEnd'],
    ],
    [
      'with captions that are none',
      { captions: Buffer.from('1\n00:00:01,000 --> 00:00:02,000\n') },
      ['captions'],
    ],
    ['with a still that is none', { still: Buffer.from('%PDF-1.7') }, ['still']],
  ])('%s is refused, and why is said', async (_name, files, problems) => {
    const answer = await send(files)
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    const said = [...bodyOf(answer).matchAll(/console\.clips\.problem\.(\w+)/g)].map(([, problem]) => problem)
    expect(said).toEqual(problems)
    expect(await ownVideos(database.sql)).toEqual({})
  })

  it('is shown in place of the rendered one until it is removed, and leaves nothing behind', async () => {
    expect(await send({})).toMatchObject({ kind: 'redirect', done: 'console.clips.done.video' })
    // Sent again, it takes the place of the one before.
    await send({})
    const own = await ownVideos(database.sql)
    const showing = showingOf(aClip('prvi', 1), 'bs', own)
    expect(showing).toMatchObject({ video: { bytes: good.video.length } })
    expect(Math.abs((showing?.seconds ?? 0) - 62.8)).toBeLessThan(0.2)
    expect(showingOf(aClip('prvi', 1), 'sr-Cyrl', own)?.video.mediaId).toBe('clip-prvi-video')
    const media = () => database.sql<{ mime: string }>`SELECT mime FROM media ORDER BY mime`
    expect((await media()).map(({ mime }) => mime)).toEqual(['image/jpeg', 'text/vtt', 'video/mp4'])
    expect(bodyOf(await open('/:id', { id: 'prvi' }, { account: editor }))).toContain(
      '/console/clips/prvi/video/remove',
    )
    const remove = () =>
      open('/:id/video/remove', { id: 'prvi' }, { account: editor, form: { variant: 'bs' } })
    expect(await remove()).toMatchObject({ kind: 'redirect', done: 'console.clips.done.removed' })
    expect(await remove()).toEqual({ kind: 'missing' })
    expect(await media()).toEqual([])
    const audit = await database.sql<{ action: string }>`SELECT action FROM audit ORDER BY id`
    expect(audit.map(({ action }) => action)).toEqual(['clips.video', 'clips.video', 'clips.video-remove'])
  })
})

/** A box of an mp4 that players skip. */
function freeBox(size: number): Buffer {
  const box = Buffer.alloc(size)
  box.writeUInt32BE(size, 0)
  box.write('free', 4, 'latin1')
  return box
}
