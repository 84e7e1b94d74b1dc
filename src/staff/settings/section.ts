// What a section of the settings page is: one setting, its words, its form and how the form is read.
import { createHash } from 'node:crypto'
import { LANGUAGES } from '../../core/model/content.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import type { SettingKey, Settings, Texts } from '../../core/model/settings.ts'
import { fold } from '../../core/text/fold.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { Draft, type Problem, type Typed } from '../draft.ts'
import { areaField, checkField, type Field, inputField, selectField } from '../fields.ts'
import type { Visit } from '../page.ts'
import type { Role } from '../roles.ts'

/** What a section is made of. */
type Parts<Key extends SettingKey> = {
  key: Key
  /** Roles besides admin whom the setting concerns. */
  readers: readonly Role[]
  /** The setting in words. */
  words(visit: Visit, value: Settings[Key]): Html
  /** The setting as the fields of its form. */
  typed(value: Settings[Key], visit: Visit): Typed
  fields(form: FormView): Html
  /** Reads the fields; what is wrong goes into the draft. `before` is the setting as it is. */
  read(draft: Draft, visit: Visit, before: Settings[Key]): Settings[Key]
  /** How people would see it, before it is saved. */
  preview?(visit: Visit, value: Settings[Key]): Html
  /** Whether the setting can be taken back by a press: to what. */
  end?: Settings[Key]
}

/** A setting as it would be after a form. */
export type Change = {
  key: SettingKey
  value: Settings[SettingKey]
  details: Record<string, unknown>
  preview?: Html
}

export type SettingsSection = {
  key: SettingKey
  readers: readonly Role[]
  hasPreview: boolean
  /** Whether there is something to take back by a press. */
  canEnd(settings: Settings): boolean
  words(visit: Visit, settings: Settings): Html
  /** The form as it is, or as it was typed. */
  form(visit: Visit, settings: Settings, draft?: Draft): Html
  /** Which version of the setting a form was made from. */
  base(settings: Settings): string
  /** Reads what was sent; the draft knows what is wrong. */
  read(visit: Visit, settings: Settings): { draft: Draft; change: Change }
  ended(settings: Settings): Change | undefined
}

/** Builds a section; from here on it is no matter of what type its setting is. */
export function section<Key extends SettingKey>(parts: Parts<Key>): SettingsSection {
  const { key, readers, end } = parts
  return {
    key,
    readers,
    hasPreview: parts.preview !== undefined,
    canEnd: settings => end !== undefined && fingerprint(settings[key]) !== fingerprint(end),
    words: (visit, settings) => parts.words(visit, settings[key]),
    form: (visit, settings, draft = new Draft(parts.typed(settings[key], visit))) =>
      parts.fields(formView(visit, key, draft)),
    base: settings => fingerprint(settings[key]),
    read(visit, settings) {
      const draft = new Draft(visit.form)
      const before = settings[key]
      const value = parts.read(draft, visit, before)
      const preview = draft.isWrong ? undefined : parts.preview?.(visit, value)
      return { draft, change: { key, value, details: differences(before, value), preview } }
    },
    ended: settings =>
      end === undefined ? undefined : { key, value: end, details: differences(settings[key], end) },
  }
}

type NumberKey = { [Key in SettingKey]: Settings[Key] extends number ? Key : never }[SettingKey]

/** A section of one whole number; `field` names it in the form, `label` says what it counts. */
export function numberSection(
  key: NumberKey,
  parts: Pick<Parts<NumberKey>, 'readers' | 'words'> & {
    field: string
    label: SentenceKey
    range: { min: number; max: number }
  },
): SettingsSection {
  const { readers, words, field, label, range } = parts
  return section<NumberKey>({
    key,
    readers,
    words,
    typed: value => ({ [field]: String(value) }),
    fields: ({ visit, input }) =>
      input(field, visit.t(label), {
        type: 'number',
        required: true,
        more: html`min="${range.min}" max="${range.max}" inputmode="numeric"`,
      }),
    read: draft => draft.number(field, range),
  })
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16)
}

/** What changed, for the log: of a list with ids which came, went and changed; else before and after. */
function differences(before: unknown, after: unknown): Record<string, unknown> {
  if (!isListWithIds(before) || !isListWithIds(after)) return { from: before, to: after }
  const was = new Map(before.map(item => [item.id, JSON.stringify(item)]))
  const is = new Map(after.map(item => [item.id, JSON.stringify(item)]))
  return {
    added: [...is.keys()].filter(id => !was.has(id)),
    removed: [...was.keys()].filter(id => !is.has(id)),
    changed: [...is].filter(([id, text]) => was.has(id) && was.get(id) !== text).map(([id]) => id),
  }
}

function isListWithIds(value: unknown): value is { id: string }[] {
  return (
    Array.isArray(value) && value.every(item => typeof item === 'object' && item !== null && 'id' in item)
  )
}

