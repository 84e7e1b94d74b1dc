// Which language a question is in. English has words of its own; Bosnian differs from Serbian by ijekavian
// forms, some words, and the infinitive after a modal verb.
import type { Language, Script } from '../../core/model/content.ts'
import type { Word } from './index-text.ts'

/** The commonest little words, folded; a word of both languages ("on", "to", "a", "i") stands in neither. */
const ENGLISH = new Set(
  (
    'the is are was were what where when who whom how why which can could do does did will would should must may ' +
    'my your our their his her its it we you they he she this that these those there here of for from with without ' +
    'about and or not dont cant im ive id whats wheres hows isnt an in at by as be been has have had if any some ' +
    'get got want need know tell please hello hi thanks thank just like one out up me us them into much many ' +
    'someone anyone nobody something anything make makes give take new old city town mayor'
  ).split(' '),
)
const SERBIAN = new Set(
  (
    'je su sam smo ste si se da li kako gde gdje sta sto ko kome koga koji koja koje kad kada zasto koliko ' +
    'moze mogu mozemo mora moram treba trebam hocu hoce zelim imam imamo ima nema nemam nije nisu nisam ' +
    'od za na u iz po kod pri sa ili ali ako jer bih bi bismo biste cu ce cemo cete me mi vi nas nam vam moj ' +
    'moja moje nasa nase nasi ovo ovaj ova taj tu ovde tamo sve svi jel jeli neko nesto negde onda samo jos ' +
    'vec pa te ni nego kao posle pre dobar dan hvala molim grad grada gradu opstina opstine'
  ).split(' '),
)

export type KnownWords = { sr(form: string): boolean; en(form: string): boolean }

/** English, Serbian or Bosnian (one index), or unsure. Cyrillic is never English. */
export function routeOf(
  words: readonly Word[],
  script: Script | undefined,
  known: KnownWords,
): 'sr' | 'en' | 'both' {
  if (script === 'cyrl') return 'sr'
  let english = 0
  let serbian = 0
  for (const { form, typed } of words) {
    if (ENGLISH.has(form)) english += 1
    else if (SERBIAN.has(form) || /[čćžšđ]/i.test(typed)) serbian += 1
    else if (known.sr(form) !== known.en(form)) {
      if (known.en(form)) english += 0.5
      else serbian += 0.5
    }
  }
  const clear = Math.max(1, 0.15 * words.length)
  if (english - serbian >= clear) return 'en'
  return serbian - english >= clear ? 'sr' : 'both'
}

/** Ijekavian inside a word: prijedlog, dijete, mjesto, vjera, sjednica, gdje. */
const IJEKAVIAN =
  /[bcdfghklmnprstvz]ije(?=\p{L})|[bpvmftsc]je(?=\p{L})|gdje|ovdje|djec|djel|zahtjev|nedjelj|vidje/u
/** Serbian words that only look so: prijem, klijent, objekat, nijedan, objava, odjel is Bosnian. */
const NOT_IJEKAVIAN =
  /prijem|klijent|orijent|pacijent|higijen|ambijent|nijed|objek|subjek|objed|objes|tijek|dijet[ae]ln/u
/** Ekavian where Bosnian has another form. */
const EKAVIAN =
  /^(?:gde|ovde|negde|nigde|pre|posle|uvek|deca|dece|deci|decu|decom|deo|dela|delu|vreme|mesto|mesta|mestu|mesn\p{L}+|resen\p{L}+|zahtev\p{L}*|predlo[gz]\p{L}*|sednic\p{L}*|vecnik\p{L}*|vec[ea]m?|nedelj\p{L}*|lep\p{L}*|cen[aeui]|zivim?o|zeleo|hteo|voleo|video|ziveo|dve|obe|savet\p{L}*|izvestaj\p{L}*|obavest\p{L}+|promen\p{L}+|izmen\p{L}+|primer\p{L}*|mer[aeu]|reka|reci|smetnj\p{L}*|svetl\p{L}*|rasvet\p{L}*|uslov\p{L}*|bezbed\p{L}+|lekar\p{L}*|hiljad\p{L}*|odeljen\p{L}*)$/u
/** Words of Bosnian alone. */
const BOSNIAN =
  /^(?:opcin\p{L}*|uopce|opcenit\p{L}*|sedmic\p{L}*|lahk\p{L}*|mehk\p{L}*|kahv\p{L}*|histori\p{L}*|naprimjer|takodjer|takoder|htio|htjel\p{L}*|zelio|volio|vidio|zivio|smio|dio|prije|poslije|dvije|obje|uvijek|nigdje|vijec\p{L}*|vijecnik\p{L}*|rasvjet\p{L}*|obavijest\p{L}*|izvjestaj\p{L}*|vlas?t\p{L}*|odjel\p{L}*|ljekar\p{L}*|ljet\p{L}*|sljedec\p{L}*|uvjet\p{L}*|porodic\p{L}*|sigurnost\p{L}*|haber|sahat|raja|nana|nani|nanu|dedo|rahmetli|aksam|sabah|merhaba|selam|ehlen|zijan|prituzb\p{L}*|ovlasten\p{L}*|lijep\p{L}*)$/u
const MODAL = new Set(
  'mogu moze mozemo moram mora moramo zelim zelimo hocu hoce trebam treba kako gdje smijem'.split(' '),
)

/** Serbian or Bosnian; `fallback` when nothing tells them apart. */
export function southSlavicOf(
  words: readonly Word[],
  script: Script | undefined,
  fallback: 'sr' | 'bs',
): 'sr' | 'bs' {
  // Bosnian is written in Latin script here.
  if (script === 'cyrl') return 'sr'
  const spelled = words.map(word => spell(word.typed))
  let balance = 0
  spelled.forEach((word, index) => {
    if (BOSNIAN.test(word) || (IJEKAVIAN.test(word) && !NOT_IJEKAVIAN.test(word))) balance++
    else if (EKAVIAN.test(word)) balance--
    else if (/(?:ti|ci)$/.test(word) && word.length > 4 && MODAL.has(spelled[index - 1] ?? '')) balance += 0.5
    else if (word === 'da' && MODAL.has(spelled[index - 1] ?? '')) balance -= 0.5
  })
  // An infinitive or a "da" alone is heard from both.
  if (Math.abs(balance) < 1) return fallback
  return balance > 0 ? 'bs' : 'sr'
}

/** Without diacritics, but still ijekavian. */
function spell(typed: string): string {
  return typed.toLowerCase().replace(/đ/g, 'dj').normalize('NFD').replace(/\p{M}/gu, '')
}

/** The language of a reply, from the index that was used and the words. */
export function replyLanguage(
  route: 'sr' | 'en',
  words: readonly Word[],
  script: Script | undefined,
  hint: Language | undefined,
): Language {
  if (route === 'en') return 'en'
  return southSlavicOf(words, script, hint === 'bs' ? 'bs' : 'sr')
}
