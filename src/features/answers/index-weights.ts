// Every number the scorers use, in one place. Chosen by ten-fold cross-validation over the content's own
// phrasings and on public intent data (npm run bench compares them with other engines).

export type Weights = typeof WEIGHTS

export const WEIGHTS = {
  /** BM25 over entries. */
  k1: 1.5,
  b: 0.3,
  /** A question whose every word is typical of the entry reaches about this many times its words' idf. */
  bm25Scale: 1.6,
  /** An unknown word counts at this share of the rarest word's idf: it must lower the score. */
  unknown: 1,
  /** Trust in a spelling repair, in a word of the same root, in a synonym. */
  repaired: 0.4,
  related: 0.6,
  synonym: 0.8,
  /** Character n-grams of words, stems and pairs of stems in the cosines. */
  gramMin: 2,
  gramMax: 3,
  pair: 0.7,
  /** A piece in more than this share of the classes doesn't count for the nearest phrasing. */
  commonShare: 0.7,
  /** Added to every feature's idf, so that common ones still count a little. */
  idfFloor: 1,
  /** Texts that every class is taken to have of every feature, in the odds. */
  smoothing: 0.2,
  /** What one unit of the odds counts; shares of the other three scores. */
  odds: 0.025,
  bm25: 0.4,
  phrasing: 0.2,
  centroid: 0.4,
  /** How much the best class outside the city's topics lowers an entry's confidence. */
  negative: 0.4,
}
