// Builds a text with bold, italic and linked parts; offsets are counted so that nobody else has to.
import type { Block, Span } from '../model/message.ts'

/** A piece of a line: plain, styled, or a link. */
export type Piece = string | { text: string; style: 'bold' | 'italic' } | { text: string; href: string }

/** A text block of lines joined by line breaks; a line is one piece or several. An empty string is a blank line. */
export function textBlock(...lines: (Piece | Piece[])[]): Extract<Block, { kind: 'text' }> {
  let text = ''
  const spans: Span[] = []
  for (const [index, line] of lines.entries()) {
    if (index > 0) text += '\n'
    for (const piece of Array.isArray(line) ? line : [line]) {
      const from = text.length
      text += typeof piece === 'string' ? piece : piece.text
      const span = spanOf(piece, from, text.length)
      if (span) spans.push(span)
    }
  }
  return spans.length ? { kind: 'text', text, spans } : { kind: 'text', text }
}

function spanOf(piece: Piece, from: number, to: number): Span | undefined {
  if (typeof piece === 'string' || from === to) return undefined
  if ('href' in piece) return { from, to, style: 'link', href: piece.href }
  return { from, to, style: piece.style }
}
