// A message as requests to Viber, within its limits. Pure: no receiver, no files, no network.
import type { Block, Button, Outbound } from '../../core/model/message.ts'
import { type Choice, numberChoices, numberOwn, type Placement, placeButtons } from '../shared/buttons.ts'
import { choicesOf, labelList, type Part, partsOf } from '../shared/parts.ts'
import { EMPTY, joinRich, plain, type Rich, spellOutLinks, splitRich } from '../shared/rich.ts'
import { accepts, keyboard } from './keyboard.ts'
import * as limits from './limits.ts'
import { mediaContent } from './media.ts'
import { type Content, jsonBytes, type RichMedia } from './payload.ts'
import { type Card, carousel, FIELDS_MAX, fields } from './rich-media.ts'

const { textMax, captionMax, labelMax, buttonsMax } = limits.VIBER_CAPABILITIES

export type ViberCall = {
  content: Content
  /** The stored file in it. */
  mediaId?: string
  /** What replaces this call and all those behind it when Viber refuses it. */
  otherwise?: ViberCall[]
}

/** The calls that show a message, in order. The last one carries the keyboard with every button. */
export function render(message: Outbound): ViberCall[] {
  return renderAll(message, { cards: true, earlier: [] })
}

/**
 * The message as one text, which is all that may greet somebody who opens the chat; undefined if it says
 * nothing. `apiVersion`: what the person's app understands.
 */
export function renderWelcome(message: Outbound, apiVersion: number): Content | undefined {
  const parts = partsOf(message)
  const { shown, listed } = placeAll(parts.flatMap(choicesOf), numberOwn(message), false)
  const said = joinRich([...parts.map(({ rich, fallback }) => fallback ?? rich), listed])
  const [text] = textContents(said.text ? said : labelList(shown))
  return text && withKeyboard(text, shown, apiVersion >= limits.API_VERSION)
}

type Mode = {
  /** Whether the app may be asked to show cards and fields. */
  cards: boolean
  /** Buttons of blocks that were shown before. */
  earlier: Choice[]
}

function renderAll({ blocks, buttons }: Outbound, { cards, earlier }: Mode): ViberCall[] {
  const items: Item[] = []
  const choices = [...earlier]
  for (const run of runsOf(blocks, cards)) {
    if (run.media) {
      const rest = { blocks: blocks.slice(run.from), buttons }
      items.push(richItem(run.media, EMPTY, renderAll(rest, { cards: false, earlier: [...choices] })))
      continue
    }
    const parts = partsOf({ blocks: run.blocks, buttons: [] }, typed(choices) + 1)
    items.push(...parts.flatMap(part => itemsOf(part, run.blocks)))
    choices.push(...parts.flatMap(choicesOf))
  }
  const { shown, listed, overflow } = placeAll(choices, numberChoices(buttons, typed(choices) + 1), cards)
  const all = mergeTexts([...items, ...overflow, { rich: listed }])
  if (all.length === 0) all.push({ rich: labelList(shown) })
  return chain(all.flatMap(headsOf), shown)
}

/** Neighbouring blocks; with `media` they are cards shown as one message. */
type Run = { from: number; blocks: Block[]; media?: RichMedia }

function runsOf(blocks: readonly Block[], cards: boolean): Run[] {
  const runs: Run[] = []
  for (const [from, block] of blocks.entries()) {
    const run = runs.at(-1)
    const [first] = run?.blocks ?? []
    const room = !isCard(block) || (run && run.blocks.length < limits.CARDS_MAX)
    if (run && first && isCard(first) === isCard(block) && room) run.blocks.push(block)
    else runs.push({ from, blocks: [block] })
  }
  return cards ? runs.map(run => ({ ...run, media: carousel(run.blocks.filter(isCard)) })) : runs
}

function isCard(block: Block): block is Card {
  return block.kind === 'card'
}

/** A text, or something else with what is said instead of it when it is refused. */
type Item = { rich: Rich } | Shown
type Shown = {
  content: Content
  mediaId?: string
  instead: Rich
  /** Replaces everything from here on, not only this. */
  rest?: ViberCall[]
}

function richItem(media: RichMedia, instead: Rich, rest?: ViberCall[]): Shown {
  const content: Content = { type: 'rich_media', rich_media: media, min_api_version: limits.API_VERSION }
  return { content, instead, rest }
}

function itemsOf({ rich, media, fallback = EMPTY }: Part, blocks: readonly Block[]): Item[] {
  const content = media && mediaContent(media, blocks)
  if (!media) return [{ rich }]
  if (!content) return [{ rich: fallback }]
  const mediaId = 'mediaId' in media ? media.mediaId : undefined
  if (content.type === 'picture') return pictureItems(content, mediaId, rich, fallback)
  const label = media.kind === 'location' ? plain(media.label) : EMPTY
  return [{ rich: joinRich([label, rich]) }, { content, mediaId, instead: fallback }]
}

