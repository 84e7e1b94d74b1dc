// An answer, a redirect or small talk as its file has it: to be written, and to be checked like one.
import type { z } from 'zod'
import type { Entry, Negative } from '../core/model/content.ts'
import type { Problem } from './check.ts'
import type { FindingCode } from './findings.ts'
import { EntryFile, NegativeFile } from './schema.ts'

/** The file's path below the content folder. */
export function filePathOf(item: Entry | Negative): string {
  if (!('kind' in item)) return `faq/${item.category}/${item.id}.yaml`
  return `${item.kind === 'redirect' ? 'redirects' : 'smalltalk'}/${item.id}.yaml`
}

/** The value of the file, keys in the order in which files have them. */
export function fileShapeOf(item: Entry | Negative): Record<string, unknown> {
  if ('kind' in item) return { id: item.id, ...item.texts }
  const { id, status, confidence, owner, lastChecked, reviewBy } = item
  const { sources, facts, gaps, related, texts } = item
  return { id, status, confidence, owner, lastChecked, reviewBy, sources, facts, gaps, related, ...texts }
}

/** What keeps an item from being a file at all: texts that are missing, days and links that are none. */
export function shapeProblems(item: Entry | Negative): Problem[] {
  const schema: z.ZodType = 'kind' in item ? NegativeFile : EntryFile
  const parsed = schema.safeParse(fileShapeOf(item))
  if (parsed.success) return []
  return parsed.error.issues.map(({ path }) => {
    const part = path.map(key => (typeof key === 'number' ? key : String(key)))
    return { item, part, severity: 'error', code: codeFor(part, valueAt(item, part)), values: {} }
  })
}

function codeFor(part: Problem['part'], value: unknown): FindingCode {
  const field = part.findLast(key => typeof key === 'string')
  if (value === '' || value === undefined) return 'empty'
  if (field === 'lastChecked' || field === 'reviewBy') return 'noDay'
  if (field === 'url') return 'noLink'
  return 'noId'
}

function valueAt(item: Entry | Negative, part: Problem['part']): unknown {
  return part.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    fileShapeOf(item),
  )
}
