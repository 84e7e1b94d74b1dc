// A day as people type it: 12.11.2026, 12. novembra, 2026-11-12, juče, prošli petak, 3 days ago; any script.
import { fold } from '../text/fold.ts'
import { addDays, dayFrom, daysBetween, weekday } from './day.ts'

/**
 * `impossible`: no such day, like 31 February. `incomplete`: a day without its month. `unreadable`: begins
 * like a date. `none`: something else, surely a sentence.
 */
export type ParsedDay =
  | { kind: 'day'; day: string }
  | { kind: 'impossible' | 'incomplete' | 'unreadable' | 'none' }

/** Longer texts are sentences. */
const LENGTH_MAX = 40

const MONTHS = [
  'januar januara january jan sijecanj sijecnja',
  'februar februara february feb veljaca veljace',
  'mart marta march mar ozujak ozujka',
  'april aprila apr travanj travnja',
  'maj maja may svibanj svibnja',
  'jun juna june juni lipanj lipnja',
  'jul jula july juli srpanj srpnja',
  'avgust avgusta august augusta aug avg kolovoz kolovoza',
  'septembar septembra september sep sept rujan rujna',
  'oktobar oktobra october okt oct listopad listopada',
  'novembar novembra november nov studeni studenog',
  'decembar decembra december dec prosinac prosinca',
].map(foldedSet)

const WEEKDAYS = [
  'nedelja nedelju nedjelja nedjelju sunday',
  'ponedeljak ponedjeljak monday',
  'utorak tuesday',
  'sreda sredu srijeda srijedu wednesday',
  'cetvrtak thursday',
  'petak friday',
  'subota subotu saturday',
].map(foldedSet)

const OFFSETS: [words: Set<string>, days: number][] = [
  [foldedSet('danas today now sada'), 0],
  [foldedSet('juče jučer yesterday sinoć'), -1],
  [foldedSet('prekjuče prekjučer'), -2],
  [foldedSet('sutra tomorrow'), 1],
]

const NUMBERS = new Map(
  ['jedan jednog one a', 'dva dve dvije two', 'tri three', 'četiri four', 'pet five', 'šest six'].flatMap(
    (words, index) => [...foldedSet(words)].map(word => [word, index + 1] as const),
  ),
)
const DAY_WORDS = foldedSet('dan dana day days')
const WEEK_WORDS = foldedSet('nedelju nedelje nedelja sedmicu sedmice sedmica week weeks')
const LAST = foldedSet('prošli prošle prošlu prošlog last u on this ovaj ove ovu')
const FILLERS = foldedSet('godine godina god g dana the of on datum datuma od u je bilo to')

function foldedSet(words: string): Set<string> {
  return new Set(words.split(' ').map(fold))
}

/** Reads a typed day; `today` (ISO) is what relative words and a missing year refer to. Total on any text. */
export function parseDay(text: string, today: string): ParsedDay {
  if (text.length > LENGTH_MAX) return { kind: 'none' }
  const words = fold(text).split(' ').filter(Boolean)
  const relative = relativeDay(words, today)
  if (relative) return { kind: 'day', day: relative }
  const parts = words.map(withoutEnding).filter(word => !FILLERS.has(word))
  const written = writtenDay(parts, today)
  if (written) return written
  return { kind: /^\d/.test(words[0] ?? '') ? 'unreadable' : 'none' }
}

/** "12th", "3rd": the number alone. */
function withoutEnding(word: string): string {
  return word.replace(/^(\d{1,2})(?:st|nd|rd|th|og|tog|ti)$/, '$1')
}

function relativeDay(words: string[], today: string): string | undefined {
  const [first = '', second = ''] = words
  if (words.length === 1) {
    const offset = OFFSETS.find(([names]) => names.has(first))?.[1]
    if (offset !== undefined) return addDays(today, offset)
  }
  const name = words.length === 1 ? first : words.length === 2 && LAST.has(first) ? second : ''
  const number = WEEKDAYS.findIndex(names => names.has(name))
  if (number !== -1) return lastWeekday(number, today)
  return agoDay(words, today)
}

/** The latest such day of the week before today. */
function lastWeekday(number: number, today: string): string {
  return addDays(today, -((weekday(today) - number + 7) % 7 || 7))
}

/** "pre 3 dana", "prije sedmicu dana", "two weeks ago". */
function agoDay(words: string[], today: string): string | undefined {
  const before = words[0] === 'pre'
  if (before === (words.at(-1) === 'ago')) return undefined
  const [first = '', second = ''] = before ? words.slice(1) : words.slice(0, -1)
  const counted = /^\d{1,3}$/.test(first) ? Number(first) : NUMBERS.get(first)
  const unit = counted === undefined ? first : second
  const length = WEEK_WORDS.has(unit) ? 7 : DAY_WORDS.has(unit) ? 1 : undefined
  return length && addDays(today, -length * (counted ?? 1))
}

function writtenDay(parts: string[], today: string): ParsedDay | undefined {
  const numbers = parts.map(part => (/^\d{1,4}$/.test(part) ? Number(part) : monthOf(part)))
  if (parts.length === 0 || parts.length > 3 || numbers.some(number => number === undefined)) return undefined
  if (!parts.some(part => /^\d/.test(part))) return undefined
  const [first = 0, second = 0, third] = numbers as number[]
  if (numbers.length === 1) return { kind: first >= 1 && first <= 31 ? 'incomplete' : 'unreadable' }
  const monthFirst = !/^\d/.test(parts[0] ?? '')
  if ((parts[0] ?? '').length === 4 && third !== undefined) return known(dayFrom([first, second, third]))
  const [day, month] = monthFirst ? [second, first] : [first, second]
  if (third === undefined) return known(nearestYear(month, day, today))
  return yearIn(parts[2] ?? '', year => known(dayFrom([year, month, day])))
}

/** A year has four digits or, in short, the last two. */
function yearIn(text: string, read: (year: number) => ParsedDay): ParsedDay {
  if (/^\d{4}$/.test(text)) return read(Number(text))
  return /^\d{2}$/.test(text) ? read(2000 + Number(text)) : { kind: 'unreadable' }
}

function monthOf(word: string): number | undefined {
  const index = MONTHS.findIndex(names => names.has(word))
  return index === -1 ? undefined : index + 1
}

function known(day: string | undefined): ParsedDay {
  return day ? { kind: 'day', day } : { kind: 'impossible' }
}

/** Without a year the nearest such day is meant: in December "5. 1." is the coming January. */
function nearestYear(month: number, day: number, today: string): string | undefined {
  const year = Number(today.slice(0, 4))
  const candidates = [year - 1, year, year + 1].flatMap(it => dayFrom([it, month, day]) ?? [])
  const distance = (it: string) => Math.abs(daysBetween(today, it))
  return candidates.toSorted((a, b) => distance(a) - distance(b))[0]
}
