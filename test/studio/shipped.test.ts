// The clips that come along: every file is read, none is rendered.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Loaded, loadContent } from '../../src/content/load.ts'
import type { Clip, ClipEdition, ClipFile } from '../../src/core/model/content.ts'
import { problemsOf, readMp4 } from '../../src/studio/mp4.ts'
import { CONTENT_DIR } from '../support/bot.ts'

let loaded: Loaded
beforeAll(async () => {
  loaded = await loadContent(CONTENT_DIR)
})

const pathOf = ({ file }: ClipFile) => path.join(CONTENT_DIR, 'clips', file)
const editions = (): { clip: Clip; variant: string; edition: ClipEdition }[] =>
  loaded.content.clips.flatMap(clip =>
    Object.entries(clip.editions).map(([variant, edition]) => ({ clip, variant, edition })),
  )
const filesOf = ({ video, captions, thumbnail, transcript, stills }: ClipEdition): ClipFile[] =>
  [video, captions, thumbnail, transcript, ...stills].filter(file => file !== undefined)
const seconds = (stamp: string) => stamp.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)

it('there are seven, in three spoken editions and an English text', () => {
  expect(loaded.content.clips.map(({ id, order }) => `${order} ${id}`)).toEqual([
    '1 city-decides',
    '2 who-is-who',
    '3 foi',
    '4 five-ways',
    '5 my-mz',
    '6 budget',
    '7 pupils',
  ])
  for (const { editions } of loaded.content.clips) {
    expect(Object.keys(editions)).toEqual(['sr-Latn', 'sr-Cyrl', 'bs', 'en'])
    expect(editions.en?.video).toBeUndefined()
  }
})

it('they are rendered from the storyboards that stand beside them', () => {
  expect(loaded.issues.filter(({ file }) => file.includes('clips'))).toEqual([])
})

it('each tells its story in six scenes or more, four of them diagrams, and asks one question', () => {
  const scenery = ['street', 'talk', 'phone']
  for (const { id, scenes, question } of loaded.storyboards) {
    expect(scenes.length, id).toBeGreaterThanOrEqual(6)
    const diagrams = scenes.filter(({ picture }) => !scenery.includes(picture.kind))
    expect(diagrams.length, id).toBeGreaterThanOrEqual(4)
    expect(question.sr.options, id).toHaveLength(3)
  }
})

describe('every video', () => {
  it('is upright H.264 with AAC sound that plays while it loads, 40 to 90 seconds, at most 8 MB', async () => {
    for (const { clip, variant, edition } of editions()) {
      if (!edition.video) continue
      const mp4 = await readMp4(pathOf(edition.video))
      const name = `${clip.id} ${variant}`
      expect(problemsOf(mp4), name).toEqual([])
      expect([mp4.width, mp4.height], name).toEqual([720, 1280])
      expect(Math.abs(mp4.seconds - edition.seconds), name).toBeLessThan(0.1)
      expect(mp4.seconds, name).toBeGreaterThanOrEqual(40)
      expect(mp4.seconds, name).toBeLessThanOrEqual(90)
      expect(edition.video.bytes, name).toBeLessThanOrEqual(8_000_000)
    }
  })

  it('has captions that end with it, in order and without gaps in time', () => {
    for (const { clip, variant, edition } of editions()) {
      const video = edition.video ? edition : clip.editions['sr-Latn']
      const text = readFileSync(pathOf(edition.captions as ClipFile), 'utf8')
      const cues = [...text.matchAll(/^(\S+) --> (\S+)$/gm)].map(([, from = '', to = '']) => [
        seconds(from),
        seconds(to),
      ])
      const name = `${clip.id} ${variant}`
      expect(text, name).toMatch(/^WEBVTT\n\n/)
      expect(Math.abs((cues.at(-1)?.[1] ?? 0) - (video?.seconds ?? 0)), name).toBeLessThanOrEqual(0.5)
      for (const [index, [from = 0, to = 0]] of cues.entries()) {
        expect(from, name).toBeLessThan(to)
        expect(from, name).toBeGreaterThanOrEqual(cues[index - 1]?.[1] ?? 0)
      }
    }
  })

  it('has a still that every chat takes, and a transcript', async () => {
    for (const { edition } of editions()) {
      expect(edition.transcript.bytes).toBeGreaterThan(500)
      if (!edition.thumbnail) continue
      const { width = 0, height = 0, format } = await sharp(pathOf(edition.thumbnail)).metadata()
      expect([format, Math.max(width, height) <= 320]).toEqual(['jpeg', true])
      expect(edition.thumbnail.bytes).toBeLessThanOrEqual(100_000)
    }
  })
})

it('every file is the one that was made, and all together have at most 60 MB', () => {
  let sum = 0
  for (const { edition } of editions()) {
    for (const file of filesOf(edition)) {
      const bytes = readFileSync(pathOf(file))
      const hash = createHash('sha256').update(bytes).digest('hex')
      expect(file.mediaId, file.file).toContain(hash.slice(0, 12))
      sum += bytes.length
    }
  }
  expect(sum).toBeLessThanOrEqual(60_000_000)
})

it('what is no mp4 is refused, as is one that some chat would not play', async () => {
  const { storyboards } = loaded
  const text = path.join(CONTENT_DIR, 'clips', storyboards[0]?.id ?? '', 'storyboard.yaml')
  await expect(readMp4(text)).rejects.toThrow()
  const poor = { seconds: 200, width: 1280, height: 720, codecs: ['hvc1'], fastStart: false }
  expect(problemsOf(poor)).toEqual(['codec', 'sound', 'shape', 'long', 'index'])
})
