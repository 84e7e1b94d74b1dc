// What the previews draw with: texts with their styles, buttons that can't be pressed, frames of media.
import type { Span } from '../../core/model/message.ts'
import { type Html, html, type Value } from '../../platform/html/html.ts'

/** A text with its styles; a link shows where it leads. */
export function drawnText(text: string, spans: readonly Span[] = []): Html {
  const edges = spans.flatMap(({ from, to }) => [from, to])
  const cuts = [...new Set([0, ...edges, text.length])].toSorted((a, b) => a - b)
  const pieces = cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? text.length
    const around = spans.filter(span => span.from <= from && span.to >= to)
    return styled(text.slice(from, to), around)
  })
  return html`<div class="said" dir="auto">${pieces}</div>`
}

function styled(piece: string, spans: readonly Span[]): Html {
  const link = spans.find(({ style }) => style === 'link')
  let drawn = link ? html`<span class="linked" title="${link.href}">${piece}</span>` : html`${piece}`
  if (spans.some(({ style }) => style === 'italic')) drawn = html`<em>${drawn}</em>`
  if (spans.some(({ style }) => style === 'bold')) drawn = html`<strong>${drawn}</strong>`
  return drawn
}

/** Rows of buttons as they stand on the phone. */
export function drawnKeys(rows: readonly (readonly string[])[], kind: 'keys' | 'fields' = 'keys'): Html {
  return html`${
    rows.length > 0 &&
    html`<div class="${kind}">${rows.map(
      row => html`<div class="key-row">${row.map(label => html`<span class="key">${label}</span>`)}</div>`,
    )}</div>`
  }`
}

const SIGNS = { image: '🖼', video: '▶', file: '📄', location: '📍', card: '▭' } as const

/** Where a picture or the like would be. */
export function drawnMedium(kind: keyof typeof SIGNS, name: string): Html {
  return html`<div class="medium"><span aria-hidden="true">${SIGNS[kind]}</span> ${name}</div>`
}

/** One message of the channel. */
export function bubble(...content: Value[]): Html {
  return html`<div class="bubble">${content}</div>`
}
