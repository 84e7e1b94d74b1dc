// From scores to one of: answer, "did you mean", redirect, small talk, hand over to a person.
import type { Decision } from '../../core/model/match.ts'

/** Cut-offs for one index; see Thresholds in core/model/content.ts. */
export type CutOffs = { answer: number; margin: number; suggest: number }

/** Until the cut-offs of a content version have been computed: cautious ones. */
export const CAUTIOUS: CutOffs = { answer: 0.7, margin: 0.05, suggest: 0.25 }

export type Standing = {
  /** Confidence of the best and the second-best entry. */
  best: number
  second: number
  /** Confidence of the best class outside the city's topics, and what kind it is. */
  outside: number
  outsideKind: 'redirect' | 'smalltalk' | undefined
  /** Words of the question that the content knows and that tell something. */
  tellingWords: number
  /** The question is, but for a word, a phrasing of the best entry and of no other. */
  verbatim: boolean
}

/** How much the lead over the second-best entry counts beside the confidence itself. */
const LEAD_COUNTS = 2

/** How sure it is that the best entry is the answer: the number that the cut-off `answer` is about. */
export function sureness({ best, second }: Pick<Standing, 'best' | 'second'>): number {
  return best + LEAD_COUNTS * (best - second)
}

/** A redirect must be this much clearer than the best entry; in between, people choose themselves. */
const OUTSIDE_LEAD = 0.03
/** Second-best entries this close to the best make a one-word question ambiguous. */
const VAGUE_SHARE = 0.8
/** One known word says little, but enough to offer what it may be about. */
const VAGUE_SUGGEST = 0.6

/** Deterministic; the same standing and cut-offs give the same decision. */
export function decide(standing: Standing, cutOffs: CutOffs): Decision {
  const { best, second, outside, outsideKind, tellingWords, verbatim } = standing
  if (outsideKind && outside > best + OUTSIDE_LEAD && outside >= cutOffs.suggest) return outsideKind
  if (verbatim && best >= cutOffs.suggest) return 'answer'
  const vague = tellingWords === 0 || (tellingWords === 1 && second > VAGUE_SHARE * best)
  if (!vague && sureness(standing) >= cutOffs.answer && best - second >= cutOffs.margin) return 'answer'
  const enough = vague ? VAGUE_SUGGEST * cutOffs.suggest : cutOffs.suggest
  return best >= enough ? 'suggest' : 'handover'
}
