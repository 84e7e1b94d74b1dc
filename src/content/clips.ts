// content/clips/<id>/: the storyboard of a clip and what was rendered from it.
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type {
  Clip,
  ClipEdition,
  ClipFile,
  ClipText,
  ClipVariant,
  Entry,
  Fact,
  Language,
} from '../core/model/content.ts'
import { CLIP_VARIANTS, LANGUAGES } from '../core/model/content.ts'
import { type FolderFile, type MediaFolder, versionedId } from '../platform/media/folders.ts'
import { claimsCheck, evidence, weakestOf } from './claims.ts'
import { filesOf, MANIFEST, type Manifest, ManifestFile, type RenderedFile } from './clip-manifest.ts'
import { labelsIn, numbersShown } from './clip-pictures.ts'
import { type Storyboard, StoryboardFile, textsOf } from './storyboard.ts'
import type { Issue, YamlFile } from './yaml-file.ts'

const FOLDER = 'clips'
const STORYBOARD = 'storyboard.yaml'

type Path = (string | number)[]
type Reader = {
  issues: Issue[]
  nameOf(file: string): string
  filesIn(folder: string): Promise<string[]>
  textOf(file: string): Promise<string | undefined>
  sizeOf(file: string): Promise<number | undefined>
  keepPlace(item: object, file: string, lineOf: YamlFile<unknown>['lineOf']): void
  one<T>(file: string, schema: z.ZodType<T>): Promise<YamlFile<T> | undefined>
}
type Report = (path: Path, message: string, severity?: Issue['severity']) => void

/** Loads the clips in the order of their series and checks them against entries and facts. */
export async function loadClips(
  reader: Reader,
  entries: readonly Entry[],
  facts: readonly Fact[],
): Promise<{ clips: Clip[]; storyboards: Storyboard[] }> {
  const clips: Clip[] = []
  const storyboards: Storyboard[] = []
  for (const file of await reader.filesIn(FOLDER)) {
    if (!file.endsWith(`/${STORYBOARD}`)) continue
    const loaded = await reader.one(file, StoryboardFile)
    if (!loaded?.value) continue
    const { value: storyboard, lineOf } = loaded
    const report: Report = (path, message, severity = 'error') =>
      void reader.issues.push({ file: reader.nameOf(file), line: lineOf(path), severity, message })
    if (file !== storyboardFile(storyboard.id)) report(['id'], `${storyboard.id} is not the folder's name`)
    if (clips.some(({ order }) => order === storyboard.order))
      report(['order'], 'another clip has this place')
    checkStoryboard(storyboard, entries, facts, report)
    const clip = clipFrom(storyboard, await loadEditions(reader, file, report))
    for (const item of [clip, storyboard]) reader.keepPlace(item, file, lineOf)
    clips.push(clip)
    storyboards.push(storyboard)
  }
  return { clips: clips.toSorted((a, b) => a.order - b.order), storyboards }
}

/** Where the storyboard of a clip lies in the content. */
export function storyboardFile(id: string): string {
  return `${FOLDER}/${id}/${STORYBOARD}`
}

function checkStoryboard(
  storyboard: Storyboard,
  entries: readonly Entry[],
  facts: readonly Fact[],
  report: Report,
): void {
  storyboard.related.forEach((id, index) => {
    if (!entries.some(entry => entry.id === id)) report(['related', index], `no answer ${id}`)
  })
  checkScenes(storyboard, report)
  checkEvidence(storyboard, facts, report)
  if (storyboard.reviewBy < storyboard.lastChecked)
    report(['reviewBy'], 'the review is due before the last check')
  for (const language of LANGUAGES) {
    for (const [path, text] of textsOf(storyboard, language)) {
      const strange = text.match(/\S*\p{Script=Cyrillic}\S*/u)?.[0]
      if (strange) report(path, `Cyrillic letters in a Latin text: ${strange}`)
    }
  }
}

function checkScenes({ scenes }: Storyboard, report: Report): void {
  scenes.forEach((scene, index) => {
    const labels = labelsIn(scene.picture)
    for (const language of LANGUAGES) {
      const path = ['scenes', index, language]
      const { captions, labels: given } = scene[language]
      if (given.length !== labels)
        report([...path, 'labels'], `the picture has ${labels} labels, not ${given.length}`)
      if (captions.length !== scene.sr.captions.length)
        report([...path, 'captions'], 'every language has as many captions')
      captions.forEach((caption, line) => {
        if (caption.split('**').length % 2 === 0) report([...path, 'captions', line], 'a ** has no second **')
      })
    }
  })
}

/** The facts exist and are no gaps; every number and law that is said or drawn stands in one of them. */
function checkEvidence(storyboard: Storyboard, facts: readonly Fact[], report: Report): void {
  const known = storyboard.facts.flatMap((id, index) => {
    const fact = facts.find(fact => fact.id === id)
    if (!fact) report(['facts', index], `no fact ${id}`)
    return fact ?? []
  })
  const weakest = weakestOf(known)
  if (known.length && storyboard.confidence !== weakest) {
    report(['confidence'], `is ${storyboard.confidence}, but its weakest fact is ${weakest}`)
  }
  const unbacked = claimsCheck(known.map(evidence))
  for (const [path, claim] of claimsOf(storyboard)) {
    for (const missing of unbacked(claim)) report(path, `in none of its facts: ${missing}`)
  }
}

