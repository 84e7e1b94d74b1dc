// Browsing instead of asking: the subjects, and the questions of one subject, a page at a time.
import type { Content, Entry } from '../../core/model/content.ts'
import type { Conversation } from '../../core/model/conversation.ts'
import type { Button, Outbound } from '../../core/model/message.ts'
import { type Context, type Input, reply, type Topic, type Translate } from '../../core/model/topic.ts'
import { textBlock } from '../../core/text/rich.ts'
import { hiddenBecause, visibleClips } from './catalog.ts'
import { entryButtons, menuButton } from './messages.ts'

/** In the order in which the menu shows them; folders of content/faq. */
export const CATEGORIES = [
  'powers',
  'participation',
  'information',
  'communities',
  'bodies',
  'basics',
  'youth',
  'rights',
  'open-government',
] as const

type Category = (typeof CATEGORIES)[number]

/** Opens the questions that lead to the right way of taking part. */
export const CHOOSER_TOKEN = 'g:'

/** What people can do besides asking, by the button that opens it. */
const DEEDS = [
  { name: 'workshops', token: 'w:l' },
  { name: 'polls', token: 'p' },
  { name: 'proposal', token: 'f' },
] as const

/** Viber shows about this many buttons without scrolling; the others get the same page. */
const PAGE_SIZE = 7

/** The subjects, one button each; subjects without an answer to show are left out. */
export function menuMessage(state: Conversation, context: Context, ...before: string[]): Outbound {
  const t = context.sentences(state.language)
  const filled = CATEGORIES.filter(category => visible(context.content, category, context.now).length > 0)
  const chooser = context.content.chooser.questions.length
    ? [{ label: t('guide.which'), token: CHOOSER_TOKEN }]
    : []
  return {
    blocks: [textBlock(...before, t('welcome.menu'))],
    buttons: [
      ...filled.map(category => ({ label: t(`category.${category}`), token: `m:${category}` })),
      ...chooser,
      ...(visibleClips(context.content, context.now).length ? [{ label: t('clips.menu'), token: 'cl' }] : []),
      ...DEEDS.map(({ name, token }) => ({ label: t(`menu.${name}`), token })),
    ],
  }
}

function visible(content: Content, category: Category, now: number): Entry[] {
  return content.entries.filter(entry => entry.category === category && !hiddenBecause(entry, now))
}

function categoryMessage(category: Category, page: number, state: Conversation, context: Context): Outbound {
  const t = context.sentences(state.language)
  const entries = visible(context.content, category, context.now)
  const shown = entries.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)
  const hasMore = entries.length > (page + 1) * PAGE_SIZE
  return {
    blocks: [textBlock(t('welcome.category', { category: t(`category.${category}`) }))],
    buttons: [
      ...entryButtons(
        shown.map(entry => entry.id),
        state.language,
        context,
      ),
      ...(hasMore ? [nextPageButton(category, page, t)] : []),
      menuButton(t),
    ],
  }
}

function nextPageButton(category: Category, page: number, t: Translate): Button {
  return { label: t('welcome.more'), token: `m:${category}:${page + 1}` }
}

/** `m:menu`, `m:<category>` or `m:<category>:<page>`, as far as the menu knows it. */
function parse(input: Input): 'menu' | { category: Category; page: number } | undefined {
  if (input.kind === 'command') return input.command === 'menu' ? 'menu' : undefined
  if (input.kind !== 'press') return undefined
  const [prefix, name, page = '0'] = input.token.split(':')
  if (prefix !== 'm') return undefined
  const category = CATEGORIES.find(known => known === name)
  return category && /^\d{1,2}$/.test(page) ? { category, page: Number(page) } : 'menu'
}

export const menuTopic: Topic = {
  id: 'menu',
  accepts: (_state, input) => parse(input) !== undefined,
  handle(state, input, context) {
    const wish = parse(input)
    const message =
      typeof wish === 'object'
        ? categoryMessage(wish.category, wish.page, state, context)
        : menuMessage(state, context)
    return reply(state, message)
  },
}
