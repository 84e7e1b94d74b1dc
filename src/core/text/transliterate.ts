// Serbian Latin → Cyrillic for everything the bot says, where addresses, commands and foreign names stay Latin;
// and back for what staff write.
import type { Span } from '../model/message.ts'

const LETTERS: Record<string, string> = {
  a: 'а',
  b: 'б',
  c: 'ц',
  č: 'ч',
  ć: 'ћ',
  d: 'д',
  đ: 'ђ',
  e: 'е',
  f: 'ф',
  g: 'г',
  h: 'х',
  i: 'и',
  j: 'ј',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'н',
  o: 'о',
  p: 'п',
  r: 'р',
  s: 'с',
  š: 'ш',
  t: 'т',
  u: 'у',
  v: 'в',
  z: 'з',
  ž: 'ж',
  lj: 'љ',
  nj: 'њ',
  dž: 'џ',
}

/** Words in which n+j or d+ž are two letters: injekcija, konjugacija, Tanjug, nadživeti, odžaliti, podžanr. */
const TWO_LETTERS =
  /injek|konju[gn]|tanjug|vanjezič|anjon|nadž(?=iv|nj|anj|dr|up|al)|odžal|odživ|podžanr|podžup|predželu/g

/** What is never touched: links, e-mail addresses, bare domains, /commands, @names, {{placeholders}}. */
const ADDRESSES =
  String.raw`https?:\/\/[^\s<>"„”]+|www\.[^\s<>"„”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|` +
  String.raw`\b[\w-]+(?:\.[\w-]+)*\.(?:rs|com|org|net|eu|info|gov|edu|me|ba)\b(?:\/[^\s<>"„”]*)?|` +
  String.raw`(?<![\p{L}\p{N}/])\/[a-zčćžšđ_]+|(?<![\p{L}\p{N}])@\w+|\{\{[^}]*\}\}`

const ROMAN_NUMERAL = /^(?=..)X{0,3}(?:IX|IV|V?I{0,3})$/

/** A stretch of the source and what it becomes. */
type Piece = { from: number; source: string; output: string }

/**
 * A Latin Serbian text in Cyrillic. `protectedWords` (and their inflected forms) stay Latin, as do words
 * with q, w, x or y, Roman numerals, links, e-mail addresses, /commands and @names.
 */
export function toCyrillic(text: string, protectedWords: readonly string[]): string {
  return pieces(text, protectedWords)
    .map(piece => piece.output)
    .join('')
}

const LATIN = new Map(Object.entries(LETTERS).map(([latin, cyrillic]) => [cyrillic, latin]))

/** A Cyrillic Serbian text in Latin; what is no Serbian letter stays as it is. */
export function toLatin(text: string): string {
  return text.replace(/\p{Script=Cyrillic}/gu, (letter, at: number) => {
    const latin = LATIN.get(letter.toLowerCase())
    if (!latin) return letter
    if (letter === letter.toLowerCase()) return latin
    const isShouted = /^\p{Lu}/u.test(text.slice(at + 1)) || (at > 0 && /\p{Lu}$/u.test(text.slice(0, at)))
    return isShouted ? latin.toUpperCase() : latin[0]?.toUpperCase() + latin.slice(1)
  })
}

/** `toCyrillic` with styled ranges: every span moves with the letters it covers. Offsets are UTF-16 units. */
export function toCyrillicSpans(
  text: string,
  spans: readonly Span[],
  protectedWords: readonly string[],
): { text: string; spans: Span[] } {
  const parts = pieces(text, protectedWords)
  const moved = new Uint32Array(text.length + 1)
  let at = 0
  for (const { from, source, output } of parts) {
    for (let offset = 0; offset < source.length; offset++) {
      moved[from + offset] = at + Math.min(offset, output.length)
    }
    at += output.length
  }
  moved[text.length] = at
  const place = (offset: number) => moved[Math.max(0, Math.min(offset, text.length))] ?? at
  return {
    text: parts.map(part => part.output).join(''),
    spans: spans.map(span => ({ ...span, from: place(span.from), to: place(span.to) })),
  }
}

function pieces(text: string, protectedWords: readonly string[]): Piece[] {
  const found: Piece[] = []
  let end = 0
  for (const match of text.matchAll(fixedParts(protectedWords))) {
    found.push(...wordsOf(text.slice(end, match.index), end, protectedWords))
    found.push({ from: match.index, source: match[0], output: match[0] })
    end = match.index + match[0].length
  }
  found.push(...wordsOf(text.slice(end), end, protectedWords))
  return found
}

const patterns = new WeakMap<readonly string[], RegExp>()

function fixedParts(protectedWords: readonly string[]): RegExp {
  const known = patterns.get(protectedWords)
  if (known) return known
  const names = protectedWords
    .filter(Boolean)
    .toSorted((a, b) => b.length - a.length)
    .map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const words = names.length ? String.raw`|(?<![\p{L}\p{N}])(?:${names.join('|')})(?![\p{L}\p{N}])` : ''
  const pattern = new RegExp(ADDRESSES + words, 'gu')
  patterns.set(protectedWords, pattern)
  return pattern
}

function wordsOf(text: string, from: number, protectedWords: readonly string[]): Piece[] {
  const found: Piece[] = []
  let end = 0
  for (const match of text.matchAll(/[\p{L}\p{M}]+/gu)) {
    const between = text.slice(end, match.index)
    if (between) found.push({ from: from + end, source: between, output: between })
    found.push(...lettersOf(match[0], from + match.index, protectedWords))
    end = match.index + match[0].length
  }
  if (end < text.length) found.push({ from: from + end, source: text.slice(end), output: text.slice(end) })
  return found
}

function lettersOf(word: string, from: number, protectedWords: readonly string[]): Piece[] {
  if (staysLatin(word, protectedWords)) return [{ from, source: word, output: word }]
  const splits = new Set<number>()
  for (const match of word.toLowerCase().matchAll(TWO_LETTERS)) {
    splits.add(match.index + match[0].search(/nj|dž/))
  }
  const found: Piece[] = []
  for (let at = 0; at < word.length; ) {
    const pair = splits.has(at) ? undefined : letterOf(word.slice(at, at + 2))
    const size = pair ? 2 : 1
    const source = word.slice(at, at + size)
    found.push({ from: from + at, source, output: pair ?? letterOf(source) ?? source })
    at += size
  }
  return found
}

/** The Cyrillic letter of a Latin letter or digraph, upper-case if its first part is. */
function letterOf(latin: string): string | undefined {
  const letter = LETTERS[latin.toLowerCase()]
  if (!letter) return undefined
  return latin[0] === latin[0]?.toLowerCase() ? letter : letter.toUpperCase()
}

function staysLatin(word: string, protectedWords: readonly string[]): boolean {
  return /[qwxy]/i.test(word) || ROMAN_NUMERAL.test(word) || protectedWords.some(name => inflects(word, name))
}

/** "Vibera", "eUprave": a protected name with a case ending. */
function inflects(word: string, name: string): boolean {
  if (name.length < 5 || name.includes(' ')) return false
  const stem = name.replace(/[aeiou]$/, '')
  return word.startsWith(stem) && word.length <= stem.length + 3
}
