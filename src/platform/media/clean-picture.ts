// A photo as somebody's phone made it → a picture that shows what is on it and nothing else: turned the right way
// up, without place, time, device or any other note inside, of a size that pages and chats show.
import sharp from 'sharp'

/** Bytes of a photo as it comes; phones stay below. */
export const PHOTO_BYTES_MAX = 5 * 1024 * 1024
/** Pixels: a small file may unfold into a picture that fills the memory. */
const PIXELS_MAX = 60_000_000
/** The longer side of what is kept. */
const SIDE_MAX = 2048

const READABLE = ['jpeg', 'png', 'webp', 'heif']

export type CleanPicture =
  | { status: 'clean'; bytes: Buffer; mime: 'image/jpeg' }
  | { status: 'refused'; reason: 'too-large' | 'unreadable' }

/** Never rejects; what can't be read is refused (also HEIC pictures whose codec is not on board). */
export async function cleanPicture(bytes: Uint8Array): Promise<CleanPicture> {
  if (bytes.length > PHOTO_BYTES_MAX) return { status: 'refused', reason: 'too-large' }
  try {
    const picture = sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'error' })
    const { format } = await picture.metadata()
    if (!READABLE.includes(format ?? '')) return { status: 'refused', reason: 'unreadable' }
    const clean = await picture
      .rotate()
      .resize({ width: SIDE_MAX, height: SIDE_MAX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .toBuffer()
    return { status: 'clean', bytes: clean, mime: 'image/jpeg' }
  } catch {
    // Not a picture, a damaged one, or one too large to unfold.
    return { status: 'refused', reason: 'unreadable' }
  }
}
