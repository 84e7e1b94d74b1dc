const letters = new Intl.Segmenter()
/** Units that a letter with its marks may take; beyond that it is noise. */
const UNITS_MAX = 8

/** The beginning of a text on one line, at most `max` letters; no letter is cut in two. */
export function excerpt(text: string, max: number): string {
  const line = text.trim().replace(/\s+/g, ' ')
  const beginning = line.slice(0, max * UNITS_MAX)
  const read = Array.from(letters.segment(beginning), ({ segment }) => segment)
  if (read.length <= max && beginning.length === line.length) return line
  return `${read
    .slice(0, max - 1)
    .join('')
    .trimEnd()}…`
}
