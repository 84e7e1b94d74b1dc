// What the bot remembers of where a conversation stands, in words.
import type { Conversation, Pending } from '../core/model/conversation.ts'
import type { SentenceKey } from '../core/model/sentence-key.ts'
import type { Words } from './reading.ts'

/** One line for each thing that is remembered; a chat that was emptied has none. */
export function describeChat(state: Partial<Conversation>, words: Words): string {
  const { last, fragments = [], pending, draft, rated = [] } = state
  const { t } = words
  const quoted = (texts: readonly string[]) => texts.map(text => `„${text}“`).join(', ')
  const lines: [SentenceKey, string][] = [
    ['data.address.last', last ? titleOf(last.entryId, words) : ''],
    ['data.address.question', last?.question ?? ''],
    ['data.address.fragments', quoted(fragments.map(({ text }) => text))],
    ['data.address.pending', pending ? aboutOf(pending, words) : ''],
    ['feedback.title', draft?.text ?? ''],
    ['data.address.rated', quoted(rated.map(id => titleOf(id, words)))],
  ]
  return lines
    .filter(([, value]) => value)
    .map(([label, value]) => `${t(label)}: ${value}`)
    .join('\n')
}

function aboutOf(pending: Pending, words: Words): string {
  switch (pending.kind) {
    case 'suggestion':
    case 'rephrase':
    case 'unanswered':
      return pending.question
    case 'case-text':
      return pending.reference ?? words.t('case.write')
    case 'reason':
      return titleOf(pending.entryId, words)
    case 'deadline-start':
      return pending.guideId
    case 'workshop-size':
    case 'workshop-door':
    case 'workshop-comment':
    case 'workshop-wish':
      return words.t(`data.address.awaits.${pending.kind}`)
    case 'poll-text':
      return words.t('polls.all')
  }
}

function titleOf(entryId: string, { content, language, write }: Words): string {
  const entry = content.entries.find(({ id }) => id === entryId)
  return entry ? write(entry.texts[language].title) : entryId
}
