// What the matcher says about one question. Produced by features/answers, read by the conversation.
import type { Language, Script } from './content.ts'

export type Decision = 'answer' | 'suggest' | 'handover' | 'redirect' | 'smalltalk'

/** One ranked entry with the reasons for its rank. All scores are 0–1. */
export type Candidate = {
  id: string
  confidence: number
  /** Entry-level BM25, cosine to the best phrasing, cosine to the entry's centroid. */
  scores: { bm25: number; phrasing: number; centroid: number }
  /** Words of the question, as typed, that spoke for this entry. */
  words: string[]
}

export type Match = {
  decision: Decision
  /** FAQ entries, best first, at most 10, whatever the decision. */
  top: Candidate[]
  /** The redirect or small-talk class that won, when the decision is one of these. */
  negative?: string
  language: Language
  script: Script
  /** Unknown words that were read as a known one: [typed, read as]. */
  corrections: [string, string][]
}