/** A caption that is too long follows as a text. */
function pictureItems(
  picture: Extract<Content, { type: 'picture' }>,
  mediaId: string | undefined,
  rich: Rich,
  fallback: Rich,
): Item[] {
  const caption = spelled(rich)
  if (caption.text.length <= captionMax) {
    return [{ content: { ...picture, text: caption.text }, mediaId, instead: fallback }]
  }
  const instead = fallback.text === rich.text ? EMPTY : fallback
  return [{ content: picture, mediaId, instead }, { rich: caption }]
}

/** How many of the choices may be typed as a number. */
function typed(choices: readonly Choice[]): number {
  return choices.filter(({ number }) => number !== undefined).length
}

/**
 * Everything goes into the one keyboard. If that is too small, buttons of blocks become fields in the
 * chat, as nobody could press them otherwise, and links stand in the text.
 */
function placeAll(ofBlocks: Choice[], own: Choice[], cards: boolean): Placement & { overflow: Item[] } {
  const all = [...ofBlocks, ...own]
  const limit = { labelMax, buttonsMax, accepts }
  if (all.length <= buttonsMax) return { ...placeButtons(all, limit), overflow: [] }
  const tokens = { ...limit, accepts: (button: Button) => 'token' in button && accepts(button) }
  if (!cards || all.filter(({ button }) => 'token' in button).length <= buttonsMax) {
    return { ...placeButtons(all, tokens), overflow: [] }
  }
  const inChat = placeButtons(ofBlocks, { ...tokens, buttonsMax: Number.POSITIVE_INFINITY })
  return { ...placeButtons(own, tokens), overflow: [{ rich: inChat.listed }, ...fieldItems(inChat.shown)] }
}

function fieldItems(buttons: readonly Button[]): Item[] {
  if (buttons.length === 0) return []
  const now = buttons.slice(0, FIELDS_MAX)
  return [richItem(fields(now), labelList(now)), ...fieldItems(buttons.slice(FIELDS_MAX))]
}

/** Every message counts towards Viber's limits and may cost: neighbouring texts are one. */
function mergeTexts(items: readonly Item[]): Item[] {
  const merged: Item[] = []
  for (const item of items) {
    const last = merged.at(-1)
    if (!('rich' in item)) merged.push(item)
    else if (last && 'rich' in last) merged[merged.length - 1] = { rich: joinRich([last.rich, item.rich]) }
    else if (item.rich.text.trim()) merged.push(item)
  }
  return merged
}

/** One request, and the requests that say the same more simply. */
type Head = { content: Content; mediaId?: string; instead?: Content[]; rest?: ViberCall[] }

function headsOf(item: Item): Head[] {
  if ('rich' in item) return textContents(item.rich).map(content => ({ content }))
  return [{ ...item, instead: textContents(item.instead) }]
}

/** Texts of at most 7,000 units, and few enough bytes. */
function textContents(rich: Rich): Content[] {
  const { TEXT_BYTES_MAX: bytesMax } = limits
  const pieces = splitRich(spelled(rich), textMax).flatMap(piece =>
    // No unit takes more than three bytes.
    jsonBytes(piece.text) <= bytesMax ? [piece] : splitRich(piece, Math.floor(bytesMax / 3)),
  )
  return pieces.map(({ text }) => ({ type: 'text', text }))
}

/** Viber's texts have no styles. */
function spelled(rich: Rich): Rich {
  return spellOutLinks(rich, () => false)
}

/** Built from the end, as the alternative of each call goes on with the calls behind it. */
function chain(heads: readonly Head[], shown: Button[]): ViberCall[] {
  let calls: ViberCall[] = []
  for (const [index, head] of [...heads.entries()].reverse()) {
    const last = index === heads.length - 1
    calls = [callOf(head, calls, last ? shown : []), ...calls]
  }
  return calls
}

function callOf({ content, mediaId, instead, rest }: Head, behind: ViberCall[], keys: Button[]): ViberCall {
  const simpler = instead ?? (keys.length ? [content] : [])
  // A keyboard needs something to come with.
  const said = simpler.length || !keys.length ? simpler : textContents(labelList(keys))
  const otherwise = rest ?? (said.length || instead ? [...simplest(said, keys), ...behind] : [])
  return {
    content: withKeyboard(content, keys, true),
    ...(mediaId && { mediaId }),
    ...(otherwise.length && { otherwise }),
  }
}

/** For apps of the first version. */
function simplest(contents: readonly Content[], keys: Button[]): ViberCall[] {
  const last = contents.length - 1
  return contents.map((content, index) => ({
    content: withKeyboard(content, index === last ? keys : [], false),
  }))
}

function withKeyboard(content: Content, keys: Button[], silent: boolean): Content {
  if (keys.length === 0) return content
  const version = silent ? { min_api_version: limits.API_VERSION } : {}
  return { ...content, ...version, keyboard: keyboard(keys, silent) }
}
