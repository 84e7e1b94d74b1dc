// The one normal form in which questions and content meet: Општина, Opština, opshtina, općina → opstina.
import type { Script } from '../model/content.ts'
import { CYRILLIC_LOOK, LATIN_LOOK, scriptOf, scriptOfWord } from './script.ts'

const TO_LATIN: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  ђ: 'đ',
  е: 'e',
  ж: 'ž',
  з: 'z',
  и: 'i',
  ј: 'j',
  к: 'k',
  л: 'l',
  љ: 'lj',
  м: 'm',
  н: 'n',
  њ: 'nj',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  ћ: 'ć',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'č',
  џ: 'dž',
  ш: 'š',
  й: 'j',
  ы: 'i',
  э: 'e',
  ё: 'jo',
  ю: 'ju',
  я: 'ja',
  щ: 'šč',
  ь: '',
  ъ: '',
  і: 'i',
  ѕ: 'dz',
  ѓ: 'đ',
  ќ: 'ć',
  ѝ: 'i',
  ї: 'ji',
  є: 'je',
  ґ: 'g',
}

const LATIN = /\p{Script=Latin}/u
const CYRILLIC = /\p{Script=Cyrillic}/u

/** Letters that Unicode doesn't take apart into a base letter and a mark. */
const PLAIN: Record<string, string> = { đ: 'd', ð: 'd', ł: 'l', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' }

/** Ijekavian words that no general rule reaches without harming others. */
const EKAVIAN = new Map([
  ['prije', 'pre'],
  ['poslije', 'posle'],
  ['dvije', 'dve'],
  ['obje', 'obe'],
  ['dio', 'deo'],
  ['htio', 'hteo'],
])

/**
 * The normal form of a text: lower-case Latin letters without diacritics, ekavian, words separated by one
 * space. Equal for every script and spelling of the same words; total on any string. Idempotent.
 */
export function fold(text: string): string {
  const words = SERBIAN_LATIN.test(text) ? latinWords(text) : anyWords(text)
  return words.map(ekavian).filter(Boolean).join(' ')
}

/** Most of what people type, and a tenth of the work. */
const SERBIAN_LATIN = /^[\x20-\x7ečćžšđČĆŽŠĐ„”“–]*$/

function latinWords(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/[čćžšđ]/g, letter => BASE[letter] ?? letter)
    .replace(/(?<=[a-z])['`](?=[a-z])/g, '')
    .split(/[^a-z0-9]+/)
}

const BASE: Record<string, string> = { č: 'c', ć: 'c', ž: 'z', š: 's', đ: 'd' }

function anyWords(text: string): string[] {
  const visible = text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Co}\p{Cs}\uFFFD]|(?!\s)\p{Cc}/gu, '')
    .replace(/(?<=\p{L})['’`ʼ´](?=\p{L})/gu, '')
  return readLookAlikes(visible)
    .toLowerCase()
    .normalize('NFC')
    .replace(/[Ѐ-ӿ]/g, letter => TO_LATIN[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đðłøßæœı]/g, letter => PLAIN[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
}

/** Brings words of mixed script into one: "Kаko" with a Cyrillic а, "oпштинa" with Latin o and a. */
function readLookAlikes(text: string): string {
  if (!LATIN.test(text) || !CYRILLIC.test(text)) return text
  const whole = scriptOf(text)
  return text.replace(/[\p{L}\p{M}]+/gu, word => {
    if (!CYRILLIC.test(word)) return word
    if (LATIN.test(word)) return readMixed(word, whole)
    return whole === 'latn' && looksLatin(word) ? lettersBy(LATIN_LOOK, word) : word
  })
}

/** A word of look-alikes alone is read in the script of the whole text. */
function readMixed(word: string, whole: Script | undefined): string {
  const script = scriptOfWord(word) ?? whole
  return lettersBy(script === 'latn' ? LATIN_LOOK : CYRILLIC_LOOK, word)
}

function looksLatin(word: string): boolean {
  return [...word].every(letter => letter in LATIN_LOOK)
}

function lettersBy(table: Record<string, string>, word: string): string {
  return [...word].map(letter => table[letter] ?? letter).join('')
}

/** Ekavian and ASCII spelling of one folded word, repeated until nothing changes. */
function ekavian(word: string): string {
  const known = EKAVIAN.get(word) ?? remembered.get(word)
  if (known !== undefined) return known
  const spelt = respelt(word)
  if (remembered.size >= REMEMBERED_MAX) remembered.clear()
  remembered.set(word, spelt)
  return spelt
}

/** The same words come again and again. */
const REMEMBERED_MAX = 20_000
const remembered = new Map<string, string>()

function respelt(word: string): string {
  const shorter = word
    .replace(/dj/g, 'd')
    .replace(/(?<=[bcdfghklmnprstvz])ije(?=\p{L})/gu, 'e')
    .replace(/(?<=[bpvmfdtszcgkr])je/g, 'e')
    .replace(/(?<=^|s|z)lje(?=d|k|c|t)/g, 'le')
    .replace(/(?<=^s|^)nje(?=z|m|g)/g, 'ne')
    .replace(/^op(?:sht|c)in/, 'opstin')
    .replace(/^uopce/, 'uopste')
  return shorter === word ? word : ekavian(shorter)
}
