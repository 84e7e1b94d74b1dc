// How well the matcher learns from examples and recognises what it was never taught; for public data sets.
import { createIndex } from './index-build.ts'
import { type Tongue, wordsOf } from './index-text.ts'
import { routeOf } from './language.ts'
import { rank } from './matcher.ts'

/** A question with the class it belongs to; null: none of them. */
export type Example = { q: string; label: string | null }

/** Shares as 0–1; `n` questions in scope; `oosAuroc` if both kinds were asked; slowest 1 % in microseconds. */
export type Evaluation = {
  top1: number
  mrr: number
  recall3: number
  n: number
  oosAuroc?: number
  p99us: number
}

/** Trains on `train`, asks `test`. Examples without a label in `train` form one class of outsiders. */
export function evaluate(train: readonly Example[], test: readonly Example[]): Evaluation {
  const index = createIndex(classesOf(train), tongueOf(train), [])
  const inside: { place: number; confidence: number }[] = []
  const outside: number[] = []
  const times: number[] = []
  for (const { q } of train.slice(0, 200)) rank(index, q)
  for (const { q, label } of test) {
    const from = performance.now()
    const { standing, order } = rank(index, q)
    times.push((performance.now() - from) * 1_000)
    if (label === null) outside.push(standing.best)
    else inside.push({ place: order.indexOf(label), confidence: standing.best })
  }
  const n = inside.length
  const share = (counts: (place: number) => number) =>
    n ? inside.reduce((sum, { place }) => sum + (place < 0 ? 0 : counts(place)), 0) / n : 0
  const confidences = inside.map(it => it.confidence)
  return {
    top1: share(place => (place === 0 ? 1 : 0)),
    mrr: share(place => 1 / (place + 1)),
    recall3: share(place => (place < 3 ? 1 : 0)),
    n,
    ...(n && outside.length ? { oosAuroc: auroc(confidences, outside) } : {}),
    p99us: Math.round(quantile(times, 0.99)),
  }
}

function classesOf(train: readonly Example[]) {
  return [...Map.groupBy(train, example => example.label)].map(([label, examples]) => ({
    id: label ?? '',
    negative: label === null,
    titles: [],
    phrasings: examples.map(example => example.q),
    keywords: [],
  }))
}

/** The stemmer that fits most of the examples. */
function tongueOf(train: readonly Example[]): Tongue {
  const unknown = { sr: () => false, en: () => false }
  const routes = train.map(({ q }) => routeOf(wordsOf(q), undefined, unknown))
  const english = routes.filter(route => route === 'en').length
  return english > routes.filter(route => route === 'sr').length ? 'en' : 'sr'
}

/** The chance that a question in scope gets more confidence than one out of scope; ties count half. */
export function auroc(inside: readonly number[], outside: readonly number[]): number {
  const all = [
    ...inside.map(score => ({ score, inside: true })),
    ...outside.map(score => ({ score, inside: false })),
  ].toSorted((a, b) => a.score - b.score)
  let rankSum = 0
  for (let from = 0; from < all.length; ) {
    let to = from
    while (to < all.length && all[to]?.score === all[from]?.score) to++
    const meanRank = (from + 1 + to) / 2
    for (; from < to; from++) if (all[from]?.inside) rankSum += meanRank
  }
  return (rankSum - (inside.length * (inside.length + 1)) / 2) / (inside.length * outside.length)
}

export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
