// A form as it was typed: reads each field and collects everything that is wrong, so that all of it can be
// said at once and nothing typed is lost.
import type { SentenceKey } from '../core/model/sentence-key.ts'
import { isDay } from '../core/time/day.ts'

/** What is wrong with a field, as a sentence with its values. */
export type Problem = { key: SentenceKey; values?: Record<string, string | number> }

export type Typed = Record<string, string>

export class Draft {
  readonly typed: Typed
  readonly problems: Record<string, Problem> = {}

  constructor(typed: Typed) {
    this.typed = typed
  }

  /** Whether anything is wrong so far. */
  get isWrong(): boolean {
    return Object.keys(this.problems).length > 0
  }

  /** What stands in a field, without spaces around. */
  raw(name: string): string {
    return (this.typed[name] ?? '').trim()
  }

  /** The first problem of a field is the one that is said. */
  fail(name: string, key: SentenceKey, values?: Problem['values']): void {
    this.problems[name] ??= { key, values }
  }

  text(name: string, { max, optional }: { max: number; optional?: boolean }): string {
    const text = this.raw(name)
    if (!text && !optional) this.fail(name, 'console.form.required')
    if (text.length > max) this.fail(name, 'console.form.long', { max, length: text.length })
    return text
  }

  /** A Serbian text: its Cyrillic is made from the Latin one. */
  latin(name: string, options: { max: number; optional?: boolean }): string {
    const text = this.text(name, options)
    if (/\p{Script=Cyrillic}/u.test(text)) this.fail(name, 'console.form.latin')
    return text
  }

  /** A number as people write it; whole unless `digits` allows more. */
  number(name: string, { min, max, digits = 0 }: { min: number; max: number; digits?: number }): number {
    const text = this.raw(name).replace(',', '.')
    const value = Number(text)
    const isWritten = new RegExp(`^\\d{1,9}${digits ? `(\\.\\d{1,${digits}})?` : ''}$`).test(text)
    if (!isWritten || value < min || value > max) this.fail(name, 'console.form.number', { min, max })
    return value
  }

  /** A time of the day like 08:30. */
  time(name: string): string {
    const [, hour = '', minute = ''] = /^(\d{1,2})[:.](\d{2})$/.exec(this.raw(name)) ?? []
    const time = `${hour.padStart(2, '0')}:${minute}`
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) this.fail(name, 'console.form.time')
    return time
  }

  /** An ISO day. */
  day(name: string): string {
    const day = this.raw(name)
    if (!isDay(day)) this.fail(name, 'console.form.day')
    return day
  }
}
