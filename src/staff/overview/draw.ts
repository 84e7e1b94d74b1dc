// The overview as a page: tiles, pictures with their tables, lists.

import { barChart, lineChart } from '../../platform/charts/svg.ts'
import { type Html, html, unsafe } from '../../platform/html/html.ts'
import type { Visit } from '../page.ts'
import { problemNote } from '../problem-note.ts'
import { table } from '../table.ts'
import { dayWords, LOCALES, moment, number, percent } from '../words.ts'
import type { Cell, Chart, Figure, OverviewBlock, Table } from './part.ts'

/** A part with what it loaded; none if it could not be read. */
export type Loaded = { id: string; block?: OverviewBlock }

export function overviewView(visit: Visit, parts: readonly Loaded[]): Html {
  return html`${headlines(visit, parts)}<div class="parts">${parts.map(part => partView(visit, part))}</div>`
}

/** The few figures at the top; the page asks for them again while it is open. */
export function headlines(visit: Visit, parts: readonly Loaded[]): Html {
  const figures = parts.flatMap(({ block }) => (block?.figures ?? []).filter(({ headline }) => headline))
  return html`<div id="now" class="tiles" hx-get="/console/overview" hx-trigger="every 30s" hx-swap="outerMorph">${figures.map(
    figure => tile(visit, figure),
  )}</div>`
}

function partView(visit: Visit, { id, block }: Loaded): Html {
  if (!block) {
    return html`<section class="card" id="${id}">${problemNote(visit.t('console.overview.unread'))}</section>`
  }
  const { title, text, figures = [], charts = [], tables = [] } = block
  // Several pictures side by side, and tables with many columns, take the whole width.
  const wide = charts.length > 1 || tables.some(({ columns }) => columns.length > 3) ? 'wide' : ''
  return html`<section class="card ${wide}" id="${id}"><h2>${title}</h2>
${text && html`<p class="hint">${text}</p>`}
${figures.length > 0 && html`<div class="tiles">${figures.map(figure => tile(visit, figure))}</div>`}
${charts.length > 0 && html`<div class="charts">${charts.map(chart => chartView(visit, chart))}</div>`}
${tables.map(list => tableView(visit, list, title))}</section>`
}

function tile(visit: Visit, figure: Figure): Html {
  const { t } = visit
  const { label, tone = '', href, period } = figure
  const name = href ? html`<a class="cover" href="${href}">${label}</a>` : label
  const words = html`<dt>${name}</dt><dd>${figureWords(visit, figure)}</dd>`
  const over =
    period !== undefined &&
    html`<dd class="quiet">${t('console.overview.period', { value: amount(visit, period) })}</dd>`
  return html`<dl class="tile ${tone}">${words}${over}</dl>`
}

/** A figure's value as its reader writes it. */
export function figureWords(visit: Visit, { value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  if (value === null) return '–'
  switch (unit) {
    case 'share':
      return percent(visit, value)
    case 'bytes':
      return bytesWords(visit, value)
    case 'seconds':
      return durationWords(visit, value)
    default:
      return number(visit, value)
  }
}

function amount(visit: Visit, value: number | null): string {
  return value === null ? '–' : number(visit, value)
}

function bytesWords(visit: Visit, bytes: number): string {
  return bytes < 1e9 ? `${number(visit, bytes / 1e6)} MB` : `${number(visit, bytes / 1e9, 1)} GB`
}

/** One unit is enough: 40 s, 12 min, 3 h, 2 d. */
function durationWords({ language }: Visit, seconds: number): string {
  const [unit, size] = UNITS.find(([, from]) => seconds >= from) ?? UNITS[UNITS.length - 1] ?? ['second', 1]
  const format = new Intl.NumberFormat(LOCALES[language], { style: 'unit', unit, unitDisplay: 'short' })
  return format.format(Math.round(seconds / size))
}

const UNITS: readonly (readonly [string, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]

const CHART_WIDTH = 460

/** The picture, and beside it a table of its numbers. */
export function chartView(visit: Visit, chart: Chart): Html {
  const { title, kind, series } = chart
  const labels = chart.labels.map(label => dayLabel(visit, label, 'short'))
  const picture =
    kind === 'line'
      ? lineChart({ title, labels, series, width: CHART_WIDTH })
      : barChart({ title, bars: bars(visit, chart), width: CHART_WIDTH })
  const named = visit.t(kind === 'line' ? 'console.overview.day' : 'console.overview.name')
  const columns = [{ title: named }, ...series.map(({ name }) => ({ title: name, kind: 'number' as const }))]
  const rows = chart.labels.map((label, index) => ({
    cells: [dayLabel(visit, label, 'long'), ...series.map(({ values }) => number(visit, values[index] ?? 0))],
  }))
  // The latest day is looked for first.
  const ordered = kind === 'line' ? rows.toReversed() : rows
  return html`<div class="chart"><figure>${unsafe(picture)}</figure>
<details><summary>${visit.t('console.overview.numbers')}</summary>${table(columns, ordered)}</details></div>`
}

function bars(visit: Visit, { labels, series: [first] }: Chart) {
  return labels.map((label, index) => {
    const value = first?.values[index] ?? 0
    return { label, value, note: number(visit, value) }
  })
}

/** An ISO day in words; other labels are words already. */
function dayLabel(visit: Visit, label: string, length: 'short' | 'long'): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(label)) return label
  const at = new Date(`${label}T00:00:00Z`)
  if (length === 'long') return dayWords({ ...visit, timeZone: 'UTC' }, at)
  const format = { day: 'numeric', month: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(LOCALES[visit.language], format).format(at)
}

function tableView(visit: Visit, { title, columns, rows, empty }: Table, partTitle: string): Html {
  const heading = title !== partTitle && html`<h3>${title}</h3>`
  if (rows.length === 0) return html`${heading}<p class="quiet">${empty}</p>`
  const drawn = rows.map(cells => ({ cells: cells.map(cell => cellWords(visit, cell)) }))
  return html`${heading}${table(columns, drawn)}`
}

function cellWords(visit: Visit, cell: Cell): Html | string {
  if (cell === null) return '–'
  if (typeof cell === 'number') return number(visit, cell)
  if (typeof cell === 'string') return cell
  if ('at' in cell) return moment(visit, cell.at)
  const { tone = '' } = cell
  const words = 'day' in cell ? dayLabel(visit, cell.day, 'long') : cell.badge
  return 'badge' in cell || tone ? html`<span class="badge ${tone}">${words}</span>` : words
}
