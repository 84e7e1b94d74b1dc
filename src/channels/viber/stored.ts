// What the registry knows better than a message that was written earlier: a file's exact size, without
// which Viber shows no video, its length, its still, and today's address with the ending of its type.
import { type MediaInfo, type MediaSource, urlOf } from '../../platform/media/info.ts'
import { IMAGE_BYTES_MAX, THUMBNAIL_BYTES_MAX } from './limits.ts'
import type { Content } from './payload.ts'

export type Registry = { media: Pick<MediaSource, 'find'>; publicUrl?: string }

/** The content with what is known about its file; undefined when that is a picture too large for phones. */
export async function asStored(
  content: Content,
  mediaId: string | undefined,
  { media, publicUrl }: Registry,
): Promise<Content | undefined> {
  const info = mediaId === undefined ? undefined : await media.find(mediaId)
  if (!info || !('media' in content)) return content
  const address = (file: MediaInfo) => (publicUrl === undefined ? undefined : publicUrl + urlOf(file))
  const exact = { ...content, media: address(info) ?? content.media }
  switch (exact.type) {
    case 'picture':
      return info.bytes <= IMAGE_BYTES_MAX ? exact : undefined
    case 'file':
      return { ...exact, size: info.bytes }
    case 'video': {
      const { thumbnail, ...video } = exact
      const still = info.thumbnailId === undefined ? undefined : await media.find(info.thumbnailId)
      const shown = still ? isThumbnail(still) && address(still) : thumbnail
      const duration = info.seconds ? Math.ceil(info.seconds) : exact.duration
      return { ...video, size: info.bytes, duration, ...(shown && { thumbnail: shown }) }
    }
  }
}

function isThumbnail({ mime, bytes }: MediaInfo): boolean {
  return mime === 'image/jpeg' && bytes <= THUMBNAIL_BYTES_MAX
}
