// Buttons as the keyboard under the chat. The app shows only the keyboard that came last, so a message
// has one, with everything that can be pressed.
import type { Button } from '../../core/model/message.ts'
import { KEY_URL_MAX, KEYBOARD_ROWS_MAX } from './limits.ts'
import { secureUrl } from './links.ts'
import type { Key, Keyboard } from './payload.ts'
import { PRESS_PREFIX } from './to-events.ts'

/** Labels this short share a row with a neighbour. */
const HALF_LABEL_MAX = 16
const TOKEN_MAX = 64

/** Whether a key can do what the button does. */
export function accepts(button: Button): boolean {
  if ('href' in button) return secureUrl(button.href, KEY_URL_MAX) !== undefined
  return button.token.length >= 1 && button.token.length <= TOKEN_MAX && /^[\x21-\x7e]+$/.test(button.token)
}

/**
 * The keyboard for at most 24 accepted buttons with labels within the limit. `silent` keys leave no trace
 * in the chat; apps of the first version of the interface don't know them.
 */
export function keyboard(buttons: readonly Button[], silent: boolean): Keyboard {
  const relaxed = inRows(buttons, ({ label }) => label.length <= HALF_LABEL_MAX)
  const rows = relaxed.length <= KEYBOARD_ROWS_MAX ? relaxed : inRows(buttons, () => true)
  const keys = rows.flatMap(row => row.map(button => keyOf(button, row.length === 1 ? 6 : 3, silent)))
  return { Type: 'keyboard', DefaultHeight: false, Buttons: keys }
}

function inRows(buttons: readonly Button[], isShort: (button: Button) => boolean): Button[][] {
  const rows: Button[][] = []
  for (const button of buttons) {
    const row = rows.at(-1)
    if (row?.length === 1 && row.every(isShort) && isShort(button)) row.push(button)
    else rows.push([button])
  }
  return rows
}

/** A field of one row that does what the button does. */
export function keyOf(button: Button, columns: 3 | 6, silent: boolean): Key {
  // Two lines of small letters fit on half a row.
  const small = columns === 3 && button.label.length > HALF_LABEL_MAX
  return {
    Columns: columns,
    Rows: 1,
    ...actionOf(button),
    Text: escaped(button.label),
    TextSize: small ? 'small' : 'regular',
    ...(silent && { Silent: true }),
  }
}

function actionOf(button: Button): Pick<Key, 'ActionType' | 'ActionBody'> {
  if ('token' in button) return { ActionType: 'reply', ActionBody: PRESS_PREFIX + button.token }
  return { ActionType: 'open-url', ActionBody: secureUrl(button.href, KEY_URL_MAX) ?? button.href }
}

/** Fields understand a little HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
