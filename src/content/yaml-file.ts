// One YAML file, checked against a schema, with the line of every mistake.
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

/** A mistake in the content, or something an editor should look at. `line` counts from 1. */
export type Issue = { file: string; line: number; severity: 'error' | 'warning'; message: string }

type Path = readonly PropertyKey[]

/** A file's value (undefined if it has mistakes), its mistakes, and the line where a path begins. */
export type YamlFile<T> = { value: T | undefined; issues: Issue[]; lineOf(path: Path): number }

/** Parses `text` and checks it. `file` is the name used in issues. Never throws. */
export function parseYaml<T>(text: string, file: string, schema: z.ZodType<T>): YamlFile<T> {
  const lines = new LineCounter()
  const document = parseDocument(text.normalize('NFC'), { lineCounter: lines })
  const lineAt = (offset: number) => lines.linePos(offset).line || 1
  const lineOf = (path: Path) => lineAt(nearestOffset(document, path))
  const broken: Issue[] = document.errors.map(error => ({
    file,
    line: lineAt(error.pos[0]),
    severity: 'error',
    message: error.message.split('\n', 1)[0]?.replace(/ at line .*$/, '') ?? 'not YAML',
  }))
  if (broken.length) return { value: undefined, issues: broken, lineOf }
  const parsed = schema.safeParse(plainValue(document))
  if (parsed.success) return { value: parsed.data, issues: [], lineOf }
  const issues = parsed.error.issues.map(
    (issue): Issue => ({ file, line: lineOf(issue.path), severity: 'error', message: explain(issue) }),
  )
  return { value: undefined, issues, lineOf }
}

type Document = ReturnType<typeof parseDocument>

/** An alias bomb or an unresolved alias makes the library throw; to us it is a file without a value. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    return undefined
  }
}

/** Where the path begins, or the nearest part of it that exists. */
function nearestOffset(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

function explain(issue: z.core.$ZodIssue): string {
  const name = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys')
    return `${[name, ''].join(name ? ': ' : '')}unknown field ${issue.keys.join(', ')}`
  if (issue.message.endsWith('received undefined')) return `${name || 'the file'} is missing`
  return name ? `${name}: ${issue.message}` : issue.message
}
