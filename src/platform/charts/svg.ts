// Charts as SVG: bars and lines, drawn plainly. They stand in pages as pictures beside a table with the same
// numbers, and are sent in chats as PNG (png.ts). Words come ready, in the reader's language and script.
import { escapeHtml } from '../html/html.ts'

/** Colours of a chart; pages of both themes show it on its own paper. */
const INK = '#1c2829'
const QUIET = '#56625f'
const PAPER = '#fffdf8'
const LINE = '#e0d8c7'
const PETROL = '#0e5b60'
const SERIES = ['#0e5b60', '#c0622f', '#7a9a3a', '#8a5a83', '#b8860b']
const FONT = 'Noto Sans, Open Sans, sans-serif'

export type Bar = {
  label: string
  /** null: hidden, because the group is too small. */
  value: number | null
  /** What is written at the end of the bar; the value otherwise. */
  note?: string
}

export type BarChart = {
  title: string
  bars: readonly Bar[]
  /** What is written instead of a hidden value. */
  hidden?: string
  /** One line below: how many people, from when, what is hidden. */
  footer?: string
  /** Narrower pictures are easier to read on a phone, where they are as wide as the screen. */
  width?: number
}

const WIDTH = 720
const MARGIN = 28
const INNER = WIDTH - 2 * MARGIN
const TITLE_SIZE = 24
const LABEL_SIZE = 18

/** Horizontal bars, one under the other; labels are wrapped, never cut. */
export function barChart({ title, bars, hidden = '–', footer, width = WIDTH }: BarChart): string {
  const inner = width - 2 * MARGIN
  const most = Math.max(1, ...bars.map(({ value }) => value ?? 0))
  const head = lines(title, TITLE_SIZE, inner)
  let y = MARGIN + head.length * 30 + 14
  const parts = [textLines(head, MARGIN, MARGIN + 24, TITLE_SIZE, INK, 700, 30)]
  for (const { label, value, note } of bars) {
    const said = lines(label, LABEL_SIZE, inner)
    parts.push(textLines(said, MARGIN, y + 18, LABEL_SIZE, INK, 400, 24))
    y += said.length * 24 + 4
    const length = Math.round(((value ?? 0) / most) * (inner - 150))
    const words = value === null ? hidden : (note ?? String(value))
    parts.push(
      `<rect x="${MARGIN}" y="${y}" width="${Math.max(length, value ? 3 : 0)}" height="22" rx="3" fill="${PETROL}"/>`,
      textAt(words, MARGIN + length + 10, y + 17, LABEL_SIZE, value === null ? QUIET : INK, 700),
    )
    y += 22 + 18
  }
  if (footer) {
    const foot = lines(footer, 15, inner)
    parts.push(textLines(foot, MARGIN, y + 12, 15, QUIET, 400, 21))
    y += foot.length * 21 + 6
  }
  return svg(title, width, y + MARGIN - 8, parts)
}

export type LineChart = {
  title: string
  /** Names of the points from left to right. */
  labels: readonly string[]
  series: readonly { name: string; values: readonly number[] }[]
}

const PLOT_HEIGHT = 240

/** Lines over the same points, from zero. */
export function lineChart({ title, labels, series }: LineChart): string {
  const most = niceMost(Math.max(1, ...series.flatMap(({ values }) => values)))
  const head = lines(title, TITLE_SIZE, INNER)
  const top = MARGIN + head.length * 30 + 10
  const left = MARGIN + 44
  const width = WIDTH - left - MARGIN
  const x = (index: number) => left + (labels.length > 1 ? (index * width) / (labels.length - 1) : width / 2)
  const y = (value: number) => top + PLOT_HEIGHT - (value / most) * PLOT_HEIGHT
  const parts = [textLines(head, MARGIN, MARGIN + 24, TITLE_SIZE, INK, 700, 30)]
  for (const tick of [0, most / 2, most]) {
    parts.push(
      `<line x1="${left}" x2="${left + width}" y1="${y(tick)}" y2="${y(tick)}" stroke="${LINE}" stroke-width="1"/>`,
      textAt(String(tick), left - 8, y(tick) + 5, 15, QUIET, 400, 'end'),
    )
  }
  series.forEach(({ values }, index) => {
    const points = values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`)
    parts.push(
      `<polyline points="${points.join(' ')}" fill="none" stroke="${colour(index)}" stroke-width="3" stroke-linejoin="round"/>`,
    )
    if (points.length === 1)
      parts.push(`<circle cx="${x(0)}" cy="${y(values[0] ?? 0)}" r="4" fill="${colour(index)}"/>`)
  })
  const step = Math.max(1, Math.ceil(labels.length / 8))
  labels.forEach((label, at) => {
    if (at % step === 0) parts.push(textAt(label, x(at), top + PLOT_HEIGHT + 24, 15, QUIET, 400, 'middle'))
  })
  let legend = top + PLOT_HEIGHT + 52
  if (series.length > 1) {
    series.forEach(({ name }, index) => {
      parts.push(
        `<rect x="${left}" y="${legend - 12}" width="16" height="16" rx="3" fill="${colour(index)}"/>`,
        textAt(name, left + 26, legend + 2, 16, INK, 400),
      )
      legend += 26
    })
  }
  return svg(title, WIDTH, legend + 4, parts)
}

function colour(index: number): string {
  return SERIES[index % SERIES.length] ?? PETROL
}

/** The next number people count in: 1, 2, 5, 10, 20, 50 … */
function niceMost(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find(candidate => candidate * power >= value) ?? 10
  return Math.max(2, step * power)
}

function svg(title: string, width: number, height: number, parts: readonly string[]): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `role="img" aria-label="${escapeHtml(title)}" font-family="${FONT}">` +
    `<rect width="${width}" height="${height}" rx="12" fill="${PAPER}"/>${parts.join('')}</svg>`
  )
}

function textAt(
  text: string,
  x: number,
  y: number,
  size: number,
  fill: string,
  weight: 400 | 700,
  anchor = 'start',
): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escapeHtml(text)}</text>`
}

function textLines(
  said: readonly string[],
  x: number,
  y: number,
  size: number,
  fill: string,
  weight: 400 | 700,
  height: number,
): string {
  return said.map((line, index) => textAt(line, x, y + index * height, size, fill, weight)).join('')
}

/** Letters of Noto Sans are about this wide for their size, Cyrillic ones a little wider. */
const LETTER = 0.56

/** The text in lines that fit into a width (px); words longer than a line are broken. */
export function lines(text: string, size: number, width: number): string[] {
  const most = Math.max(8, Math.floor(width / (size * LETTER)))
  const wrapped: string[] = []
  for (const word of text.split(/\s+/).flatMap(word => chunks(word, most))) {
    const last = wrapped.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= most)
      wrapped[wrapped.length - 1] = `${last} ${word}`
    else wrapped.push(word)
  }
  return wrapped
}

function chunks(word: string, most: number): string[] {
  const letters = [...word]
  return Array.from({ length: Math.ceil(letters.length / most) }, (_, at) =>
    letters.slice(at * most, (at + 1) * most).join(''),
  )
}
