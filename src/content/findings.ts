// What the content check may find, in English; the console says the same in its languages (console.check.*).

const SENTENCES = {
  fileName: "the id {{id}} is not the file's name",
  idTwice: 'the id {{id}} exists twice',
  factTwice: 'the fact {{id}} exists twice',
  unknownSource: 'the source {{key}} is not listed',
  factWithoutSource: 'the fact {{id}} is marked as verified but names no source',
  category: 'the folder {{category}} is not a category',
  needsSource: 'a published answer needs a source',
  reviewBeforeCheck: 'the review is due before the last check',
  checkedInFuture: 'the last check is in the future',
  reviewOverdue: 'the review is overdue',
  relatedToItself: 'an answer is not related to itself',
  unknownAnswer: 'no answer {{id}}',
  unknownFact: 'no fact {{id}}',
  gapKnown: '{{id}} is known by now ({{confidence}})',
  confidence: 'is {{is}}, but its weakest fact is {{weakest}}',
  restsOnGap: 'rests on a missing fact and must stay a draft',
  answerTooLong: '{{over}} characters too long (at most {{max}})',
  longerThan: 'longer than {{max}} characters',
  fewPhrasings: '{{count}} phrasings, fewer than {{min}}',
  cyrillic: 'Cyrillic letters in a Latin text: {{word}}',
  unfounded: 'in none of its facts: {{claim}}',
  empty: 'must not be empty',
  noDay: 'must be a day like 2026-11-23',
  noLink: 'must be a link',
  noId: 'must be lower-case words joined by hyphens',
  phrasingTwice: '“{{phrasing}}” is a phrasing of {{id}} too',
}

export type FindingCode = keyof typeof SENTENCES

/** The finding as a line of `npm run content:check`. */
export function sayFinding(code: FindingCode, values: Record<string, string | number>): string {
  return SENTENCES[code].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}
