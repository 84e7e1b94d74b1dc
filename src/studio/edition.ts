// A storyboard as one audience sees it: one language, one script, every word as it is drawn.
import type { Picture } from '../content/clip-pictures.ts'
import type { Locales } from '../content/locales.ts'
import type { Storyboard } from '../content/storyboard.ts'
import type { ClipVariant, Content, Language } from '../core/model/content.ts'
import type { Translate } from '../core/model/topic.ts'
import { toCyrillic } from '../core/text/transliterate.ts'

/** What the studio itself says in a clip. */
export type Credits = {
  brand: string
  ask: string
  promise: string
  sources: string
  checked: string
  unverified: string
  picture: string
}

export type EditionScene = {
  picture: Picture
  goesOn: boolean
  law?: string
  seconds?: number
  captions: string[]
  labels: string[]
  alt: string
}

export type Edition = {
  id: string
  order: number
  variant: ClipVariant
  language: Language
  title: string
  intro: string
  cover: Storyboard['cover']
  scenes: EditionScene[]
  sources: string[]
  credits: Credits
  /** Whether a fact of it still awaits a lawyer. */
  unverified: boolean
}

/** The language whose texts a variant shows. */
export function languageOf(variant: ClipVariant): Language {
  return variant === 'sr-Latn' || variant === 'sr-Cyrl' ? 'sr' : variant
}

/** What an edition needs beside its storyboard: the words that stay Latin, and the bot's own sentences. */
export type House = { protectedWords: readonly string[]; sentences: (language: Language) => Translate }

/** The house of a content folder. */
export function houseOf({ city }: Pick<Content, 'city'>, { translator }: Pick<Locales, 'translator'>): House {
  return { protectedWords: city.protectedWords, sentences: translator }
}

/** Makes an edition. */
export function editionOf(storyboard: Storyboard, variant: ClipVariant, house: House): Edition {
  const language = languageOf(variant)
  const inScript = (text: string) => (variant === 'sr-Cyrl' ? toCyrillic(text, house.protectedWords) : text)
  const { title, intro } = storyboard[language]
  return {
    id: storyboard.id,
    order: storyboard.order,
    variant,
    language,
    title: inScript(title),
    intro: inScript(intro),
    cover: storyboard.cover,
    scenes: storyboard.scenes.map(({ picture, goesOn, law, seconds, ...texts }) => ({
      picture,
      goesOn,
      law: law && inScript(law),
      seconds,
      captions: texts[language].captions.map(inScript),
      labels: texts[language].labels.map(inScript),
      alt: inScript(texts[language].alt),
    })),
    sources: storyboard.sources.map(inScript),
    credits: creditsOf(house.sentences(language), dayOf(storyboard.lastChecked), inScript),
    unverified: storyboard.confidence === 'B',
  }
}

function creditsOf(t: Translate, date: string, inScript: (text: string) => string): Credits {
  return {
    brand: inScript(t('web.bot')),
    ask: inScript(t('film.ask')),
    promise: inScript(t('film.promise')),
    sources: inScript(t('film.sources')),
    checked: inScript(t('answer.checked', { date })),
    unverified: inScript(t('film.unverified')),
    picture: inScript(t('film.picture')),
  }
}

/** A day as people write it here. */
function dayOf(iso: string): string {
  const [year, month, day] = iso.split('-').map(Number)
  return `${day}. ${month}. ${year}.`
}

/** A caption without its marks. */
export function plain(caption: string): string {
  return caption.replaceAll('**', '')
}
