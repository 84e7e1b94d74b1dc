// The data sets of others, as JSON lines.
import { readFileSync } from 'node:fs'
import path from 'node:path'

export const DATA = path.join(import.meta.dirname, 'data')

/** The values of a file of JSON lines. */
export function jsonLines<T>(file: string): T[] {
  const text = readFileSync(path.join(DATA, file), 'utf8')
  return text.split('\n').flatMap(line => (line.trim() ? [JSON.parse(line) as T] : []))
}
