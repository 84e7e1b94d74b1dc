// Makes the files of clips from their storyboards: those whose inputs changed, and no others.
import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  filesOf,
  MANIFEST,
  type Manifest,
  ManifestFile,
  type RenderedEdition,
  type RenderedFile,
} from '../content/clip-manifest.ts'
import { hashOf } from '../content/clips.ts'
import type { Storyboard } from '../content/storyboard.ts'
import { CLIP_VARIANTS, type ClipVariant } from '../core/model/content.ts'
import { type Edition, editionOf, type House, languageOf } from './edition.ts'
import { type Film, filmOf } from './film.ts'
import { FPS, HEIGHT, WIDTH } from './layout.ts'
import { type Mp4, problemsOf, readMp4, VIDEO_BYTES_MAX, type VideoProblem } from './mp4.ts'
import { stillOf, thumbnailOf } from './raster.ts'
import { transcriptOf, vttOf } from './subtitles.ts'
import { ENCODING, type WriteVideo } from './video.ts'

/** A clip to render: its folder, its storyboard, the storyboard's text, and who writes videos. */
export type Commission = {
  folder: string
  storyboard: Storyboard
  source: string
  house: House
  write: WriteVideo
}

/** What was made, by edition; `kept` means that nothing had changed. */
export type Made = { variant: ClipVariant; result: 'rendered' | 'kept'; seconds: number; bytes: number }

