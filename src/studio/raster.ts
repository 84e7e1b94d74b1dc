// Frames as pixels.
import { Resvg } from '@resvg/resvg-js'
import sharp from 'sharp'
import { clipFonts } from './fonts.ts'
import { HEIGHT, STILL, THUMBNAIL, WIDTH } from './layout.ts'
import type { Svg } from './shapes.ts'

/** The pixels of a frame, four bytes each. */
export function pixelsOf(frame: Svg): Buffer {
  const font = { fontFiles: clipFonts(), loadSystemFonts: false, defaultFontFamily: 'Noto Sans' }
  return new Resvg(frame, { font }).render().pixels
}

function picture(frame: Svg) {
  return sharp(pixelsOf(frame), { raw: { width: WIDTH, height: HEIGHT, channels: 4 } })
}

/** A scene's picture, small: flat colours need few bytes. */
export async function stillOf(stage: Svg): Promise<Buffer> {
  const { top, height, width } = STILL
  return picture(stage)
    .extract({ left: 0, top, width: WIDTH, height })
    .resize({ width })
    .png({ palette: true, colours: 40, dither: 0, effort: 10 })
    .toBuffer()
}

/** What chats show before a clip is loaded. */
export async function thumbnailOf(frame: Svg): Promise<Buffer> {
  const { width, height } = THUMBNAIL
  return picture(frame).resize({ width, height }).flatten().jpeg({ quality: 86, mozjpeg: true }).toBuffer()
}
