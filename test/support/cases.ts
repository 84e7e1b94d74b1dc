// What tests of cases do again and again.
import { expect } from 'vitest'
import type { Event } from '../../src/core/model/event.ts'
import type { Settings } from '../../src/core/model/settings.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { buttonsOf, realKnowledge, type startBot, textOf } from './bot.ts'

type Bot = Awaited<ReturnType<typeof startBot>>

/** The real content with departments and ready-made texts. */
export async function caseKnowledge(settings: Partial<Settings> = {}): Promise<Knowledge> {
  const knowledge = await realKnowledge()
  const everywhere = (sr: string, en = sr) => ({ sr, bs: sr, en })
  return {
    ...knowledge,
    settings: {
      ...knowledge.settings,
      departments: [
        { id: 'communal', name: everywhere('Komunalni poslovi', 'Communal affairs') },
        { id: 'urban', name: everywhere('Urbanizam', 'Urban planning') },
      ],
      cannedReplies: [
        {
          id: 'thanks',
          title: 'Hvala',
          texts: everywhere('Hvala na pitanju. Odgovorićemo uskoro.', 'Thank you for the question.'),
        },
      ],
      ...settings,
    },
  }
}

/** Somebody in a chat. */
export function chatWith(bot: Bot, address: string) {
  const tell = (event: Event) => bot.tell(address, event)
  const say = (text: string) => tell({ kind: 'text', text })
  const press = (token: string) => tell({ kind: 'press', token })
  return {
    say,
    press,
    tell,
    /** Presses the button with this label on the last message. */
    async choose(label: string) {
      const button = buttonsOf(sentTo(bot, address).slice(-1)).find(it => it.label === label)
      expect(button, label).toBeDefined()
      return press(button && 'token' in button ? button.token : '')
    },
    /** Sends a question to the city; resolves to the number of its case. */
    async ask(question: string): Promise<string> {
      await press('case:send')
      const offer = await say(question)
      const yes = buttonsOf(offer).find(button => 'token' in button && button.token.startsWith('case:yes:'))
      const sent = textOf(await press(yes && 'token' in yes ? yes.token : ''))
      return (/\d{3}-\d{3}/.exec(sent)?.[0] ?? '').replace('-', '')
    },
    /** Everything that arrived in the chat. */
    received: () => sentTo(bot, address).map(message => textOf([message])),
  }
}

function sentTo(bot: Bot, address: string) {
  return bot.channel.sent.filter(sent => sent.address === address).map(({ message }) => message)
}
