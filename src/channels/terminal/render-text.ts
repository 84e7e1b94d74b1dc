// A message as text for a terminal, with the numbers that press its buttons. Pure.
import type { Outbound, Span } from '../../core/model/message.ts'
import { choiceLine, numberOwn } from '../shared/buttons.ts'
import { choicesOf, type Part, partsOf } from '../shared/parts.ts'
import { joinRich, type Rich, spellOutLinks } from '../shared/rich.ts'

/** `styled`: bold and italic by ANSI sequences. Links are always written out. */
export function renderText(message: Outbound, { styled }: { styled: boolean }): string {
  const choices = numberOwn(message).map(choiceLine)
  const rich = spellOutLinks(
    joinRich([...partsOf(message).map(richOf), joinRich(choices, '\n')]),
    () => false,
  )
  return styled ? withStyles(rich) : rich.text
}

/** A terminal shows no pictures; what is said instead of them has the link. */
function richOf({ rich, fallback, ...part }: Part): Rich {
  return joinRich([fallback ?? rich, ...choicesOf(part).map(choiceLine)], '\n')
}

/** Select Graphic Rendition: https://ecma-international.org/publications-and-standards/standards/ecma-48/ */
const ON: Record<Exclude<Span['style'], 'link'>, string> = { bold: '\u001b[1m', italic: '\u001b[3m' }
const OFF: typeof ON = { bold: '\u001b[22m', italic: '\u001b[23m' }

/** Sequences are put in from the end, so that earlier offsets stay true. */
function withStyles({ text, spans }: Rich): string {
  const marks = spans.flatMap(({ from, to, style }) =>
    style === 'link'
      ? []
      : [
          { at: from, code: ON[style] },
          { at: to, code: OFF[style] },
        ],
  )
  return marks
    .toSorted((a, b) => b.at - a.at)
    .reduce((styled, { at, code }) => styled.slice(0, at) + code + styled.slice(at), text)
}
