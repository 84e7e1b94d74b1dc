// Writes values into a YAML file so that whoever reads the difference sees only what changed: the order of the
// keys, the way texts are folded and lists are written stay. Comments beside what changed are lost.
import { isDeepStrictEqual } from 'node:util'
import {
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  stringify,
  type YAMLMap,
} from 'yaml'

type Value = unknown
type Values = Record<string, Value>
/** A stretch of the old text and what stands there instead. */
type Edit = { from: number; to: number; text: string }

/** Folded texts are as wide as the others of the file; in an empty one so wide. */
const WIDTH = 120
/** Lists of single words stand in one line, lists of sentences below each other. */
const IN_ONE_LINE = new Set(['facts', 'gaps', 'related', 'keywords'])
const FOLDED = new Set(['answer'])
/** Lists that files may leave out when they are empty. */
const OPTIONAL = new Set(['gaps', 'related', 'keywords', 'steps'])

/** The text of a file that holds `values`. `text`: what it holds now; empty for a new file. */
export function withValues(text: string, values: Values): string {
  const edited = edit(text.normalize('NFC'), values)
  // Whatever the file's own style can't say is said in the library's.
  return edited !== undefined && says(edited, values) ? edited : stringify(values, { lineWidth: WIDTH })
}

function says(text: string, values: Values): boolean {
  const document = parseDocument(text)
  return document.errors.length === 0 && isDeepStrictEqual(defined(document.toJS()), defined(values))
}

/** Optional fields that are absent, lists that are empty and spaces around a text may not be written at all. */
function defined(value: Value): Value {
  if (typeof value === 'string') return value.trim()
  if (Array.isArray(value)) return value.map(defined)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined && !(Array.isArray(inner) && inner.length === 0))
      .map(([key, inner]) => [key, defined(inner)]),
  )
}

function edit(text: string, values: Values): string | undefined {
  const document = parseDocument<Node, false>(text)
  if (document.errors.length) return undefined
  if (document.contents === null) return linesOf(values, '', WIDTH)
  if (!isMap(document.contents)) return undefined
  const source = { text, width: widthOf(text) }
  const edits = editsIn(source, { map: document.contents, values, until: text.length })
  return edits?.toSorted((a, b) => b.from - a.from).reduce(applied, text)
}

function applied(text: string, { from, to, text: inserted }: Edit): string {
  return text.slice(0, from) + inserted + text.slice(to)
}

type Source = { text: string; width: number }

/** How wide the file's folded texts are. */
function widthOf(text: string): number {
  const folded = [...text.matchAll(/: >-?\n((?: +\S.*\n?)+)/g)].flatMap(([, block = '']) => block.split('\n'))
  return Math.max(60, ...folded.map(({ length }) => length)) || WIDTH
}

/** `until`: where the lines of the map end. Undefined if it isn't written in lines. */
function editsIn(
  source: Source,
  { map, values, until }: { map: YAMLMap; values: Values; until: number },
): Edit[] | undefined {
  if (map.flow) return undefined
  const pairs = map.items.map(pair => ({ pair, key: keyOf(pair), from: lineStart(source.text, pair) }))
  const indent = ' '.repeat(columnOf(source.text, pairs[0]?.from ?? 0))
  const edits: Edit[] = []
  let place = pairs[0]?.from ?? 0
  for (const [key, value] of Object.entries(values)) {
    const index = pairs.findIndex(pair => pair.key === key)
    const known = pairs[index]
    if (!known) {
      if (!isNothing(key, value))
        edits.push({ from: place, to: place, text: line(key, value, indent, source.width) })
      continue
    }
    const to = pairs[index + 1]?.from ?? until
    place = to
    const own = editsOf(source, known.pair, { key, value, indent, from: known.from, to })
    if (!own) return undefined
    edits.push(...own)
  }
  return edits
}

type Field = { key: string; value: Value; indent: string; from: number; to: number }

