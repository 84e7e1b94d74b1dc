// What identifies a person is taken out of a question before it is kept for the editors.

type Rule = [pattern: RegExp, placeholder: string]

const DATE = String.raw`\d{1,2}\.\s?\d{1,2}\.\s?\d{4}`

/** In this order: a later rule must not see what an earlier one has understood. */
const RULES: Rule[] = [
  [/[\p{L}\p{N}._%+-]+\s?(?:@|\(at\)|\[at\])\s?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[e-pošta]'],
  [/(?:https?:\/\/|www\.)\S*[?#@=]\S*/giu, '[link]'],
  [
    /(?:https?:\/\/)?(?:[\w-]+\.)*(?:facebook|fb|instagram|tiktok|linkedin|twitter|x|t|viber|youtube)\.(?:com|me|rs)\/\S+/giu,
    '[link]',
  ],
  [/(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]{3,}/gu, '[nalog]'],
  [/\b[A-Z]{2}\d{2}(?:[ ]?\d{4}){4,6}(?:[ ]?\d{1,3})?\b/gu, '[račun]'],
  [/(?<!\d)\d{3}[ -]\d{6,13}[ -]\d{2}(?!\d)/gu, '[račun]'],
  [/(?<!\d)(?:\d{4}[ -]?){3}\d{2,7}(?!\d)/gu, '[broj kartice]'],
  [/(?<!\d)(?:\d[ ]?){12}\d(?!\d)/gu, '[JMBG]'],
  [
    new RegExp(String.raw`(?<![\d/])(?!${DATE})(?:\+|00|0)(?:[ ]?[\/.()-]?[ ]?\d){7,13}(?!\d)`, 'gu'),
    '[telefon]',
  ],
  [/(?<![\d/.-])381(?:[ /.-]?\d){7,10}(?!\d)/gu, '[telefon]'],
  [/(?<![\d/.-])(?!\d{1,3}\/(?:19|20)\d\d(?!\d))\d{2,3}[-/]\d{3,4}(?:[-/]\d{2,4})?(?![\d/])/gu, '[telefon]'],
  [/(?<!\d)\d{7,}(?!\d)/gu, '[broj]'],
  [/\b[A-ZČĆŽŠĐА-ШЂЈЉЊЋЏ]{2}[ -]?\d{3,4}[ -]?[A-ZČĆŽŠĐА-ШЂЈЉЊЋЏ]{2}\b/gu, '[tablica]'],
  [
    /((?:[Zz]ovem se|[Ii]me mi je|[Mm]oje ime je|[Зз]овем се|[Ии]ме ми је|[Мм]оје име је|[Mm]y name is))\s+\p{L}+(?:\s+\p{Lu}\p{L}+)*/gu,
    '$1 [ime]',
  ],
]

/**
 * The text with telephone, ID, card and account numbers, e-mail addresses, profiles, plates and a stated name
 * replaced by a word in brackets. Years, dates, laws (129/2007) and emergency numbers stay.
 */
export function redact(text: string): string {
  return RULES.reduce(
    (rest, [pattern, placeholder]) => rest.replace(pattern, placeholder),
    text.normalize('NFKC'),
  )
}
