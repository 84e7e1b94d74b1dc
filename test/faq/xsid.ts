// Serbian intents as a test of learning from few examples.
import type { Example } from '../../src/features/answers/evaluate.ts'
import { jsonLines } from './json-lines.ts'

/** Intents unlike all others; alarms and reminders are so alike that none can stand for the unknown. */
export const HELD_OUT = ['weather/find', 'BookRestaurant', 'RateBook', 'AddToPlaylist']
/** An intent with fewer training sentences can't fill a draw. */
const EXAMPLES = 10

type Line = { q: string; label: string; split: 'train' | 'test' }

/** One draw: 10 training sentences per intent, all test sentences; labels of held-out intents are null. */
export function xsidDraw(
  draw: number,
  heldOut: readonly string[] = [],
): { train: Example[]; test: Example[] } {
  const lines = jsonLines<Line>('xsid-sr.jsonl')
  const random = generator(draw)
  const train = [...Map.groupBy(lines, line => line.label)].flatMap(([label, own]) => {
    const candidates = own.filter(line => line.split === 'train')
    if (heldOut.includes(label) || candidates.length < EXAMPLES) return []
    return shuffled(candidates, random).slice(0, EXAMPLES)
  })
  const taught = new Set(train.map(line => line.label))
  const test = lines
    .filter(line => line.split === 'test' && (taught.has(line.label) || heldOut.includes(line.label)))
    .map(({ q, label }) => ({ q, label: taught.has(label) ? label : null }))
  return { train, test }
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map(item => ({ item, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item)
}

/** Mulberry32: the same draws on every machine. */
function generator(seed: number): () => number {
  let state = (seed + 1) * 0x6d2b79f5
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
