// Which clips may be shown today, in which edition, and what comes next.
import type {
  Clip,
  ClipEdition,
  ClipFile,
  ClipShowing,
  ClipVariant,
  Content,
  Language,
  OwnVideos,
  Script,
} from '../../core/model/content.ts'
import { visibleClips } from '../answers/index.ts'

/** The language and script somebody is answered in. */
export type Reader = { language: Language; script: Script }

/** A clip by its id, if it may be shown. */
export function clipById(content: Pick<Content, 'clips'>, id: string, now: number): Clip | undefined {
  return visibleClips(content, now).find(clip => clip.id === id)
}

/** The first clip after `id` that isn't done, then the first of all; without `id` the first that isn't done. */
export function nextClip(clips: readonly Clip[], done: readonly string[], id?: string): Clip | undefined {
  const at = clips.findIndex(clip => clip.id === id)
  const others = [...clips.slice(at + 1), ...clips.slice(0, Math.max(0, at))]
  return others.find(clip => !done.includes(clip.id))
}

/** How many of the clips are done. */
export function countDone(clips: readonly Clip[], done: readonly string[]): number {
  return clips.filter(({ id }) => done.includes(id)).length
}

/** The edition somebody reads. */
export function variantFor({ language, script }: Reader): ClipVariant {
  if (language !== 'sr') return language
  return script === 'cyrl' ? 'sr-Cyrl' : 'sr-Latn'
}

/**
 * The video for a reader; undefined when the clip can only be read. English captions stand beside the Serbian
 * video, unless that is the city's own.
 */
export function showingOf(clip: Clip, variant: ClipVariant, own: OwnVideos): ClipShowing | undefined {
  const film = own[`${clip.id}/${variant === 'en' ? 'sr-Latn' : variant}`]
  return film ?? renderedOf(clip, variant)
}

function renderedOf(clip: Clip, variant: ClipVariant): ClipShowing | undefined {
  const edition = clip.editions[variant]
  const film = edition?.video ? edition : clip.editions['sr-Latn']
  const captions = edition?.captions ?? film?.captions
  if (!film?.video || !film.thumbnail || !captions) return undefined
  const { seconds, video, thumbnail } = film
  return { seconds, video, captions, thumbnail }
}

/** The text and pictures for a reader. */
export function readingOf(clip: Clip, variant: ClipVariant): ClipEdition | undefined {
  return clip.editions[variant] ?? clip.editions['sr-Latn']
}

/** A size in megabytes, as people of a language write it (BCP 47). */
export function megabytes(bytes: number, language: string): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    bytes / 1e6,
  )
}

/** Where a file of a clip is fetched. */
export function fileUrl(publicUrl: string, { mediaId, file }: ClipFile): string {
  return `${publicUrl}/media/${mediaId}/${encodeURIComponent(file.split('/').at(-1) ?? '')}`
}

/** The clip's page. */
export function pageUrl(publicUrl: string, { id }: Pick<Clip, 'id'>): string {
  return `${publicUrl}/clips/${id}`
}

/** The link that opens the bot at the clip. */
export function startUrl(publicUrl: string, { id }: Pick<Clip, 'id'>): string {
  return `${publicUrl}/?start=${START}${id}`
}

/** Begins the payload of a link that opens a clip. */
export const START = 'clip-'
