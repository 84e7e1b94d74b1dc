// Rendering without ffmpeg: what is drawn, and which clips are drawn again.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Loaded, loadContent } from '../../src/content/load.ts'
import { loadLocales } from '../../src/content/locales.ts'
import { CLIP_VARIANTS } from '../../src/core/model/content.ts'
import { captionBlock, lawBlock } from '../../src/studio/caption.ts'
import { misfitsOf } from '../../src/studio/check.ts'
import { type Edition, editionOf, type House, houseOf } from '../../src/studio/edition.ts'
import { filmOf, svg } from '../../src/studio/film.ts'
import { clipFonts } from '../../src/studio/fonts.ts'
import { SAFE } from '../../src/studio/layout.ts'
import { renderClip } from '../../src/studio/render.ts'
import type { WriteVideo } from '../../src/studio/video.ts'
import { CONTENT_DIR } from '../support/bot.ts'

let loaded: Loaded
let house: House
beforeAll(async () => {
  loaded = await loadContent(CONTENT_DIR)
  house = houseOf(loaded.content, await loadLocales(path.join(CONTENT_DIR, 'locales')))
})

const editions = (): Edition[] =>
  loaded.storyboards.flatMap(storyboard =>
    CLIP_VARIANTS.map(variant => editionOf(storyboard, variant, house)),
  )
const spoken = () => editions().filter(({ variant }) => variant !== 'en')

/** Where ink is. */
function inkOf(content: string): { left: number; top: number; right: number; bottom: number } {
  const font = { fontFiles: clipFonts(), loadSystemFonts: false }
  const box = new Resvg(svg(content), { font }).getBBox()
  if (!box) throw new Error('nothing is drawn')
  return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height }
}

describe('the words of a frame', () => {
  it('fit their places in every edition, and stay long enough to be read', () => {
    expect(editions().flatMap(misfitsOf)).toEqual([])
  })

  it('of captions and laws lie inside of what no player covers', () => {
    for (const { scenes, id, variant } of spoken()) {
      for (const { captions, law } of scenes) {
        for (const content of [...captions.map(captionBlock), ...(law ? [lawBlock(law)] : [])]) {
          const { left, top, right, bottom } = inkOf(content)
          const inside = left >= SAFE.left && right <= SAFE.right && top >= SAFE.top && bottom <= SAFE.bottom
          expect(inside, `${id} ${variant}: ${left} ${top} ${right} ${bottom}`).toBe(true)
        }
      }
    }
  })
})

it('the same moment is always drawn the same', () => {
  const [edition] = spoken()
  if (!edition) throw new Error('there is no clip')
  for (const at of [0, 1.2, 7.04, 20, 41.36]) {
    expect(filmOf(edition).frame(at)).toBe(filmOf(edition).frame(at))
  }
})

describe('one changed sentence', () => {
  let folder: string
  afterEach(() => rmSync(folder, { recursive: true }))

  /** Renders both clips of a copy; resolves to which editions were drawn. */
  async function render(ids: readonly string[]): Promise<string[]> {
    const { storyboards } = await loadContent(folder)
    const drawn: string[] = []
    for (const id of ids) {
      const storyboard = storyboards.find(storyboard => storyboard.id === id)
      if (!storyboard) throw new Error(`no clip ${id}`)
      const own = path.join(folder, 'clips', id)
      const source = readFileSync(path.join(own, 'storyboard.yaml'), 'utf8')
      const write: WriteVideo = async (_film, file) => writeFileSync(file, 'a video')
      await renderClip({ folder: own, storyboard, source, house, write }, ({ variant, result }) => {
        if (result === 'rendered') drawn.push(`${id} ${variant}`)
      })
    }
    return drawn
  }

  it('is drawn again, and nothing else: not other clips, not other languages', {
    timeout: 120_000,
  }, async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'komsija-clips-'))
    cpSync(CONTENT_DIR, folder, { recursive: true })
    const ids = ['city-decides', 'foi']
    expect(await render(ids)).toEqual([])
    const file = path.join(folder, 'clips/city-decides/storyboard.yaml')
    const before = 'U tvojoj ulici ne radi svetlo.'
    const text = readFileSync(file, 'utf8')
    expect(text).toContain(before)
    writeFileSync(file, text.replace(before, 'U tvojoj ulici ne gori svetlo.'))
    expect(await render(ids)).toEqual(['city-decides sr-Latn', 'city-decides sr-Cyrl'])
    expect(await render(ids)).toEqual([])
    const captions = readFileSync(path.join(folder, 'clips/city-decides/sr-Cyrl.vtt'), 'utf8')
    expect(captions).toContain('У твојој улици не гори светло.')
  })
})
