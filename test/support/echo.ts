// The smallest knowledge a kernel runs on: it repeats what it hears, so that tests of the kernel don't
// depend on the content.
import type { City, Content, Language } from '../../src/core/model/content.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { reply, type Topic } from '../../src/core/model/topic.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { PUBLIC_URL } from './bot.ts'

const everywhere = <Value>(value: Value): Record<Language, Value> => ({ sr: value, bs: value, en: value })

const city: City = {
  name: everywhere('Grad'),
  timeZone: 'Europe/Belgrade',
  site: 'https://grad.example',
  office: everywhere('Trg 1'),
  protectedWords: [],
}

const content: Content = {
  hash: 'echo',
  city,
  entries: [],
  negatives: [],
  synonyms: everywhere([]),
  thresholds: undefined,
  guides: [],
  chooser: { start: '', questions: [] },
  holidays: [],
  communities: [],
  newsTopics: [],
  clips: [],
}

/** Repeats a text; "boom" breaks, "two" is answered by two messages. */
export const echoTopic: Topic = {
  id: 'answers',
  accepts: () => true,
  handle(state, input) {
    const text = input.kind === 'text' ? input.text : input.kind
    if (text === 'boom') throw new Error('boom')
    const say = (said: string) => ({
      blocks: [{ kind: 'text' as const, text: said }],
      buttons: [{ label: 'First', token: 'e:1' }],
    })
    return reply(
      { ...state, privacyShown: true },
      ...(text === 'two' ? [say('one'), say('two')] : [say(text)]),
    )
  },
}

export function echoKnowledge(topics: readonly Topic[] = [echoTopic]): Knowledge {
  return {
    topics,
    content,
    match: () => ({ decision: 'handover', top: [], language: 'en', script: 'latn', corrections: [] }),
    sentences: () => key => key,
    publicUrl: PUBLIC_URL,
    settings: DEFAULT_SETTINGS,
  }
}
