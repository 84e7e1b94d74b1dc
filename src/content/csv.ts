// Small tables an editor keeps as CSV: a header that must be right, cells without commas or quotes.
import type { Issue } from './yaml-file.ts'

export type CsvReader = {
  issues: Issue[]
  nameOf(file: string): string
  textOf(file: string): Promise<string | undefined>
}

/**
 * The rows of a file, each read by `read` from its trimmed cells (NFC), given the rows before it. A row
 * that `read` answers with a sentence, and one with too few or many cells, is reported with its line and
 * left out. A missing file has no rows. `lines[i]` is where `items[i]` stands.
 */
export async function readCsv<Item extends object>(
  reader: CsvReader,
  file: string,
  columns: readonly string[],
  read: (cells: string[], before: readonly Item[]) => Item | string,
): Promise<{ items: Item[]; lines: number[]; report(line: number, message: string): void }> {
  const text = (await reader.textOf(file)) ?? columns.join(',')
  const report = (line: number, message: string) =>
    void reader.issues.push({ file: reader.nameOf(file), line, severity: 'error', message })
  const [header = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (header.trim() !== columns.join(',')) report(1, `the first line must be ${columns.join(',')}`)
  const items: Item[] = []
  const lines: number[] = []
  for (const [index, row] of rest.entries()) {
    if (!row.trim()) continue
    const cells = row.split(',').map(cell => cell.trim().normalize('NFC'))
    const item = cells.length === columns.length ? read(cells, items) : `a row has ${columns.length} cells`
    if (typeof item === 'string') report(index + 2, item)
    else lines[items.push(item) - 1] = index + 2
  }
  return { items, lines, report }
}