/** Renders what changed of a clip and writes its manifest. Files nobody lists any more are removed. */
export async function renderClip(
  commission: Commission,
  onMade: (made: Made) => void = () => {},
): Promise<void> {
  const { folder, storyboard, source, house, write } = commission
  const before = await readManifest(folder)
  const manifest: Manifest = { storyboard: hashOf(source), editions: {} }
  for (const variant of CLIP_VARIANTS) {
    const film = filmOf(editionOf(storyboard, variant, house))
    const order = await orderFor(film, folder, editionOf(storyboard, 'sr-Latn', house))
    const known = before?.editions[variant]
    const kept = known?.inputs === order.inputs && (await isWhole(folder, known))
    const edition = kept ? known : await render(order, write)
    manifest.editions[variant] = edition
    onMade({ variant, result: kept ? 'kept' : 'rendered', seconds: edition.seconds, bytes: bytesOf(edition) })
  }
  await writeFile(path.join(folder, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`)
  await removeStrays(folder, manifest)
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : ManifestFile.safeParse(JSON.parse(text)).data
}

async function isWhole(folder: string, edition: RenderedEdition): Promise<boolean> {
  const sizes = await Promise.all(
    filesOf(edition).map(async ({ file, bytes }) => (await sizeOf(path.join(folder, file))) === bytes),
  )
  return sizes.every(Boolean)
}

async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  )
}

function bytesOf(edition: RenderedEdition): number {
  return filesOf(edition).reduce((sum, { bytes }) => sum + bytes, 0)
}

/** One edition to make, and the hash of everything that goes into it. */
type Order = {
  film: Film
  folder: string
  inputs: string
  captions: string
  transcript: string
  /** The city's own video in place of ours. */
  own?: string
  narration?: string
}

async function orderFor(film: Film, folder: string, serbian: Edition): Promise<Order> {
  const { edition, timeline } = film
  const { variant } = edition
  // English captions stand beside the Serbian video.
  const times = variant === 'en' ? filmOf(serbian).timeline : timeline
  const order = {
    film,
    folder,
    captions: vttOf(edition, times),
    transcript: transcriptOf(edition),
    own: await existing(folder, `own.${variant}.mp4`),
    narration:
      variant === 'en'
        ? undefined
        : await existing(
            folder,
            `narration.${languageOf(variant)}.m4a`,
            `narration.${languageOf(variant)}.wav`,
          ),
  }
  return { ...order, inputs: await inputsOf(order) }
}

async function existing(folder: string, ...names: string[]): Promise<string | undefined> {
  for (const name of names) {
    if ((await sizeOf(path.join(folder, name))) !== undefined) return path.join(folder, name)
  }
  return undefined
}

/** Seconds between the frames that go into the hash: everything that moves takes longer. */
const SAMPLE_S = 0.2

/** What would be drawn is what counts: a change of the drawing is noticed, a change of its code is not. */
async function inputsOf({
  film,
  captions,
  transcript,
  own,
  narration,
}: Omit<Order, 'inputs'>): Promise<string> {
  const hash = createHash('sha256').update(
    JSON.stringify([ENCODING, FPS, WIDTH, HEIGHT, captions, transcript]),
  )
  for (let at = 0; at < film.timeline.seconds; at += SAMPLE_S) hash.update(film.frame(at))
  film.edition.scenes.forEach((_, index) => {
    hash.update(film.stage(index))
  })
  for (const file of [own, narration]) if (file) hash.update(await readFile(file))
  return hash.digest('hex').slice(0, 32)
}

async function render(order: Order, write: WriteVideo): Promise<RenderedEdition> {
  const { film, inputs } = order
  const { edition, timeline } = film
  const { variant } = edition
  const video = variant === 'en' ? undefined : await videoOf(order, write)
  const stills: RenderedFile[] = []
  for (const index of edition.scenes.keys()) {
    stills.push(await keep(order.folder, `${variant}-${index + 1}.png`, await stillOf(film.stage(index))))
  }
  const beforeEnd = timeline.title.to - 1 / FPS
  return {
    inputs,
    seconds: video?.seconds ?? timeline.seconds,
    scenes: timeline.scenes.map(({ from, to }) => ({ from, to })),
    video: video?.file,
    captions: order.own
      ? await ownCaptions(order)
      : await keep(order.folder, `${variant}.vtt`, order.captions),
    thumbnail: video
      ? await keep(order.folder, `${variant}.jpg`, await thumbnailOf(film.frame(beforeEnd)))
      : undefined,
    transcript: await keep(order.folder, `${variant}.txt`, order.transcript),
    stills,
  }
}

async function ownCaptions({ folder, film }: Order): Promise<RenderedFile | undefined> {
  const file = await existing(folder, `own.${film.edition.variant}.vtt`)
  return file === undefined ? undefined : listed(file)
}

async function videoOf(
  { film, folder, own, narration }: Order,
  write: WriteVideo,
): Promise<{ file: RenderedFile; seconds: number }> {
  const { timeline, edition } = film
  if (own) {
    const mp4 = await readMp4(own)
    refuse(own, mp4)
    return { file: await small(own), seconds: mp4.seconds }
  }
  const file = path.join(folder, `${edition.variant}.mp4`)
  // A render that is broken off leaves the old file as it was.
  const part = `${file}.part`
  await write(film, part, narration)
  await rename(part, file)
  return { file: await small(file), seconds: timeline.seconds }
}

const PROBLEMS: Record<VideoProblem, string> = {
  codec: 'its pictures are not H.264',
  sound: 'it has no AAC sound (silence is enough)',
  shape: 'it is not upright',
  long: 'it is longer than three minutes',
  index: 'its index stands at the end: ffmpeg -i in.mp4 -c copy -movflags +faststart out.mp4',
}

function refuse(file: string, mp4: Mp4): void {
  const problems = problemsOf(mp4).map(problem => PROBLEMS[problem])
  if (problems.length) throw new Error(`${file}: ${problems.join('; ')}`)
}

async function small(file: string): Promise<RenderedFile> {
  const found = await listed(file)
  if (found.bytes > VIDEO_BYTES_MAX)
    throw new Error(`${file} has ${found.bytes} bytes, at most ${VIDEO_BYTES_MAX} are sent`)
  return found
}

async function listed(file: string): Promise<RenderedFile> {
  const bytes = await readFile(file)
  return {
    file: path.basename(file),
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

async function keep(folder: string, name: string, content: Buffer | string): Promise<RenderedFile> {
  const file = path.join(folder, name)
  await writeFile(file, content)
  return listed(file)
}

/** What we write ourselves; the editor's own files in the folder are left alone. */
const OURS = /^(?:sr-Latn|sr-Cyrl|bs|en)(?:-\d+\.png|\.mp4|\.mp4\.part|\.vtt|\.jpg|\.txt)$/

async function removeStrays(folder: string, { editions }: Manifest): Promise<void> {
  const wanted = new Set(
    Object.values(editions)
      .flatMap(filesOf)
      .map(({ file }) => file),
  )
  for (const name of await readdir(folder)) {
    if (OURS.test(name) && !wanted.has(name)) await rm(path.join(folder, name))
  }
}
