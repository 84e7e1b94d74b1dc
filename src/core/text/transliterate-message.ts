// A whole message in Cyrillic: texts, labels and titles; never tokens, links, file names or ids.
import type { Block, Button, Outbound, Span } from '../model/message.ts'
import { toCyrillic, toCyrillicSpans } from './transliterate.ts'

/** The bot says the same sentences again and again; this many are kept in both scripts. */
const KEPT_MAX = 5000
const kept = new WeakMap<readonly string[], Map<string, TextBlock>>()

type TextBlock = { text: string; spans?: Span[] }
type Cyrillic = (text: string) => string

/** The same message in Cyrillic. Styled ranges move with the letters they cover. */
export function inCyrillic(message: Outbound, protectedWords: readonly string[]): Outbound {
  const cyrillic = (text: string) => remembered({ text }, protectedWords).text
  return {
    blocks: message.blocks.map(block => blockInCyrillic(block, cyrillic, protectedWords)),
    buttons: message.buttons.map(button => buttonInCyrillic(button, cyrillic)),
  }
}

function remembered(latin: TextBlock, protectedWords: readonly string[]): TextBlock {
  const known = kept.get(protectedWords) ?? new Map<string, TextBlock>()
  kept.set(protectedWords, known)
  const key = latin.spans ? `${latin.text}${JSON.stringify(latin.spans)}` : latin.text
  const before = known.get(key)
  if (before) return before
  if (known.size >= KEPT_MAX) known.clear()
  const cyrillic = latin.spans
    ? toCyrillicSpans(latin.text, latin.spans, protectedWords)
    : { text: toCyrillic(latin.text, protectedWords) }
  known.set(key, cyrillic)
  return cyrillic
}

function blockInCyrillic(block: Block, cyrillic: Cyrillic, protectedWords: readonly string[]): Block {
  if (block.kind === 'text') return { ...block, ...remembered(block, protectedWords) }
  const text = cyrillic(block.text)
  switch (block.kind) {
    case 'card':
      return {
        ...block,
        text,
        title: cyrillic(block.title),
        body: block.body && cyrillic(block.body),
        buttons: block.buttons?.map(button => buttonInCyrillic(button, cyrillic)),
      }
    case 'list':
      return {
        ...block,
        text,
        items: block.items.map(item => ({
          ...item,
          title: cyrillic(item.title),
          body: item.body && cyrillic(item.body),
        })),
      }
    case 'video':
      return { ...block, text, title: cyrillic(block.title) }
    case 'image':
      return { ...block, text, alt: cyrillic(block.alt) }
    case 'location':
      return { ...block, text, label: cyrillic(block.label) }
    case 'calendar':
      return { ...block, text, title: cyrillic(block.title), place: cyrillic(block.place) }
    case 'poll':
      return {
        ...block,
        text,
        question: cyrillic(block.question),
        options: block.options.map(option => ({ ...option, label: cyrillic(option.label) })),
      }
    // Its text is its name.
    case 'file':
      return block
  }
}

function buttonInCyrillic(button: Button, cyrillic: Cyrillic): Button {
  return { ...button, label: cyrillic(button.label) }
}
