// Hello, help, language, and kind words for what the bot can't read.
import type { Language, Script } from '../../core/model/content.ts'
import type { Conversation } from '../../core/model/conversation.ts'
import type { Button } from '../../core/model/message.ts'
import { type Context, type Input, reply, type Topic, type Turn } from '../../core/model/topic.ts'
import { textBlock } from '../../core/text/rich.ts'
import { menuMessage } from '../answers/index.ts'
import { takeBackButtons } from '../consent/index.ts'

/** Each choice is written as its readers write it. */
const CHOICES: { token: string; label: string; language: Language; script: Script }[] = [
  { token: 'lang:sr', label: 'Srpski (latinica)', language: 'sr', script: 'latn' },
  { token: 'lang:sr-Cyrl', label: 'Српски (ћирилица)', language: 'sr', script: 'cyrl' },
  { token: 'lang:bs', label: 'Bosanski', language: 'bs', script: 'latn' },
  { token: 'lang:en', label: 'English', language: 'en', script: 'latn' },
]

export const welcomeTopic: Topic = {
  id: 'welcome',
  accepts(_state, input) {
    if (input.kind === 'command') return input.command === 'help' || input.command === 'language'
    if (input.kind === 'start') return !input.payload?.startsWith('faq-')
    return input.kind === 'attachment' || (input.kind === 'press' && input.token.startsWith('lang:'))
  },
  loads: (_state, input) =>
    input.kind === 'command' && input.command === 'help' ? [{ kind: 'consents' }] : [],
  handle(state, input, context) {
    if (input.kind === 'start') return greet(state, context)
    if (input.kind === 'command')
      return input.command === 'help' ? help(state, context) : offerLanguages(state, input, context)
    if (input.kind === 'press') return choose(state, input.token, context)
    const t = context.sentences(state.language)
    return reply(state, { blocks: [textBlock(t('welcome.attachment'))], buttons: [] })
  },
}

function greet(state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  return reply(
    { ...state, pending: undefined },
    menuMessage(state, context, t('welcome.greeting'), t('welcome.examples'), ''),
  )
}

function help(state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  return reply(state, {
    blocks: [textBlock(t('welcome.help'), '', t('welcome.helpCommands'))],
    buttons: takeBackButtons(context, t),
  })
}

/** `/jezik` asks; `/jezik en` or `/jezik ћирилица` chooses at once. */
function offerLanguages(
  state: Conversation,
  input: Extract<Input, { kind: 'command' }>,
  context: Context,
): Turn {
  const named = CHOICES.find(choice => mentions(choice, input.argument))
  if (named) return choose(state, named.token, context)
  const t = context.sentences(state.language)
  const buttons: Button[] = CHOICES.map(({ token, label }) => ({ token, label }))
  return reply(state, { blocks: [textBlock(t('language.question'))], buttons })
}

function mentions(choice: (typeof CHOICES)[number], argument: string): boolean {
  const wish = argument.trim().toLowerCase()
  if (!wish) return false
  return (
    choice.token.slice('lang:'.length).toLowerCase() === wish || choice.label.toLowerCase().includes(wish)
  )
}

function choose(state: Conversation, token: string, context: Context): Turn {
  const choice = CHOICES.find(candidate => candidate.token === token)
  if (!choice) return offerLanguages(state, { kind: 'command', command: 'language', argument: '' }, context)
  const { language, script } = choice
  const t = context.sentences(language)
  const next: Conversation = { ...state, language, script, languageChosen: true }
  return reply(next, menuMessage(next, context, t('language.chosen'), ''))
}
