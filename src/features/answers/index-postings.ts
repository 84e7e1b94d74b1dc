// Inverted lists: feature → (row, weight), packed into typed arrays.

/** A sparse row: feature ids and their weights, side by side. */
export type Vector = { ids: ArrayLike<number>; weights: Float32Array }

export type Postings = {
  /** Adds `factor` × weight of every row of the feature to `totals`. */
  addTo(totals: Float32Array, feature: number, factor: number): void
  /** Raises `best` to `factor` × weight in every row of the feature. */
  raiseTo(best: Float32Array, feature: number, factor: number): void
}

/** Turns rows into lists per feature; the number of a row is its position. */
export function packPostings(features: number, rows: readonly Vector[]): Postings {
  const ends = new Uint32Array(features + 1)
  for (const { ids } of rows) for (let i = 0; i < ids.length; i++) bump(ends, (ids[i] as number) + 1)
  for (let feature = 1; feature <= features; feature++)
    ends[feature] = at(ends, feature) + at(ends, feature - 1)
  const starts = ends.slice()
  const rowOf = new Uint32Array(at(ends, features))
  const weightOf = new Float32Array(rowOf.length)
  rows.forEach(({ ids, weights }, row) => {
    for (let i = 0; i < ids.length; i++) {
      const place = bump(starts, ids[i] as number)
      rowOf[place] = row
      weightOf[place] = weights[i] as number
    }
  })
  return {
    addTo(totals, feature, factor) {
      for (let i = at(ends, feature); i < at(ends, feature + 1); i++) {
        const row = rowOf[i] as number
        totals[row] = (totals[row] as number) + factor * (weightOf[i] as number)
      }
    },
    raiseTo(best, feature, factor) {
      for (let i = at(ends, feature); i < at(ends, feature + 1); i++) {
        const row = rowOf[i] as number
        const score = factor * (weightOf[i] as number)
        if (score > (best[row] as number)) best[row] = score
      }
    },
  }
}

/** The number at an index that is known to exist. */
function at(numbers: Uint32Array, index: number): number {
  return numbers[index] as number
}

/** Counts one more at an index; returns the count before. */
function bump(numbers: Uint32Array, index: number): number {
  const before = at(numbers, index)
  numbers[index] = before + 1
  return before
}
