// Which buttons fit under a message, and what the text must say about the others. Numbers are those a
// person may type instead: the position among the options of the message's polls and its own buttons that
// come back as a token.
import { type Button, type Outbound, pollOptions } from '../../core/model/message.ts'
import { joinRich, linkTo, plain, type Rich } from './rich.ts'

export type ButtonLimits = {
  /** UTF-16 units. */
  labelMax: number
  buttonsMax: number
  /** Whether the platform takes such a button at all. */
  accepts(button: Button): boolean
}

export type Placement = {
  /** As they are shown, labels within the limit. */
  shown: Button[]
  /** Lines with what the buttons don't show in full; empty if they show everything. */
  listed: Rich
}

/** A button with the number that stands for it, if one does. */
export type Choice = { button: Button; number?: number }

/** The message's own buttons with the numbers a person may type, after the options of its polls; links have none. */
export function numberOwn({ blocks, buttons }: Outbound): Choice[] {
  return numberChoices(buttons, pollOptions(blocks).length + 1)
}

/** Buttons with the numbers a person may type, from `first` on; links have none. */
export function numberChoices(buttons: readonly Button[], first = 1): Choice[] {
  let number = first
  return buttons.map(button => ('token' in button ? { button, number: number++ } : { button }))
}

/** Shortens long labels and takes as many buttons as fit; the rest, and full labels, become lines. */
export function placeButtons(choices: readonly Choice[], limits: ButtonLimits): Placement {
  const shown: Button[] = []
  const lines: Rich[] = []
  for (const choice of choices) {
    const fits = shown.length < limits.buttonsMax && limits.accepts(choice.button)
    const label = labelOf(choice, limits.labelMax)
    if (!fits || label.endsWith('…')) lines.push(choiceLine(choice))
    if (fits) shown.push({ ...choice.button, label })
  }
  return { shown, listed: joinRich(lines, '\n') }
}

/** One line that says what the button says, with its number or as a link. */
export function choiceLine({ button, number }: Choice): Rich {
  if ('href' in button) return linkTo(button.href, button.label)
  return plain(`${number ? `${number}.` : '•'} ${button.label}`)
}

function labelOf({ button, number }: Choice, max: number): string {
  const label = plain(button.label.replaceAll('\n', ' ')).text.trim()
  if (!label) return number ? String(number) : '•'
  return label.length > max ? shorten(number ? `${number}. ${label}` : label, max) : label
}

/** At most `max` UTF-16 units, cut at a word if one ends in the second half, with an ellipsis. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const start = text.slice(0, max - 1)
  const word = start.lastIndexOf(' ')
  const kept = word > max / 2 ? start.slice(0, word) : start.replace(/[\ud800-\udbff]$/, '')
  return `${kept.trimEnd()}…`
}
