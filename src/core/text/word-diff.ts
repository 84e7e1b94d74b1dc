// What changed between two texts, word by word.

/** A stretch of the texts: in both, only in the old one, only in the new one. */
export type DiffPiece = { kind: 'same' | 'removed' | 'added'; text: string }

/** More comparisons than this would be felt; longer texts are compared as one piece. */
const CELLS_MAX = 4_000_000

/**
 * The pieces in reading order. Those that are not `added` make up the old text, those that are not `removed`
 * the new one.
 */
export function wordDiff(before: string, after: string): DiffPiece[] {
  const [a, b] = [wordsOf(before), wordsOf(after)]
  const start = commonStart(a, b)
  const end = commonEnd(a.slice(start), b.slice(start))
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end))
  const same = (words: string[]): DiffPiece => ({ kind: 'same', text: words.join('') })
  return joined([same(a.slice(0, start)), ...middle, same(a.slice(a.length - end))])
}

/** Words, stretches of white space and single signs. */
function wordsOf(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? []
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  return commonStart(a.toReversed(), b.toReversed())
}

function between(a: readonly string[], b: readonly string[]): DiffPiece[] {
  const whole: DiffPiece[] = [
    { kind: 'removed', text: a.join('') },
    { kind: 'added', text: b.join('') },
  ]
  return a.length * b.length > CELLS_MAX ? whole : walk(a, b, commonLengths(a, b))
}

/** For every pair of places the most words that both rests have in common, in order. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--) {
    const [row, below] = [rows[i] as Uint16Array, rows[i + 1] as Uint16Array]
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return rows
}

function walk(a: readonly string[], b: readonly string[], lengths: readonly Uint16Array[]): DiffPiece[] {
  const pieces: DiffPiece[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [old = '', fresh = ''] = [a[i], b[j]]
    if (i < a.length && j < b.length && old === fresh) {
      pieces.push({ kind: 'same', text: old })
      i++
      j++
    } else if (i < a.length && (j === b.length || (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))) {
      pieces.push({ kind: 'removed', text: old })
      i++
    } else {
      pieces.push({ kind: 'added', text: fresh })
      j++
    }
  }
  return pieces
}

/** Neighbours of one kind as one piece. */
function joined(pieces: readonly DiffPiece[]): DiffPiece[] {
  const merged: DiffPiece[] = []
  for (const piece of pieces.filter(({ text }) => text !== '')) {
    const last = merged.at(-1)
    if (last?.kind === piece.kind) merged[merged.length - 1] = { ...last, text: last.text + piece.text }
    else merged.push(piece)
  }
  return merged
}
