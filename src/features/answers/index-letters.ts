// Letter-level score: cosine to the nearest phrasing and to the middle of all phrasings of a class.
// Forgives endings, typing slips and words that only look alike.
import type { Corpus } from './index-corpus.ts'
import { type Counts, createFeatures } from './index-features.ts'
import { packPostings, type Vector } from './index-postings.ts'
import type { Reading } from './index-reading.ts'
import type { Weights } from './index-weights.ts'
import { idfOf } from './index-words.ts'

export type LetterScorer = {
  /** Per class: cosine to its best phrasing and to its centroid. */
  score(readings: readonly Reading[]): { phrasing: Float32Array; centroid: Float32Array }
}

export function createLetterScorer(corpus: Corpus, weights: Weights): LetterScorer {
  const { classes } = corpus
  const features = createFeatures(corpus, weights)
  const counted = features.texts
  const classOf = corpus.texts.map(({ row }) => row)
  const idf = featureIdf(counted, classOf, features.size, classes.length, weights)
  const unknownIdf = idfOf(0, classes.length) + weights.idfFloor
  const phrasings = counted.map(counts => weighted(counts, idf, 0))
  const common = idfOf(weights.commonShare * classes.length, classes.length) + weights.idfFloor
  const byPhrasing = packPostings(
    features.size,
    phrasings.map(vector => withoutCommon(vector, idf, common)),
  )
  const byClass = packPostings(features.size, centroids(phrasings, classOf, features.size, classes.length))
  const rowOf = Uint32Array.from(classOf)
  /** Used again for every question: one is scored at a time. */
  const near = new Float32Array(rowOf.length)

  return {
    score(readings) {
      const counts = features.count(readings.flatMap(reading => reading.forms))
      const { ids, weights: factors } = weighted(counts, idf, counts.unknown * unknownIdf * unknownIdf)
      near.fill(0)
      const centroid = new Float32Array(classes.length)
      let rest = 1
      for (let i = 0; i < ids.length; i++) {
        const id = ids[i] as number
        const factor = factors[i] as number
        byClass.addTo(centroid, id, factor)
        if ((idf[id] as number) < common) rest -= factor * factor
        else byPhrasing.addTo(near, id, factor)
      }
      const phrasing = bestPerClass(near, rowOf, classes.length)
      const scale = 1 / Math.sqrt(Math.max(rest, 1e-6))
      return { phrasing: phrasing.map(cosine => Math.min(1, cosine * scale)), centroid }
    },
  }
}

/** Pieces that nearly every class has tell no phrasing from another, and are most of the work. */
function withoutCommon({ ids, weights }: Vector, idf: Float32Array, common: number): Vector {
  const kept = new Uint32Array(ids.length)
  const keptWeights = new Float32Array(ids.length)
  let size = 0
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number
    if ((idf[id] as number) < common) continue
    kept[size] = id
    keptWeights[size++] = weights[i] as number
  }
  return { ids: kept.subarray(0, size), weights: madeUnit(keptWeights.subarray(0, size), 0) }
}

function bestPerClass(near: Float32Array, rowOf: Uint32Array, classes: number): Float32Array {
  const best = new Float32Array(classes)
  for (let index = 0; index < near.length; index++) {
    const row = rowOf[index] as number
    if ((near[index] as number) > (best[row] as number)) best[row] = near[index] as number
  }
  return best
}

/** How telling each feature is, by the classes (not the phrasings) it occurs in. */
function featureIdf(
  counted: readonly Counts[],
  classOf: readonly number[],
  features: number,
  classes: number,
  weights: Weights,
): Float32Array {
  const df = new Uint32Array(features)
  const lastRow = new Int32Array(features).fill(-1)
  counted.forEach(({ ids }, index) => {
    const row = classOf[index] as number
    for (const id of ids) {
      // Phrasings of a class stand together, so a class is counted once.
      if (lastRow[id] !== row) df[id] = (df[id] as number) + 1
      lastRow[id] = row
    }
  })
  return Float32Array.from(df, count => idfOf(count, classes) + weights.idfFloor)
}

// Plain loops: this runs for every phrasing of the content at start.

/** A vector of length 1; what the content doesn't know (`alien`, a squared length) makes the rest shorter. */
function weighted({ ids, counts }: Counts, idf: Float32Array, alien: number): Vector {
  const weights = new Float32Array(ids.length)
  for (let i = 0; i < ids.length; i++) {
    weights[i] = damped(counts[i] as number) * (idf[ids[i] as number] as number)
  }
  return { ids, weights: madeUnit(weights, alien) }
}

/** Scales the numbers in place to length 1 and returns them. */
function madeUnit(weights: Float32Array, alien: number): Float32Array {
  let square = alien
  for (const weight of weights) square += weight * weight
  const length = Math.sqrt(square) || 1
  for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] as number) / length
  return weights
}

function centroids(
  phrasings: readonly Vector[],
  classOf: readonly number[],
  features: number,
  classes: number,
): Vector[] {
  const totals = new Float32Array(features)
  const vectors: Vector[] = []
  let index = 0
  for (let row = 0; row < classes; row++) {
    const ids: number[] = []
    for (; classOf[index] === row; index++) {
      const phrasing = phrasings[index] as Vector
      for (let i = 0; i < phrasing.ids.length; i++) {
        const id = phrasing.ids[i] as number
        if (totals[id] === 0) ids.push(id)
        totals[id] = (totals[id] as number) + (phrasing.weights[i] as number)
      }
    }
    const weights = new Float32Array(ids.length)
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] as number
      weights[i] = totals[id] as number
      totals[id] = 0
    }
    vectors.push({ ids, weights: madeUnit(weights, 0) })
  }
  return vectors
}

/** A repeated feature counts more, but less than in proportion. */
function damped(count: number): number {
  return count > 1 ? 1 + Math.log(count) : count
}
