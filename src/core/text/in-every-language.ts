// One message for people of every language, when it is not known who reads it.
import type { Language, Script } from '../model/content.ts'
import type { Outbound } from '../model/message.ts'
import { inCyrillic } from './transliterate-message.ts'

/** A message in every language people read; Cyrillic is made of the Serbian one. */
export type Said = Record<Language, Outbound> & { 'sr-Cyrl': Outbound }

/** `say` is given the script that pictures of the message must be in. */
export function inEveryLanguage(
  say: (language: Language, script: Script) => Outbound,
  protectedWords: readonly string[],
): Said {
  return {
    sr: say('sr', 'latn'),
    'sr-Cyrl': inCyrillic(say('sr', 'cyrl'), protectedWords),
    bs: say('bs', 'latn'),
    en: say('en', 'latn'),
  }
}
