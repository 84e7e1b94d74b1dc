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
  /** The bot's public names on the channels, for links that open it there. */
  bots?: { telegram?: string; viber?: string }
  /** In how many local communities workshops are to be held. */
  workshopGoal?: number
}

/** A public holiday on an ISO day; `movedFrom`: the holiday on a Sunday that this day off stands for. */
export type Holiday = { day: string; name: Record<Language, string>; movedFrom?: string }

/** How long a deadline is; only days are ever counted as working days. */
export type DeadlineLength = { unit: 'calendar' | 'working' | 'hours'; count: number }

/** One deadline of a guide. Rests on `facts`. */
export type GuideDeadline = {
  /** At most 5 characters: part of a button's token. */
  id: string
  length: DeadlineLength
  /** The day of the event is the first of the deadline; without it, the day after. */
  firstDayCounts: boolean
  /** As printed to the citizen, the same in every language. */
  law: string
  facts: string[]
  confidence: Confidence
  /** The most that the law lets it be extended to, counted from the same day. */
  extension?: { days: number; texts: Record<Language, string> }
  /** `from`: the event it is counted from. `after`: what the person may do once it has passed. */
  texts: Record<Language, { label: string; from: string; after?: string }>
}

/** How to use one mechanism: a file content/guides/<id>.yaml. Shown while its entry `related` may be shown. */
export type Guide = {
  id: string
  /** At most 6 letters: the guide in a button's token. */
  code: string
  related: string
  facts: string[]
  gaps: string[]
  /** Name of the document's file, without its ending. */
  file: string
  deadlines: GuideDeadline[]
  texts: Record<
    Language,
    { title: string; intro: string; steps: string[]; unknown: string[]; document: string }
  >
}

/** A question of the chooser; an option leads to another question or to a guide. */
export type ChooserQuestion = {
  id: string
  texts: Record<Language, string>
  options: { to: { question: string } | { guide: string }; labels: Record<Language, string> }[]
}

/** "Which mechanism fits me?": content/guides/chooser.yaml. Without questions there is none. */
export type Chooser = { start: string; questions: ChooserQuestion[] }

/** A local community (mesna zajednica). Only a name that the city has confirmed is shown. */
export type Community = { id: string; name: string; confirmed: boolean }

/** A kind of announcement people may choose. */
export type NewsTopic = { id: string; labels: Record<Language, string> }

/** The editions of a clip: Serbian in both scripts and Bosnian as videos, English as text with pictures. */
export const CLIP_VARIANTS = ['sr-Latn', 'sr-Cyrl', 'bs', 'en'] as const
export type ClipVariant = (typeof CLIP_VARIANTS)[number]

/**
 * A file of a clip: its id among media – today's, and the name it is listed under –, and where it lies in
 * content/clips.
 */
export type ClipFile = { mediaId: string; name: string; file: string; bytes: number }

/** One rendered edition. Without a video it is read: a still and the captions of each scene. */
export type ClipEdition = {
  /** Of the video. */
  seconds: number
  /** When each scene is shown, in seconds. */
  scenes: { from: number; to: number }[]
  video?: ClipFile
  /** WebVTT; also English beside a Serbian video. */
  captions?: ClipFile
  thumbnail?: ClipFile
  transcript: ClipFile
  /** One for each scene. */
  stills: ClipFile[]
}

/** What is needed to show a clip as a video. */
export type ClipShowing = { seconds: number; video: ClipFile; captions: ClipFile; thumbnail: ClipFile }

/** Videos of the city's own, by `<clip>/<variant>`; they are shown in place of the rendered ones. */
export type OwnVideos = Record<string, ClipShowing>

/** A clip in one language. */
export type ClipText = {
  title: string
  intro: string
  /** What is said in each scene, line by line, and what its picture shows. */
  scenes: { captions: string[]; alt: string }[]
  /** Three options; `reasons` answer who chose them. */
  question: { ask: string; options: string[]; reasons: string[] }
}

/** A short film: a folder content/clips/<id>/. */
export type Clip = {
  id: string
  /** Its place in the series, from 1. */
  order: number
  confidence: Confidence
  owner: string
  lastChecked: string
  reviewBy: string
  /** As printed at its end, in Serbian Latin. */
  sources: string[]
  facts: string[]
  related: string[]
  /** Index of the right option. */
  right: number
  texts: Record<Language, ClipText>
  /** What has been rendered. */
  editions: Partial<Record<ClipVariant, ClipEdition>>
}

/** Everything the bot says and knows, read once from files; immutable afterwards. */
export type Content = {
  hash: string
  city: City
  entries: Entry[]
  negatives: Negative[]
  synonyms: Record<Language, Synonym[]>
  thresholds: Record<'sr' | 'en', Thresholds> | undefined
  guides: Guide[]
  chooser: Chooser
  /** Sorted by day; every year between the first and the last is complete. */
  holidays: Holiday[]
  communities: Community[]
  newsTopics: NewsTopic[]
  /** In the order of the series. */
  clips: Clip[]
}

/** The notice on personal data in one language. */
export type PrivacyNotice = {
  title: string
  lead: string
  sections: { heading: string; text: string[]; items: string[] }[]
}
