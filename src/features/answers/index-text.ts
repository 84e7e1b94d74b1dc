// Words and stems of a text, the same way for content and questions.
import { stemmer as stemEnglish } from '@orama/stemmers/english'
import { stemmer as stemSerbian } from '@orama/stemmers/serbian'
import { fold } from '../../core/text/fold.ts'

/** Which stemmer reads the words; Serbian and Bosnian share one. */
export type Tongue = 'sr' | 'en'

/** A question longer than this is read up to here. Longer ones are stories whose end adds cost, not sense. */
export const QUESTION_MAX = 500

/** One word as typed and in normal form. */
export type Word = { typed: string; form: string }

/** The folded words of a content text. */
export function formsOf(text: string): string[] {
  return fold(text).split(' ').filter(Boolean)
}

/** The words of a question, at most QUESTION_MAX UTF-16 units of it. */
export function wordsOf(text: string): Word[] {
  const capped = text.slice(0, QUESTION_MAX).normalize('NFKC')
  const forms = formsOf(capped)
  const typed = capped.match(/[\p{L}\p{M}\p{N}\p{Cf}'’`ʼ´]*[\p{L}\p{N}][\p{L}\p{M}\p{N}\p{Cf}'’`ʼ´]*/gu) ?? []
  const aligned = typed.length === forms.length
  return forms.map((form, index) => ({ form, typed: (aligned && typed[index]) || form }))
}

/** What people begin and end a question with; it says nothing about what they ask. */
const COURTESIES = [
  'dobar dan|dobro vece|dobro jutro|dobro vece svima|postovani|postovana|postovanje|zdravo|cao|pozdrav|selam|merhaba',
  'molim vas|molim te|molim|hvala unapred|hvala vam|hvala|izvinite|izvini|unapred hvala|lep pozdrav|srdacan pozdrav',
  'hello|hi|hey|good morning|good afternoon|good evening|dear sir or madam|please|thanks in advance|thank you|thanks',
]
  .join('|')
  .split('|')
  .map(phrase => phrase.split(' '))
  .toSorted((a, b) => b.length - a.length)

/** The words of a question without greeting and thanks, unless hardly anything else was said. */
export function withoutCourtesies(words: readonly Word[]): Word[] {
  const kept: Word[] = []
  for (let at = 0; at < words.length; ) {
    const phrase = COURTESIES.find(forms => forms.every((form, offset) => words[at + offset]?.form === form))
    if (!phrase) kept.push(words[at] as Word)
    at += phrase?.length ?? 1
  }
  return kept.length >= ASKED_MIN ? kept : [...words]
}

/** Words that a question must have besides. */
const ASKED_MIN = 2

const STEMMERS = { sr: stemSerbian, en: stemEnglish }
/** Stems are asked for again and again; the bound keeps strangers' inventions from filling the memory. */
const MEMO_MAX = 50_000
const memos = { sr: new Map<string, string>(), en: new Map<string, string>() }

/** The stem of a folded word, without diacritics. Numbers and stems of one letter stay whole words. */
export function stemOf(form: string, tongue: Tongue): string {
  const memo = memos[tongue]
  const known = memo.get(form)
  if (known !== undefined) return known
  if (memo.size >= MEMO_MAX) memo.clear()
  const stem = /\d/.test(form) ? form : plain(STEMMERS[tongue](form))
  const kept = stem.length < 2 ? form : stem
  memo.set(form, kept)
  return kept
}

/** The Serbian stemmer puts diacritics back (djak → đak). */
function plain(stem: string): string {
  return stem.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd')
}
