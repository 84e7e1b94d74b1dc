// What the curated content looks like once it is loaded and checked. Files: content/README.md.

export const LANGUAGES = ['sr', 'bs', 'en'] as const
/** A language the bot answers in; `sr` is written in Latin script and transliterated when needed. */
export type Language = (typeof LANGUAGES)[number]

export type Script = 'latn' | 'cyrl'

/** How sure we are of a fact: verified, verified in an old or secondary source, background knowledge, missing. */
export type Confidence = 'V' | 'V-old' | 'V-2nd' | 'B' | 'GAP'

/** Where an answer comes from: the rule's name, gazette number and article as printed to the citizen. */
export type Source = { name: string; gazette?: string; article?: string; url?: string }

/** One language's text of an entry. `answer` is at most 600 characters; `steps` say what to do next. */
export type EntryText = {
  title: string
  phrasings: string[]
  keywords: string[]
  answer: string
  steps: string[]
}

/** One curated answer: a file content/faq/<category>/<id>.yaml. Dates are ISO days. */
export type Entry = {
  id: string
  category: string
  status: 'draft' | 'published'
  confidence: Confidence
  owner: string
  lastChecked: string
  reviewBy: string
  sources: Source[]
  facts: string[]
  /** Facts the city must still supply; the text does without them. */
  gaps: string[]
  related: string[]
  texts: Record<Language, EntryText>
}

/** A class of messages that no entry answers: somebody else's business, or small talk. */
export type Negative = {
  id: string
  kind: 'redirect' | 'smalltalk'
  texts: Record<Language, { phrasings: string[]; answer: string }>
}

/** One fact an answer may use, as the editor's evidence file holds it. `sources` are keys of the source list. */
export type Fact = { id: string; text: string; law?: string; confidence: Confidence; sources: string[] }

/** Words that mean the same: each of `words` is understood as `means` as well. */
export type Synonym = { words: string[]; means: string }

/** Cut-offs of the three-way decision, computed by cross-validation for one content version. */
export type Thresholds = { answer: number; margin: number; suggest: number; contentHash: string }

export type City = {
  name: Record<Language, string>
  timeZone: string
  site: string
  privacyUrl?: string
  office: Record<Language, string>
  protectedWords: string[]
}

/** Everything the bot says and knows, read once from files; immutable afterwards. */
export type Content = {
  hash: string
  city: City
  entries: Entry[]
  negatives: Negative[]
  synonyms: Record<Language, Synonym[]>
  thresholds: Record<'sr' | 'en', Thresholds> | undefined
}
