// Which part of a file a request asks for: https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
import type { IncomingHttpHeaders } from 'node:http'
import type { Range } from './info.ts'

/** Undefined: the whole file, also for who holds a part of another version. */
export function wantedRange(
  { range, 'if-range': ifRange }: IncomingHttpHeaders,
  { bytes, etag }: { bytes: number; etag: string },
): Range | 'unsatisfiable' | undefined {
  return ifRange === undefined || ifRange === etag ? rangeOf(range, bytes) : undefined
}

/** The one range a header asks for; several at once are answered with the whole file, as allowed. */
export function rangeOf(header: string | undefined, size: number): Range | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (!first && !last)) return undefined
  const from = first ? Number(first) : Math.max(0, size - Number(last))
  const to = first && last ? Math.min(Number(last), size - 1) : size - 1
  return from <= to ? { from, to } : 'unsatisfiable'
}
