// A message as the parts a messenger shows: one text with its buttons, or one picture, video, file or
// place with a caption. How a part is sent is the channel's business.
import { type Block, type Button, type Outbound, pollOptions } from '../../core/model/message.ts'
import { type Choice, choiceLine, numberChoices } from './buttons.ts'
import { bold, EMPTY, joinRich, plain, type Rich } from './rich.ts'

export type Media =
  | {
      kind: 'image' | 'video' | 'file'
      url: string
      mediaId?: string
      seconds?: number
      bytes?: number
      posterUrl?: string
    }
  | { kind: 'location'; lat: number; lon: number; label: string }

export type Part = {
  /** What is said; under a medium its caption. */
  rich: Rich
  /** Buttons of the block itself, such as the options of a poll. */
  buttons: Button[]
  /** The number of the first button, where they may be typed: options of a poll. */
  firstNumber?: number
  media?: Media
  /** What is said instead when the medium can't be shown. */
  fallback?: Rich
}

/**
 * The message's parts in order; neighbouring texts are one part. `message.buttons` belong to the last.
 * `firstNumber`: of the first option of its first poll.
 */
export function partsOf({ blocks, buttons }: Outbound, firstNumber = 1): Part[] {
  const parts: Part[] = []
  for (const [index, block] of blocks.entries()) {
    const next = sayingPartOf(block)
    if (block.kind === 'poll') next.firstNumber = firstNumber + pollOptions(blocks.slice(0, index)).length
    const last = parts.at(-1)
    const together = last && !last.media && !last.buttons.length && !next.media
    if (together) parts[parts.length - 1] = { ...next, rich: joinRich([last.rich, next.rich]) }
    else parts.push(next)
  }
  return parts.length || !buttons.length ? parts : [{ rich: EMPTY, buttons: [] }]
}

function sayingPartOf(block: Block): Part {
  const part = partOf(block)
  return part.media || part.rich.text.trim() ? part : { ...part, rich: plain(block.text) }
}

function partOf(block: Block): Part {
  switch (block.kind) {
    case 'text':
      return { rich: plain(block.text, block.spans), buttons: [] }
    case 'card':
      return cardPart(block)
    case 'list':
      return listPart(block)
    case 'calendar':
      return calendarPart(block)
    case 'poll':
      return pollPart(block)
    case 'location':
      return locationPart(block)
    case 'image':
      return mediaPart(block, plain(block.alt))
    case 'video':
      return mediaPart(block, bold(block.title))
    case 'file':
      return mediaPart(block, block.text === block.name ? EMPTY : plain(block.text))
  }
}

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>

function cardPart({ text, title, body, imageUrl, buttons = [] }: Of<'card'>): Part {
  const rich = joinRich([bold(title), plain(body ?? '')], '\n')
  if (!imageUrl) return { rich, buttons }
  const fallback = rich.text.trim() ? rich : plain(text)
  return { rich, buttons, media: { kind: 'image', url: imageUrl }, fallback }
}

function listPart({ items }: Of<'list'>): Part {
  const lines = items.map(({ title, body }) =>
    joinRich([joinRich([plain('•'), bold(title)], ' '), plain(body ?? '')], '\n'),
  )
  const buttons = items.flatMap(({ title, token }) => (token === undefined ? [] : [{ label: title, token }]))
  return { rich: joinRich(lines, lines.some(({ text }) => text.includes('\n')) ? '\n\n' : '\n'), buttons }
}

/** The text is written for people and tells the time in their language; it need not name the rest. */
function calendarPart({ text, title, place, icsUrl }: Of<'calendar'>): Part {
  const said = plain(text).text
  const missing = [title, place].filter(part => !said.includes(plain(part).text))
  const rich = joinRich([...missing.map(bold), plain(text)], '\n')
  return { rich, buttons: icsUrl ? [{ label: '📅 .ics', href: icsUrl }] : [] }
}

function pollPart({ question, options }: Of<'poll'>): Part {
  return { rich: bold(question), buttons: options.map(({ token, label }) => ({ label, token })) }
}

function locationPart({ text, lat, lon, label }: Of<'location'>): Part {
  return { rich: EMPTY, buttons: [], media: { kind: 'location', lat, lon, label }, fallback: plain(text) }
}

function mediaPart(block: Of<'image' | 'video' | 'file'>, caption: Rich): Part {
  const { kind, url, mediaId, text } = block
  const bytes = block.kind === 'image' ? undefined : block.bytes
  const film = block.kind === 'video' ? { seconds: block.seconds, posterUrl: block.posterUrl } : {}
  return {
    rich: caption,
    buttons: [],
    media: { kind, url, mediaId, bytes, ...film },
    // Without its link the person would hear of something they can't have.
    fallback: joinRich([plain(text), text.includes(url) ? EMPTY : plain(url)], '\n'),
  }
}

/** The buttons of the block itself, with the numbers of those that may be typed. */
export function choicesOf({ buttons, firstNumber }: Pick<Part, 'buttons' | 'firstNumber'>): Choice[] {
  return firstNumber === undefined ? buttons.map(button => ({ button })) : numberChoices(buttons, firstNumber)
}

/** Parts with at most `max` buttons of their own each; further buttons follow under a list of their labels. */
export function spreadButtons(part: Part, max: number): Part[] {
  if (part.buttons.length <= max) return [part]
  const rest = part.buttons.slice(max)
  const firstNumber = part.firstNumber === undefined ? undefined : part.firstNumber + max
  const following = { rich: labelList(rest.slice(0, max)), buttons: rest, firstNumber }
  return [{ ...part, buttons: part.buttons.slice(0, max) }, ...spreadButtons(following, max)]
}

/** The labels of buttons that have no text above them. */
export function labelList(buttons: readonly Button[]): Rich {
  return joinRich(
    buttons.map(button => choiceLine({ button })),
    '\n',
  )
}
