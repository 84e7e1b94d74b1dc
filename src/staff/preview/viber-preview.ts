// A message as Viber shows it: the keyboard stands under the chat, cards lie side by side.
import { CARD_ROWS_MAX, COLUMNS, REQUEST_MAX, VIBER_CAPABILITIES } from '../../channels/viber/limits.ts'
import { type Content, isSendable, jsonBytes, type Key } from '../../channels/viber/payload.ts'
import { render } from '../../channels/viber/render.ts'
import type { Outbound } from '../../core/model/message.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { bubble, drawnKeys, drawnMedium, drawnText } from './drawn.ts'
import { longest, lossesOf, type Preview } from './preview.ts'

export function viberPreview(message: Outbound): Preview {
  const contents = render(message).map(({ content }) => content)
  const keys = contents.flatMap(({ keyboard }) => keyboard?.Buttons ?? [])
  const fields = contents.flatMap(content =>
    content.type === 'rich_media' ? content.rich_media.Buttons.filter(isPressable) : [],
  )
  const labels = [...fields, ...keys].map(labelOf)
  const texts = contents.map(textOf)
  return {
    channel: 'viber',
    body: html`${contents.map(drawn)}${drawnKeys(rowsOf(keys).map(row => row.map(labelOf)))}`,
    limits: [
      { what: 'messages', used: contents.length },
      { what: 'text', used: longest(texts), allowed: VIBER_CAPABILITIES.textMax },
      { what: 'buttons', used: keys.length, allowed: VIBER_CAPABILITIES.buttonsMax },
      { what: 'label', used: longest(labels), allowed: VIBER_CAPABILITIES.labelMax },
      { what: 'bytes', used: Math.max(0, ...contents.map(jsonBytes)), allowed: REQUEST_MAX },
    ],
    losses: lossesOf(message, {
      messages: contents.length,
      labels,
      styles: 0,
      links: 0,
      media: contents.filter(({ type }) => MEDIA.includes(type)).length + cardsIn(contents),
      refused: contents.filter(content => !isSendable(content)).length,
    }),
  }
}

const MEDIA: readonly Content['type'][] = ['picture', 'video', 'file', 'location']

/** Pictures of cards that are shown with the card. */
function cardsIn(contents: readonly Content[]): number {
  return contents
    .flatMap(content => (content.type === 'rich_media' ? content.rich_media.Buttons : []))
    .filter(({ Image }) => Image).length
}

function textOf(content: Content): string {
  return 'text' in content ? content.text : ''
}

function drawn(content: Content): Html {
  switch (content.type) {
    case 'text':
      return bubble(drawnText(content.text))
    case 'picture':
      return bubble(drawnMedium('image', ''), content.text && drawnText(content.text))
    case 'video':
      return bubble(drawnMedium('video', `${content.duration ?? '?'} s`))
    case 'file':
      return bubble(drawnMedium('file', content.file_name))
    case 'location':
      return bubble(drawnMedium('location', `${content.location.lat}, ${content.location.lon}`))
    case 'rich_media':
      return carousel(content.rich_media.Buttons, content.rich_media.ButtonsGroupRows)
  }
}

/** Fields fill one card after the other. */
function carousel(keys: readonly Key[], rows: number): Html {
  const cards: Key[][] = []
  let free = 0
  for (const key of keys) {
    if (free < key.Rows) {
      cards.push([])
      free = rows || CARD_ROWS_MAX
    }
    cards.at(-1)?.push(key)
    free -= key.Rows
  }
  return html`<div class="carousel">${cards.map(card => bubble(card.map(drawnField)))}</div>`
}

function drawnField(key: Key): Html {
  if (key.Image) return drawnMedium('image', '')
  return isPressable(key) ? drawnKeys([[labelOf(key)]], 'fields') : drawnText(labelOf(key))
}

function isPressable({ ActionType }: Key): boolean {
  return ActionType !== 'none'
}

/** Keys beside each other as far as a row is wide. */
function rowsOf(keys: readonly Key[]): Key[][] {
  const rows: Key[][] = []
  let free = 0
  for (const key of keys) {
    if (key.Columns > free) {
      rows.push([])
      free = COLUMNS
    }
    rows.at(-1)?.push(key)
    free -= key.Columns
  }
  return rows
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** The label as people see it: fields understand a little HTML. */
function labelOf({ Text = '' }: Key): string {
  return Text.replaceAll('<br>', '\n')
    .replace(/<\/?b>/g, '')
    .replace(/&(?:amp|lt|gt);/g, entity => ENTITIES[entity] ?? entity)
}
