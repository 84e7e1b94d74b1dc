// What people would be told: the real conversation, asked for this answer.
import type { Language, Script } from '../../core/model/content.ts'
import { newConversation } from '../../core/model/conversation.ts'
import type { Outbound } from '../../core/model/message.ts'
import type { Context } from '../../core/model/topic.ts'
import { textBlock } from '../../core/text/rich.ts'
import { inCyrillic } from '../../core/text/transliterate-message.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { messagePreviews, type Visit } from '../../staff/index.ts'
import { answersTopic, entryToken, menuButton } from '../answers/index.ts'
import type { Desk } from './desk.ts'
import { LOOKS } from './edit-views.ts'
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

/** The item on every channel. `look`: one of LOOKS; the first counts for anything else. */
export function itemPreview(desk: Desk, visit: Visit, item: Item, look?: string): Html {
  const chosen = LOOKS.find(known => known === look) ?? LOOKS[0]
  const language = chosen === 'bs' || chosen === 'en' ? chosen : 'sr'
  const context = contextWith(desk, item, visit.now.getTime())
  return shownMessages(
    desk,
    visit,
    itemMessages(item, language, context),
    chosen === 'sr-Cyrl' ? 'cyrl' : 'latn',
  )
}

/** Messages as the channels show them, in one script. */
export function shownMessages(desk: Desk, visit: Visit, messages: readonly Outbound[], script: Script): Html {
  const { content, sentences } = desk.knowledge()
  const { protectedWords } = content.city
  const looker = { ...visit, publicUrl: desk.publicUrl, translator: sentences }
  return html`${messages.map(message =>
    messagePreviews(script === 'cyrl' ? inCyrillic(message, protectedWords) : message, looker),
  )}`
}