/** The fields of one form, with what was typed and what is wrong with it. */
export type FormView = {
  visit: Visit
  typed: Typed
  input(name: string, label: string, more?: More & { type?: string }): Html
  area(name: string, label: string, more?: More & { rows?: number }): Html
  select(name: string, label: string, options: readonly (readonly [string, string])[]): Html
  check(name: string, label: string): Html
}

type More = Pick<Field, 'hint' | 'required' | 'more'>

function formView(visit: Visit, key: SettingKey, { typed, problems }: Draft): FormView {
  const field = (name: string, label: string, more: More = {}): Field => ({
    id: `${key}-${name}`,
    name,
    label,
    value: typed[name] ?? '',
    problem: problems[name] && sayProblem(visit, problems[name]),
    ...more,
  })
  return {
    visit,
    typed,
    input: (name, label, more) => inputField({ ...field(name, label, more), type: more?.type }),
    area: (name, label, more) => areaField({ ...field(name, label, more), rows: more?.rows }),
    select: (name, label, options) => selectField({ ...field(name, label), options }),
    check: (name, label) => checkField({ name, label, checked: typed[name] === 'on' }),
  }
}

function sayProblem({ t }: Visit, { key, values }: Problem): string {
  return t(key, values)
}

/** A text in every language. What is missing in another language is said in Serbian. */
export function readTexts(draft: Draft, prefix: string, max: number): Texts {
  const sr = draft.latin(`${prefix}sr`, { max })
  const bs = draft.text(`${prefix}bs`, { max, optional: true })
  const en = draft.text(`${prefix}en`, { max, optional: true })
  return { sr, bs: bs || sr, en: en || sr }
}

/** The fields of a text in every language; texts that only repeat the Serbian one are left out. */
export function typedTexts(prefix: string, texts: Texts): Typed {
  return Object.fromEntries(
    LANGUAGES.map(language => [
      `${prefix}${language}`,
      language === 'sr' || texts[language] !== texts.sr ? texts[language] : '',
    ]),
  )
}

export function textsFields({ visit, area, input }: FormView, prefix: string, rows?: number): Html {
  const { t } = visit
  return html`${LANGUAGES.map(language => {
    const label = t(`console.form.in.${language}`)
    const hint = language === 'sr' ? undefined : t('console.form.orSerbian')
    return rows
      ? area(`${prefix}${language}`, label, { rows, hint })
      : input(`${prefix}${language}`, label, { hint })
  })}`
}

/** The rows of a list as fields, with an empty one at the end; `0.`, `1.` … begin their names. */
export function typedRows<Item>(items: readonly Item[], typed: (item: Item, prefix: string) => Typed): Typed {
  const rows = items.map((item, index) => typed(item, `${index}.`))
  return Object.assign({ rows: String(items.length + 1) }, ...rows)
}

const ROWS_MAX = 200

/** The beginnings of the names of all rows. */
export function prefixes(typed: Typed): string[] {
  const count = Math.min(Math.max(1, Number(typed.rows) || 1), ROWS_MAX)
  return Array.from({ length: count }, (_, index) => `${index}.`)
}

/** Rows that are filled in and not to be removed. */
export function readRows<Item>(
  draft: Draft,
  names: readonly string[],
  read: (prefix: string) => Item,
): Item[] {
  return prefixes(draft.typed)
    .filter(prefix => draft.raw(`${prefix}remove`) !== 'on')
    .filter(prefix => names.some(name => draft.raw(prefix + name)))
    .map(read)
}

/** A list's rows, each removable, and below them a place for one more. */
export function rowsFields(form: FormView, fields: (prefix: string) => Html): Html {
  const { visit, typed, check } = form
  const all = prefixes(typed)
  return html`<input type="hidden" name="rows" value="${all.length}">${all.map((prefix, index) => {
    const isLast = index === all.length - 1
    const legend = isLast ? visit.t('console.settings.addRow') : String(index + 1)
    return html`<fieldset class="entry"><legend>${legend}</legend>${fields(prefix)}
${!isLast && check(`${prefix}remove`, visit.t('console.settings.removeRow'))}</fieldset>`
  })}`
}

/** An id made of a name; the one it had stays. */
export function idFor(draft: Draft, prefix: string, name: string, taken: readonly string[]): string {
  const known = draft.raw(`${prefix}id`)
  if (/^[a-z0-9-]{1,60}$/.test(known) && !taken.includes(known)) return known
  const slug =
    fold(name)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'x'
  const free = [slug, ...Array.from({ length: ROWS_MAX }, (_, index) => `${slug}-${index + 2}`)]
  return free.find(id => !taken.includes(id)) ?? slug
}

/** The id of a row that is there already, out of sight. */
export function idField({ typed }: FormView, prefix: string): Html | undefined {
  const id = typed[`${prefix}id`]
  return id ? html`<input type="hidden" name="${prefix}id" value="${id}">` : undefined
}
