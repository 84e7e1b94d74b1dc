// Cards that stay in the chat: several cards become one message to leaf through, and buttons for which
// the keyboard is too small become fields.
import type { Block, Button } from '../../core/model/message.ts'
import { plain } from '../shared/rich.ts'
import { accepts, escaped, keyOf } from './keyboard.ts'
import * as limits from './limits.ts'
import { extensionOf, secureUrl } from './links.ts'
import { jsonBytes, type Key, type RichMedia } from './payload.ts'

export type Card = Extract<Block, { kind: 'card' }>

const IMAGE_ROWS = 3
const TEXT_ROWS_MIN = 2

/** The cards as one message; undefined if they are too few, too many or too full for that. */
export function carousel(cards: readonly Card[]): RichMedia | undefined {
  if (cards.length < 2 || cards.length > limits.CARDS_MAX) return undefined
  const keys = cards.map(cardKeys)
  if (keys.includes(undefined)) return undefined
  const media = richMedia(
    keys.flatMap(fields => fields ?? []),
    limits.CARD_ROWS_MAX,
  )
  return jsonBytes(media) <= limits.CARDS_BYTES_MAX ? media : undefined
}

/** Exactly seven rows, or the fields of neighbouring cards would mix. */
function cardKeys({ title, body = '', imageUrl, buttons = [] }: Card): Key[] | undefined {
  const image = imageUrl ? secureUrl(imageUrl, limits.KEY_URL_MAX) : undefined
  const text = cardText(title, body)
  const textRows = limits.CARD_ROWS_MAX - buttons.length - (image ? IMAGE_ROWS : 0)
  const fits =
    text !== undefined &&
    textRows >= TEXT_ROWS_MIN &&
    (!imageUrl || (image && /^(jpe?g|png)$/.test(extensionOf(image)))) &&
    buttons.every(isShowable)
  if (!fits) return undefined
  return [
    ...(image ? [still({ Rows: IMAGE_ROWS, Image: image })] : []),
    still({ Rows: textRows, Text: text, TextHAlign: 'left', TextVAlign: 'top' }),
    ...buttons.map(button => keyOf(button, 6, true)),
  ]
}

function cardText(title: string, body: string): string | undefined {
  const [head, rest] = [title, body].map(said => escaped(plain(said).text.trim()))
  const text = [head && `<b>${head}</b>`, rest].filter(Boolean).join('<br>').replaceAll('\n', '<br>')
  return text && text.length <= limits.KEY_TEXT_MAX ? text : undefined
}

function isShowable(button: Button): boolean {
  const { length } = button.label
  return accepts(button) && button.label.trim() !== '' && length <= limits.VIBER_CAPABILITIES.labelMax
}

/** A field that does nothing; it must have an action all the same. */
function still(field: Omit<Key, 'Columns' | 'ActionType' | 'ActionBody' | 'Silent'>): Key {
  return { Columns: 6, ActionType: 'none', ActionBody: 'none', ...field }
}

/** Buttons that one message of fields holds. */
export const FIELDS_MAX = limits.CARDS_MAX * limits.CARD_ROWS_MAX

/** At most FIELDS_MAX accepted buttons, with labels within the limit, as fields below each other. */
export function fields(buttons: readonly Button[]): RichMedia {
  const cards = Math.ceil(buttons.length / limits.CARD_ROWS_MAX)
  const keys = buttons.map(button => keyOf(button, 6, true))
  return richMedia(keys, Math.ceil(buttons.length / cards))
}

function richMedia(keys: Key[], rows: number): RichMedia {
  return {
    Type: 'rich_media',
    ButtonsGroupColumns: 6,
    ButtonsGroupRows: rows,
    BgColor: '#FFFFFF',
    Buttons: keys,
  }
}
