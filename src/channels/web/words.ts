// The words a message's view needs; the server hands the same ones to the browser.
import { LANGUAGES, type Language } from '../../core/model/content.ts'
import type { Translate } from '../../core/model/topic.ts'
import type { PageLanguage } from '../../core/text/page-language.ts'
import { toCyrillic } from '../../core/text/transliterate.ts'
import type { ScriptWords } from './browser/view.js'

const LOCALES: Record<PageLanguage, string> = {
  'sr-Latn': 'sr-Latn-RS',
  'sr-Cyrl': 'sr-Cyrl-RS',
  bs: 'bs-BA',
  en: 'en-GB',
}

/** The words of one page language. */
export function wordsFor(
  page: PageLanguage,
  t: Translate,
  options: { timeZone: string; publicUrl: string; translator: (language: Language) => Translate },
): ScriptWords {
  return {
    locale: LOCALES[page],
    timeZone: options.timeZone,
    bot: t('web.bot'),
    you: t('web.you'),
    choices: t('web.choices'),
    openUntil: t('web.openUntil'),
    map: t('web.map'),
    calendar: t('web.calendar'),
    captions: t('web.captions'),
    privacyUrl: `${options.publicUrl}/privacy`,
    sourceLabels: sourceLabels(options.translator),
    offline: t('web.offline'),
    refused: t('web.refused'),
    suggestions: t('web.suggestions'),
    photoSending: t('web.photoSending'),
    photoFailed: t('web.photoFailed'),
    photoName: t('web.photoName'),
  }
}

function sourceLabels(translator: (language: Language) => Translate): string[] {
  const labels = LANGUAGES.map(language => translator(language)('answer.source'))
  return [...new Set([...labels, ...labels.map(label => toCyrillic(label, []))])]
}
