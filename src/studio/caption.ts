// The words below a picture: a caption of at most two large lines, and the law it rests on.

import { escapeHtml } from '../platform/html/html.ts'
import { plain } from './edition.ts'
import { CAPTION, LAW } from './layout.ts'
import { fitWords, LEADING } from './lettering.ts'
import { CLAY, INK, QUIET, STONE } from './palette.ts'
import { box, num, type Svg, text } from './shapes.ts'

/** The lines of a caption, as they break. */
export function linesOfCaption(caption: string) {
  return fitWords(plain(caption), CAPTION)
}

/** A caption with what matters set off in clay. */
export function captionBlock(caption: string): Svg {
  const { lines, size } = linesOfCaption(caption)
  const strong = strongLetters(caption)
  const height = size * LEADING
  const first = CAPTION.top + CAPTION.size
  let from = 0
  return lines
    .map((line, index) => {
      const runs = runsOf(line, strong.slice(from, from + line.length))
      from += line.length + 1
      return lineOf(runs, first + index * height, size)
    })
    .join('')
}

/** For every letter of the plain caption, whether it is set off. */
function strongLetters(caption: string): boolean[] {
  return caption.split('**').flatMap((part, index) => Array<boolean>(part.length).fill(index % 2 === 1))
}

type Run = { words: string; strong: boolean }

function runsOf(line: string, strong: readonly boolean[]): Run[] {
  const runs: Run[] = []
  for (let at = 0; at < line.length; at++) {
    const last = runs.at(-1)
    if (last && last.strong === strong[at]) last.words += line[at]
    else runs.push({ words: line[at] ?? '', strong: strong[at] ?? false })
  }
  return runs
}

function lineOf(runs: readonly Run[], y: number, size: number): Svg {
  const spans = runs.map(
    ({ words, strong }) => `<tspan fill="${strong ? CLAY : INK}">${escapeHtml(words)}</tspan>`,
  )
  return `<text xml:space="preserve" x="${CAPTION.x}" y="${num(y)}" font-size="${size}" font-weight="${CAPTION.weight}">${spans.join('')}</text>`
}

/** The law, small, beside a rule. */
export function lawBlock(law: string): Svg {
  const { lines, size } = linesOfLaw(law)
  const height = size * LEADING
  const type = { size, weight: LAW.weight, fill: QUIET }
  return (
    box(LAW.x, LAW.top, 4, lines.length * height, { fill: STONE, r: 2 }) +
    lines.map((line, index) => text(line, LAW.x + 20, LAW.top + height * index + size * 0.95, type)).join('')
  )
}

/** The lines of a law, as they break: each of two laws has its own. */
export function linesOfLaw(law: string): { lines: string[]; size: number; fits: boolean } {
  const laws = law.split(/(?<=;) /)
  const fitted = laws.map(one => fitWords(one, { ...LAW, lines: laws.length > 1 ? 1 : LAW.lines }))
  return {
    lines: fitted.flatMap(({ lines }) => lines),
    size: Math.min(...fitted.map(({ size }) => size)),
    fits: laws.length <= LAW.lines && fitted.every(({ fits }) => fits),
  }
}
