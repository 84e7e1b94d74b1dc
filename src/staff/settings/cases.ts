// How people are answered: when, within how many days, by whom, with which words.
import type { Hours, Texts } from '../../core/model/settings.ts'
import { html } from '../../platform/html/html.ts'
import type { Draft } from '../draft.ts'
import type { Visit } from '../page.ts'
import { LOCALES } from '../words.ts'
import { textsPreview } from './messages.ts'
import {
  type FormView,
  idField,
  idFor,
  numberSection,
  readRows,
  readTexts,
  rowsFields,
  section,
  textsFields,
  typedRows,
  typedTexts,
} from './section.ts'

const WEEK = [0, 1, 2, 3, 4, 5, 6]
/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5)

function weekdayName({ language }: Pick<Visit, 'language'>, day: number): string {
  const name = new Intl.DateTimeFormat(LOCALES[language], { weekday: 'long', timeZone: 'UTC' })
  return name.format(MONDAY + day * 86_400_000)
}

export const hoursSection = section({
  key: 'openingHours',
  readers: ['inbox', 'editor', 'events'],
  words: (visit, week) =>
    html`<dl class="facts">${WEEK.map(day => {
      const hours = week[day]
      return html`<div><dt>${weekdayName(visit, day)}</dt><dd>${hours ? `${hours.from}–${hours.to}` : visit.t('console.settings.openingHours.closed')}</dd></div>`
    })}</dl>`,
  typed: week =>
    Object.fromEntries(
      WEEK.flatMap(day => [
        [`${day}.from`, week[day]?.from ?? ''],
        [`${day}.to`, week[day]?.to ?? ''],
      ]),
    ),
  fields: ({ visit, input }) =>
    html`${WEEK.map(
      day => html`<div class="times day" role="group" aria-labelledby="day-${day}"><strong id="day-${day}">${weekdayName(visit, day)}</strong>
${input(`${day}.from`, visit.t('console.form.from'), { type: 'time' })}${input(`${day}.to`, visit.t('console.form.to'), { type: 'time' })}</div>`,
    )}`,
  read: draft => WEEK.map(day => readHours(draft, day)),
})

function readHours(draft: Draft, day: number): Hours {
  if (!draft.raw(`${day}.from`) && !draft.raw(`${day}.to`)) return null
  const from = draft.time(`${day}.from`)
  const to = draft.time(`${day}.to`)
  if (from >= to) draft.fail(`${day}.to`, 'console.form.later')
  return { from, to }
}

export const caseDaysSection = numberSection('caseDays', {
  readers: ['inbox', 'editor', 'events', 'monitor'],
  words: ({ t }, days) => html`<p>${t('console.settings.caseDays.words', { count: days })}</p>`,
  field: 'days',
  label: 'console.settings.caseDays.days',
  range: { min: 1, max: 60 },
})

const NAME_MAX = 120

export const departmentsSection = section({
  key: 'departments',
  readers: ['inbox', 'editor'],
  words: (visit, departments) =>
    named(
      visit,
      departments.map(({ name }) => name),
    ),
  typed: departments =>
    typedRows(departments, ({ id, name }, prefix) => ({ [`${prefix}id`]: id, ...typedTexts(prefix, name) })),
  fields: form => rowsFields(form, prefix => html`${idField(form, prefix)}${textsFields(form, prefix)}`),
  read: draft => readNamed(draft, (id, name) => ({ id, name }), NAME_MAX),
})

const REASON_MAX = 300

export const moderationSection = section({
  key: 'moderationReasons',
  readers: ['inbox', 'editor'],
  words: (visit, reasons) =>
    named(
      visit,
      reasons.map(({ texts }) => texts),
    ),
  typed: reasons =>
    typedRows(reasons, ({ id, texts }, prefix) => ({ [`${prefix}id`]: id, ...typedTexts(prefix, texts) })),
  fields: form => rowsFields(form, prefix => html`${idField(form, prefix)}${textsFields(form, prefix)}`),
  read: draft => readNamed(draft, (id, texts) => ({ id, texts }), REASON_MAX),
})

/** A list of names in the reader's language. */
function named({ t, contentLanguage, inScript }: Visit, names: readonly Texts[]) {
  if (names.length === 0) return html`<p class="quiet">${t('console.nothing')}</p>`
  return html`<ul>${names.map(texts => html`<li>${inScript(texts[contentLanguage])}</li>`)}</ul>`
}

function readNamed<Item extends { id: string }>(
  draft: Draft,
  make: (id: string, texts: Texts) => Item,
  max: number,
): Item[] {
  const taken: string[] = []
  return readRows(draft, ['sr', 'bs', 'en'], prefix => {
    const texts = readTexts(draft, prefix, max)
    const id = idFor(draft, prefix, texts.sr, taken)
    taken.push(id)
    return make(id, texts)
  })
}

const TITLE_MAX = 80
const REPLY_MAX = 2000

export const cannedSection = section({
  key: 'cannedReplies',
  readers: ['inbox', 'editor'],
  words(visit, replies) {
    if (replies.length === 0) return html`<p class="quiet">${visit.t('console.nothing')}</p>`
    return html`${replies.map(
      ({ title, texts }) => html`<details><summary>${title}</summary>${textsPreview(visit, texts)}</details>`,
    )}`
  },
  typed: replies =>
    typedRows(replies, ({ id, title, texts }, prefix) => ({
      [`${prefix}id`]: id,
      [`${prefix}title`]: title,
      ...typedTexts(prefix, texts),
    })),
  fields: form => rowsFields(form, prefix => cannedFields(form, prefix)),
  read(draft) {
    const taken: string[] = []
    return readRows(draft, ['title', 'sr', 'bs', 'en'], prefix => {
      const title = draft.text(`${prefix}title`, { max: TITLE_MAX })
      const id = idFor(draft, prefix, title, taken)
      taken.push(id)
      return { id, title, texts: readTexts(draft, prefix, REPLY_MAX) }
    })
  },
  preview: (visit, replies) =>
    html`${replies.map(({ title, texts }) => html`<h3>${title}</h3>${textsPreview(visit, texts)}`)}`,
})

function cannedFields(form: FormView, prefix: string) {
  const title = form.input(`${prefix}title`, form.visit.t('console.settings.cannedReplies.name'))
  return html`${idField(form, prefix)}${title}${textsFields(form, prefix, 4)}`
}
