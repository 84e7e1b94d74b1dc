// What Viber shows besides text: it loads files from their links itself and wants to know their size.
import type { Block } from '../../core/model/message.ts'
import type { Media } from '../shared/parts.ts'
import { plain } from '../shared/rich.ts'
import * as limits from './limits.ts'
import { extensionOf, secureUrl } from './links.ts'
import type { Content } from './payload.ts'

/** The medium as Viber shows it; undefined if it can't. `blocks`: where the medium comes from. */
export function mediaContent(media: Media, blocks: readonly Block[]): Content | undefined {
  if (media.kind === 'location') return locationContent(media)
  const url = secureUrl(media.url, limits.URL_MAX)
  const block = blocks.find(candidate => 'mediaId' in candidate && candidate.mediaId === media.mediaId)
  if (!url) return undefined
  if (block?.kind === 'video') return videoContent(block, url)
  if (block?.kind === 'file') return fileContent(block, url)
  return /^(jpe?g|png|gif)$/.test(extensionOf(url)) ? { type: 'picture', text: '', media: url } : undefined
}

function locationContent({ lat, lon }: { lat: number; lon: number }): Content | undefined {
  const exists = Math.abs(lat) <= 90 && Math.abs(lon) <= 180
  return exists ? { type: 'location', location: { lat, lon } } : undefined
}

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>

function videoContent({ bytes, seconds, posterUrl }: Of<'video'>, url: string): Content | undefined {
  const duration = Math.ceil(seconds)
  const fits = isSize(bytes, limits.VIDEO_BYTES_MAX) && duration >= 1 && duration <= limits.VIDEO_SECONDS_MAX
  if (!fits || extensionOf(url) !== 'mp4') return undefined
  const poster = secureUrl(posterUrl, limits.URL_MAX)
  const thumbnail = poster && /^jpe?g$/.test(extensionOf(poster)) ? { thumbnail: poster } : {}
  return { type: 'video', media: url, size: bytes, duration, ...thumbnail }
}

/** Phones open a file by the ending of its name, so it must have one. */
function fileContent({ bytes, name }: Of<'file'>, url: string): Content | undefined {
  const endings = [extensionOf(name), extensionOf(url)]
  if (endings.some(ending => !ending || limits.FORBIDDEN_FILES.has(ending))) return undefined
  if (name.length > limits.FILE_NAME_MAX || !isSize(bytes, limits.FILE_BYTES_MAX)) return undefined
  return { type: 'file', media: url, size: bytes, file_name: plain(name).text }
}

function isSize(bytes: number, max: number): boolean {
  return Number.isInteger(bytes) && bytes >= 1 && bytes <= max
}
