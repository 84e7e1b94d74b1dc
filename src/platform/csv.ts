// Tables as CSV files that people open in a spreadsheet.
import { stringify } from 'csv-stringify/sync'

/** By this Excel knows that a file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF'

/** A cell a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/

export type Cell = string | number | null

/** The file's text; what looks like a formula is a text, and nothing is an empty cell. */
export function csvText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map(row => row.map(harmless))
  return BYTE_ORDER_MARK + stringify([[...header], ...cells], { record_delimiter: 'windows' })
}

function harmless(cell: Cell): string {
  if (cell === null) return ''
  return typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : String(cell)
}
