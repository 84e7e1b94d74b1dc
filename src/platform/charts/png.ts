// SVG as PNG, for chats. The font comes along, so that a picture looks the same on every machine; from a
// font that can't be read, letters would silently be missing.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'

const require = createRequire(import.meta.url)
const font = (style: string) => require.resolve(`@expo-google-fonts/noto-sans/${style}/NotoSans_${style}.ttf`)

/** The font files of our pictures: regular and bold Noto Sans, Latin and Cyrillic. */
export const FONT_FILES = [font('400Regular'), font('700Bold')]

/** The picture in pixels; twice the size of the SVG, for phones with fine screens. */
export function pngOf(svg: string, zoom = 2): Buffer {
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: 'Noto Sans' },
  })
  return picture.render().asPng()
}

/** The bytes of a font file, for documents. */
export function fontBytes(file: string): Buffer {
  return readFileSync(file)
}
