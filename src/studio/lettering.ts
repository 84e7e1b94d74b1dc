// Words in pictures: how wide they are, how they break into lines, and whether they fit.
import { Resvg } from '@resvg/resvg-js'
import { clipFonts } from './fonts.ts'
import { type Svg, type Type, text } from './shapes.ts'

export type Weight = Type['weight']

/** The size words are measured at; every other size is in proportion. */
const MEASURED = 100
const widths = new Map<string, number>()

/** How wide a line of text is, in pixels. */
export function widthOf(words: string, size: number, weight: Weight): number {
  const parts = words.split(' ')
  const letters = parts.reduce((sum, part) => sum + (part ? wordWidth(part, weight) : 0), 0)
  return ((letters + (parts.length - 1) * wordWidth('\u00a0', weight)) * size) / MEASURED
}

function wordWidth(word: string, weight: Weight): number {
  const key = `${weight} ${word}`
  const known = widths.get(key)
  if (known !== undefined) return known
  const bars = word ? wordWidth('', weight) : 0
  const width = drawnWidth(`|${word}|`, weight) - bars
  widths.set(key, width)
  return width
}

/** Between two bars, so that what counts is how far the letters advance and not where their ink ends. */
function drawnWidth(words: string, weight: Weight): number {
  const line = text(words, 0, MEASURED, { size: MEASURED, weight, fill: '#000' })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" font-family="Noto Sans">${line}</svg>`
  const box = new Resvg(svg, { font: { fontFiles: clipFonts(), loadSystemFonts: false } }).getBBox()
  if (!box) throw new Error(`nothing is drawn for “${words}”`)
  return box.width
}

/** Small words that begin something: a line doesn't end with one. */
const OPENERS = 'u|i|a|o|s|k|od|do|na|za|iz|po|da|ne|у|и|а|о|с|к|од|до|на|за|из|по|да|не'
/** A number stays with its unit and its "čl.", a small word with the word it opens. */
const BONDS = new RegExp(
  String.raw`(?<=\d[.,%]?) (?=[\p{L}%])|(?<=\p{Ll}\.) (?=\d)|(?<=(?:^|[ \u00a0])(?:${OPENERS})) `,
  'giu',
)

function bound(words: string): string {
  return words.replace(BONDS, '\u00a0')
}

/** The words in as few lines as a width allows, the lines as even as they can be. */
export function wrap(words: string, size: number, weight: Weight, width: number): string[] {
  const parts = bound(words).split(' ').filter(Boolean)
  const fewest = filled(parts, size, weight, width)
  let [narrow, wide] = [width / 3, width]
  while (wide - narrow > 4) {
    const middle = (narrow + wide) / 2
    const lines = filled(parts, size, weight, middle)
    const fits = lines.every(line => widthOf(line, size, weight) <= middle)
    if (lines.length === fewest.length && fits) wide = middle
    else narrow = middle
  }
  return filled(parts, size, weight, wide)
}

function filled(parts: readonly string[], size: number, weight: Weight, width: number): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const longer = lines.length ? `${lines.at(-1)} ${part}` : part
    if (lines.length && widthOf(longer, size, weight) <= width) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines
}

/** Where words go: a width, the most lines, and sizes from the wished one down to the smallest allowed. */
export type Frame = { width: number; lines: number; size: number; smallest?: number; weight: Weight }

/** The largest size at which words fit; the smallest, with `fits` false, if none does. */
export function fitWords(words: string, frame: Frame): { lines: string[]; size: number; fits: boolean } {
  const { width, weight, smallest = frame.size } = frame
  for (let size = frame.size; ; size -= 1) {
    const lines = wrap(words, size, weight, width)
    const fits = lines.length <= frame.lines && lines.every(line => widthOf(line, size, weight) <= width)
    if (fits || size <= smallest) return { lines, size, fits }
  }
}

/** Lines of text, one under the other; `y` is the middle of the block. */
export function block(lines: readonly string[], x: number, y: number, type: Type): Svg {
  const height = type.size * LEADING
  const first = y - ((lines.length - 1) * height) / 2 + type.size * 0.35
  return lines.map((line, index) => text(line, x, first + index * height, type)).join('')
}

/** Height of a line in sizes of its letters. */
export const LEADING = 1.22
