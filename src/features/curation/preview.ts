// What people would be told: the real conversation, asked for this answer.
import type { Language } from '../../core/model/content.ts'
import { newConversation } from '../../core/model/conversation.ts'
import type { Outbound } from '../../core/model/message.ts'
import type { Context } from '../../core/model/topic.ts'
import { contentLanguage, type PageLanguage } from '../../core/text/page-language.ts'
import { textBlock } from '../../core/text/rich.ts'
import { inCyrillic } from '../../core/text/transliterate-message.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { lookOf, messagePreviews, type Visit } from '../../staff/index.ts'
import { answersTopic, entryToken, menuButton } from '../answers/index.ts'
import type { Desk } from './desk.ts'
import { type Item, isEntry, withItem } from './item.ts'

/** A conversation about the content with this item in it, at this moment. */
export function contextWith({ knowledge }: Desk, item: Item | undefined, now: number): Context {
  const { content, match, sentences, publicUrl, settings } = knowledge()
  return {
    content: item ? withItem(content, item) : content,
    match,
    now,
    sentences,
    data: {},
    publicUrl,
    settings,
  }
}

/** The message with the item's text, as somebody gets it who asks for it. */
function itemMessages(item: Item, language: Language, context: Context): Outbound[] {
  const t = context.sentences(language)
  if (!isEntry(item)) return [{ blocks: [textBlock(item.texts[language].answer)], buttons: [menuButton(t)] }]
  const press = { kind: 'press' as const, token: `e:${entryToken(item.id)}` }
  return answersTopic.handle(newConversation(language), press, context).messages
}

/** The item on every channel, in the language and script that are chosen. */
export function itemPreview(desk: Desk, visit: Visit, item: Item): Html {
  const look = lookOf(visit)
  const context = contextWith(desk, item, visit.now.getTime())
  return shownMessages(desk, visit, itemMessages(item, contentLanguage(look), context), look)
}

/** Messages as the channels show them to readers of one language and script. */
export function shownMessages(
  desk: Desk,
  visit: Visit,
  messages: readonly Outbound[],
  reader: PageLanguage,
): Html {
  const { content, sentences } = desk.knowledge()
  const { protectedWords } = content.city
  const looker = { ...visit, publicUrl: desk.publicUrl, translator: sentences, reader }
  return html`${messages.map(message =>
    messagePreviews(reader === 'sr-Cyrl' ? inCyrillic(message, protectedWords) : message, looker),
  )}`
}
