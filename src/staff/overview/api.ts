// The figures of the overview for programs.
import { z } from 'zod'
import { type ApiRoute, apiRoute, success } from '../api/route.ts'
import { EVERYONE } from '../roles.ts'
import type { ConsoleOptions } from '../shell.ts'
import { phrasesIn } from '../shell.ts'
import { loadParts, overviewPartsOf } from './pages.ts'
import type { Cell, OverviewBlock, Table } from './part.ts'

const Scalar = z.union([z.string(), z.number(), z.null()])
const Figure = z.object({
  id: z.string(),
  label: z.string(),
  value: z.number().nullable(),
  unit: z.enum(['share', 'bytes', 'seconds']).optional(),
  last30Days: z.number().nullable().optional(),
})
const Chart = z.object({
  id: z.string(),
  labels: z.array(z.string()),
  series: z.array(z.object({ id: z.string(), values: z.array(z.number()) })),
})
const Part = z.object({
  id: z.string(),
  figures: z.array(Figure),
  charts: z.array(Chart),
  tables: z.array(z.object({ id: z.string(), rows: z.array(z.record(z.string(), Scalar)) })),
})

type Options = Pick<ConsoleOptions, 'database' | 'translator' | 'city' | 'overview' | 'channels' | 'log'>

export function overviewRoutes(options: Options): ApiRoute[] {
  const parts = overviewPartsOf(options)
  const { timeZone } = options.city
  return [
    apiRoute({
      method: 'GET',
      path: '/overview',
      roles: EVERYONE,
      summary: 'Figures of today and of the last 30 days, as the overview shows them. Words are in English.',
      reply: z.object({ parts: z.array(Part) }),
      async handle({ now }) {
        const t = phrasesIn(options, 'en')
        const reader = { t, language: 'en', contentLanguage: 'en', inScript: same, timeZone, now } as const
        const loaded = await loadParts(parts, reader, options.log)
        return success({
          parts: loaded.flatMap(({ id, block }) => (block ? [{ id, ...plain(block) }] : [])),
        })
      },
    }),
  ]
}

const same = (text: string) => text

function plain({ figures = [], charts = [], tables = [] }: OverviewBlock) {
  return {
    figures: figures.map(({ id, label, value, unit, period }) => ({
      id,
      label,
      value,
      ...(unit && { unit }),
      ...(period !== undefined && { last30Days: period }),
    })),
    charts: charts.map(({ id, labels, series }) => ({
      id,
      labels,
      series: series.map(({ id, values }) => ({ id, values })),
    })),
    tables: tables.map(plainTable),
  }
}

function plainTable({ id, columns, rows }: Table) {
  return {
    id,
    rows: rows.map(cells =>
      Object.fromEntries(columns.map(({ id }, index) => [id, plainCell(cells[index] ?? null)])),
    ),
  }
}

function plainCell(cell: Cell): string | number | null {
  if (cell === null || typeof cell !== 'object') return cell
  if ('at' in cell) return cell.at.toISOString()
  return 'day' in cell ? cell.day : cell.badge
}
