// Texts with styled ranges: joined, trimmed, split. Offsets count UTF-16 units, as Telegram's do.
import type { Span } from '../../core/model/message.ts'

export type Rich = { text: string; spans: Span[] }

export const EMPTY: Rich = { text: '', spans: [] }

/** A text without styles, in the form every platform takes: no control characters, no half characters. */
export function plain(text: string, spans: readonly Span[] = []): Rich {
  // One for one, so that offsets stay true.
  const clean = text.replace(/[^\P{Cc}\n]/gu, ' ').toWellFormed()
  return { text: clean, spans: spans.filter(({ from, to }) => 0 <= from && from < to && to <= text.length) }
}

export function bold(text: string): Rich {
  return plain(text, [{ from: 0, to: text.length, style: 'bold' }])
}

/** A text that is a link; an empty label shows the link itself. */
export function linkTo(href: string, label = ''): Rich {
  const text = plain(label).text.trim() ? label : href
  return plain(text, [{ from: 0, to: text.length, style: 'link', href }])
}

/** The texts one after the other; empty ones leave no gap. */
export function joinRich(texts: readonly Rich[], separator = '\n\n'): Rich {
  return texts.filter(({ text }) => text.trim()).reduce((all, next) => append(all, next, separator), EMPTY)
}

function append(before: Rich, after: Rich, separator: string): Rich {
  if (!before.text) return after
  const offset = before.text.length + separator.length
  const moved = after.spans.map(span => ({ ...span, from: span.from + offset, to: span.to + offset }))
  return { text: before.text + separator + after.text, spans: [...before.spans, ...moved] }
}

/** The part between two offsets; ranges that reach beyond it are clipped. */
export function sliceRich({ text, spans }: Rich, from: number, to = text.length): Rich {
  const clipped = spans
    .map(span => ({ ...span, from: Math.max(span.from, from) - from, to: Math.min(span.to, to) - from }))
    .filter(span => span.from < span.to)
  return { text: text.slice(from, to), spans: clipped }
}

/** Without white space at both ends. */
export function trimRich(rich: Rich): Rich {
  const from = rich.text.length - rich.text.trimStart().length
  return sliceRich(rich, from, Math.max(from, rich.text.trimEnd().length))
}

/** Links that the platform can't carry (`carries` says no) are written out behind their words. */
export function spellOutLinks(rich: Rich, carries: (href: string) => boolean): Rich {
  const link = rich.spans.find(({ style, href }) => style === 'link' && !(href && carries(href)))
  return link ? spellOutLinks(spellOut(rich, link), carries) : rich
}

function spellOut({ text, spans }: Rich, link: Span): Rich {
  const rest = spans.filter(span => span !== link)
  const href = plain(link.href ?? '').text
  if (text.slice(link.from, link.to).includes(href)) return { text, spans: rest }
  const inserted = ` (${href})`
  const moved = rest.map(span => ({
    ...span,
    from: span.from >= link.to ? span.from + inserted.length : span.from,
    to: span.to > link.to ? span.to + inserted.length : span.to,
  }))
  return { text: text.slice(0, link.to) + inserted + text.slice(link.to), spans: moved }
}

/**
 * Pieces of at most `max` UTF-16 units that together say the whole text; only white space where it was
 * cut is lost. Cut at paragraphs, lines, sentences or words, outside of styled ranges if possible.
 */
export function splitRich(rich: Rich, max: number): Rich[] {
  const pieces: Rich[] = []
  let rest = trimRich(rich)
  while (rest.text.length > max) {
    const at = cutBefore(rest, max)
    pieces.push(trimRich(sliceRich(rest, 0, at)))
    rest = trimRich(sliceRich(rest, at))
  }
  return rest.text ? [...pieces, rest] : pieces
}

const MARKS = ['\n\n', '\n', '. ', ' ']

function cutBefore({ text, spans }: Rich, max: number): number {
  const outside = (at: number) => !spans.some(({ from, to }) => from < at && at < to)
  return (
    lastMark(text, max, outside) ??
    startOfSpan(spans, max) ??
    lastMark(text, max, () => true) ??
    betweenCharacters(text, max)
  )
}

/** A cut in the first half would leave many small pieces. */
function lastMark(text: string, max: number, allowed: (at: number) => boolean): number | undefined {
  for (const mark of MARKS) {
    let index = text.lastIndexOf(mark, max - mark.trimEnd().length)
    while (index > max / 2) {
      if (allowed(index + mark.length)) return index + mark.length
      index = text.lastIndexOf(mark, index - 1)
    }
  }
  return undefined
}

/** Where the styled range over the cut begins, if the range fits into the next piece. */
function startOfSpan(spans: readonly Span[], max: number): number | undefined {
  const over = spans.filter(({ from, to }) => from < max && max < to)
  const start = Math.min(...over.map(({ from }) => from))
  const fits = over.every(({ to }) => to - start <= max)
  return over.length && fits && start > 0 ? start : undefined
}

/** Never inside a surrogate pair; not before a mark that belongs to the character in front of it. */
function betweenCharacters(text: string, max: number): number {
  let at = max
  while (at > max / 2 && belongsTogether(text, at)) at--
  if (!inPair(text, at)) return at
  return at > 1 ? at - 1 : at + 1
}

function belongsTogether(text: string, at: number): boolean {
  const around = text.slice(at - 1, at + 1)
  return inPair(text, at) || around.includes('\u200d') || /\p{M}$/u.test(around)
}

function inPair(text: string, at: number): boolean {
  return isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at))
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000
