import { type Cell, csvOf } from '../platform/csv.ts'
import type { Answer } from './page.ts'

/** A table to be kept; `name` is without its ending. */
export function csvFile(name: string, header: readonly string[], rows: readonly (readonly Cell[])[]): Answer {
  return { kind: 'file', name: `${name}.csv`, mime: 'text/csv; charset=utf-8', bytes: csvOf(header, rows) }
}