function claimsOf(storyboard: Storyboard): [Path, string][] {
  return [
    ...LANGUAGES.flatMap(language => textsOf(storyboard, language)),
    ...storyboard.sources.map((source, index): [Path, string] => [['sources', index], source]),
    ...storyboard.scenes.flatMap(({ law = '', picture }, index): [Path, string][] => [
      [['scenes', index, 'law'], law],
      [['scenes', index, 'picture'], numbersShown(picture).join(' and ')],
    ]),
  ]
}

function clipFrom(storyboard: Storyboard, editions: Clip['editions']): Clip {
  const { id, order, confidence, owner, lastChecked, reviewBy, sources, facts, related, question } =
    storyboard
  return {
    id,
    order,
    confidence,
    owner,
    lastChecked,
    reviewBy,
    sources,
    facts,
    related,
    right: question.right - 1,
    texts: { sr: textFrom(storyboard, 'sr'), bs: textFrom(storyboard, 'bs'), en: textFrom(storyboard, 'en') },
    editions,
  }
}

function textFrom(storyboard: Storyboard, language: Language): ClipText {
  return {
    ...storyboard[language],
    question: storyboard.question[language],
    scenes: storyboard.scenes.map(scene => {
      const { captions, alt } = scene[language]
      return { captions: captions.map(caption => caption.replaceAll('**', '')), alt }
    }),
  }
}

/** What the manifest lists; a file that isn't as listed is a mistake, a storyboard that changed since is not. */
async function loadEditions(reader: Reader, file: string, report: Report): Promise<Clip['editions']> {
  const folder = file.slice(0, -STORYBOARD.length)
  const manifest = (await reader.one(folder + MANIFEST, ManifestFile))?.value
  if (!manifest) {
    report([], 'not rendered yet: run npm run clips:render', 'warning')
    return {}
  }
  if (manifest.storyboard !== hashOf((await reader.textOf(file)) ?? '')) {
    report([], 'changed since it was rendered: run npm run clips:render', 'warning')
  }
  const whole = await Promise.all(Object.values(manifest.editions).flatMap(filesOf).map(isThere))
  return whole.every(Boolean) ? editionsFrom(manifest, folder) : {}

  async function isThere({ file: name, bytes }: RenderedFile): Promise<boolean> {
    const size = await reader.sizeOf(folder + name)
    if (size === bytes) return true
    const said = size === undefined ? 'is missing' : `has ${size} bytes, not ${bytes}`
    report([], `${name} ${said}: run npm run clips:render`)
    return false
  }
}

/** The hash by which a storyboard is known again. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function editionsFrom({ editions }: Manifest, folder: string): Clip['editions'] {
  const clip = folder.split('/').at(-2) ?? ''
  return Object.fromEntries(
    CLIP_VARIANTS.flatMap((variant): [ClipVariant, ClipEdition][] => {
      const edition = editions[variant]
      if (!edition) return []
      const named = (part: string, { file, bytes, sha256 }: RenderedFile): ClipFile => {
        const name = ['clip', clip, variant.toLowerCase(), part].join('-')
        return { name, mediaId: versionedId(name, sha256), file: `${clip}/${file}`, bytes }
      }
      const { seconds, scenes, video, captions, thumbnail, transcript, stills } = edition
      return [
        [
          variant,
          {
            seconds,
            scenes,
            video: video && named('video', video),
            captions: captions && named('captions', captions),
            thumbnail: thumbnail && named('thumbnail', thumbnail),
            transcript: named('transcript', transcript),
            stills: stills.map((still, index) => named(`still-${index + 1}`, still)),
          },
        ],
      ]
    }),
  )
}

/** The files of all clips, for media. `contentDir` is the content folder. */
export function clipFolder(contentDir: string, clips: readonly Clip[]): MediaFolder {
  return {
    folder: `${contentDir}/${FOLDER}`,
    files: clips.flatMap(({ editions }) => Object.values(editions).flatMap(mediaOf)),
  }
}

function mediaOf({ seconds, video, captions, thumbnail, transcript, stills }: ClipEdition): FolderFile[] {
  const listed = (file: ClipFile | undefined, mime: string, more: Partial<FolderFile> = {}): FolderFile[] =>
    file ? [{ id: file.name, file: file.file, mime, ...more }] : []
  const frame = { seconds, width: 720, height: 1280, thumbnailId: thumbnail?.name }
  return [
    ...listed(video, 'video/mp4', frame),
    ...listed(captions, 'text/vtt'),
    ...listed(thumbnail, 'image/jpeg'),
    ...listed(transcript, 'text/plain'),
    ...stills.flatMap(still => listed(still, 'image/png')),
  ]
}
