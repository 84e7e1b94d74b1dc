// Tables as CSV that spreadsheets open rightly: in UTF-8 with its mark, and with no cell taken for a formula.
import { stringify } from 'csv-stringify/sync'

export type Cell = string | number | boolean | null | undefined

/** The rows below their header. */
export function csvOf(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map(row => row.map(plain))
  return stringify([[...header], ...cells], { bom: true, record_delimiter: '\r\n' })
}

/** An apostrophe keeps a spreadsheet from running what begins like a formula. */
function plain(cell: Cell): Cell {
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}