function editsOf(source: Source, { value: node }: Pair, field: Field): Edit[] | undefined {
  const { key, value, indent, from, to } = field
  const before = isNode(node) ? node.toJSON() : node
  if (isDeepStrictEqual(defined(before), defined(value))) return []
  if (isMap(node) && isValues(value)) return editsIn(source, { map: node, values: value, until: to })
  return [{ from, to, text: `${indent}${key}:${styled(source, node, { key, value, indent })}` }]
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value)
}

function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key)
}

function lineStart(text: string, { key }: Pair): number {
  const at = isNode(key) ? (key.range?.[0] ?? 0) : 0
  return text.lastIndexOf('\n', at - 1) + 1
}

function columnOf(text: string, from: number): number {
  return /^ */.exec(text.slice(from))?.[0].length ?? 0
}

function isNothing(key: string, value: Value): boolean {
  return value === undefined || (OPTIONAL.has(key) && Array.isArray(value) && value.length === 0)
}

function isValues(value: Value): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value behind its key, in the way the old one is written; ends with a line break. */
function styled(
  { text, width }: Source,
  old: unknown,
  { key, value, indent }: Pick<Field, 'key' | 'value' | 'indent'>,
): string {
  if (isSeq(old) && Array.isArray(value)) {
    const kept = new Map(old.items.flatMap(item => keptSource(item, text)))
    return list(value, { indent, inOneLine: old.flow === true, kept })
  }
  if (isScalar(old) && typeof value === 'string')
    return scalar(value, indent, old.type === Scalar.BLOCK_FOLDED ? width : 0)
  return behind(key, value, indent, width)
}

/** An item that stays is written as it was. */
function keptSource(item: unknown, text: string): [unknown, string][] {
  if (!isScalar(item) || !item.range) return []
  return [[item.value, text.slice(item.range[0], item.range[1])]]
}

/** All keys of a map, each in lines of its own. */
function linesOf(values: Values, indent: string, width: number): string {
  return Object.entries(values)
    .filter(([key, value]) => !isNothing(key, value))
    .map(([key, value]) => line(key, value, indent, width))
    .join('')
}

function line(key: string, value: Value, indent: string, width: number): string {
  return `${indent}${key}:${behind(key, value, indent, width)}`
}

/** A value that the file doesn't have yet. */
function behind(key: string, value: Value, indent: string, width: number): string {
  if (isValues(value)) return `\n${linesOf(value, `${indent}  `, width)}`
  if (Array.isArray(value)) return list(value, { indent, inOneLine: IN_ONE_LINE.has(key), kept: new Map() })
  return scalar(value, indent, FOLDED.has(key) ? width : 0)
}

function list(
  items: readonly Value[],
  { indent, inOneLine, kept }: { indent: string; inOneLine: boolean; kept: ReadonlyMap<unknown, string> },
): string {
  if (items.length === 0) return ' []\n'
  if (inOneLine) return ` [${items.map(item => kept.get(item) ?? inFlow(item)).join(', ')}]\n`
  return `\n${items.map(item => `${indent}  - ${kept.get(item) ?? below(item, `${indent}    `)}\n`).join('')}`
}

function inFlow(value: Value): string {
  return stringify([value], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false })
    .trim()
    .slice(1, -1)
}

function below(value: Value, indent: string): string {
  return stringify(value, { lineWidth: 0 }).trimEnd().replaceAll('\n', `\n${indent}`)
}

/** `width`: fold the text below its key; 0: in the line of its key. */
function scalar(value: Value, indent: string, width: number): string {
  if (typeof value !== 'string' || !width || value.includes('\n')) return ` ${below(value, `${indent}  `)}\n`
  const inner = `${indent}  `
  return ` >-\n${inner}${folded(value, width - inner.length).join(`\n${inner}`)}\n`
}

function folded(text: string, width: number): string[] {
  const lines: string[] = []
  let rest = text
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width)
    const cut = at > 0 ? at : rest.indexOf(' ', width)
    if (cut < 0) break
    lines.push(rest.slice(0, cut))
    rest = rest.slice(cut + 1)
  }
  return [...lines, rest]
}
