// When and how the city may write to people by itself.
import { html } from '../../platform/html/html.ts'
import type { Draft, Typed } from '../draft.ts'
import { isoDayWords, number } from '../words.ts'
import {
  numberSection,
  readRows,
  readTexts,
  rowsFields,
  section,
  textsFields,
  typedRows,
  typedTexts,
} from './section.ts'

export const quietHoursSection = section({
  key: 'quietHours',
  readers: ['editor', 'events', 'monitor'],
  words: ({ t }, { from, to }) => html`<p>${t('console.settings.quietHours.words', { from, to })}</p>`,
  typed: ({ from, to }) => ({ from, to }),
  fields: ({ visit, input }) =>
    html`<div class="times">${input('from', visit.t('console.form.from'), { type: 'time', required: true })}${input('to', visit.t('console.form.to'), { type: 'time', required: true })}</div>`,
  read(draft) {
    const [from, to] = [draft.time('from'), draft.time('to')]
    if (from === to) draft.fail('to', 'console.form.differ')
    return { from, to }
  },
})

export const approvalSection = numberSection('approvalAbove', {
  readers: ['editor', 'events', 'monitor'],
  words: (visit, above) =>
    html`<p>${visit.t('console.settings.approvalAbove.words', { number: number(visit, above) })}</p>`,
  field: 'above',
  label: 'console.settings.approvalAbove.above',
  range: { min: 0, max: 1_000_000 },
})

export const offerSection = numberSection('workshopOfferMinutes', {
  readers: ['events', 'editor', 'monitor'],
  words: ({ t }, minutes) =>
    html`<p>${t('console.settings.workshopOfferMinutes.words', { count: minutes })}</p>`,
  field: 'minutes',
  label: 'console.settings.workshopOfferMinutes.minutes',
  range: { min: 15, max: 1440 },
})

export const silenceSection = section({
  key: 'silence',
  readers: ['editor', 'events', 'monitor'],
  words(visit, periods) {
    if (periods.length === 0) return html`<p class="quiet">${visit.t('console.nothing')}</p>`
    return html`<ul>${periods.map(({ from, to, reason }) => html`<li>${isoDayWords(visit, from)} – ${isoDayWords(visit, to)}: ${reason}</li>`)}</ul>`
  },
  typed: periods =>
    typedRows(periods, ({ from, to, reason }, prefix) => ({
      [`${prefix}from`]: from,
      [`${prefix}to`]: to,
      [`${prefix}reason`]: reason,
    })),
  fields: form =>
    rowsFields(
      form,
      prefix => html`<div class="times">${form.input(`${prefix}from`, form.visit.t('console.form.fromDay'), { type: 'date' })}
${form.input(`${prefix}to`, form.visit.t('console.form.toDay'), { type: 'date' })}</div>
${form.input(`${prefix}reason`, form.visit.t('console.settings.silence.reason'))}`,
    ),
  read: draft =>
    readRows(draft, ['from', 'to', 'reason'], prefix => readPeriod(draft, prefix)).toSorted((a, b) =>
      a.from.localeCompare(b.from),
    ),
})

function readPeriod(draft: Draft, prefix: string) {
  const [from, to] = [draft.day(`${prefix}from`), draft.day(`${prefix}to`)]
  if (from > to) draft.fail(`${prefix}to`, 'console.form.laterDay')
  return { from, to, reason: draft.text(`${prefix}reason`, { max: 200 }) }
}

export const holidaysSection = section({
  key: 'extraHolidays',
  readers: ['editor', 'events', 'inbox', 'monitor'],
  words(visit, days) {
    const { t, contentLanguage, inScript } = visit
    if (days.length === 0) return html`<p class="quiet">${t('console.nothing')}</p>`
    return html`<ul>${days.map(({ day, name }) => html`<li>${isoDayWords(visit, day)}: ${inScript(name[contentLanguage])}</li>`)}</ul>`
  },
  typed: days =>
    typedRows(days, ({ day, name }, prefix) => ({ [`${prefix}day`]: day, ...typedTexts(prefix, name) })),
  fields: form =>
    rowsFields(
      form,
      prefix =>
        html`${form.input(`${prefix}day`, form.visit.t('console.form.onDay'), { type: 'date' })}${textsFields(form, prefix)}`,
    ),
  read(draft) {
    const taken: string[] = []
    const days = readRows(draft, ['day', 'sr', 'bs', 'en'], prefix => {
      const day = draft.day(`${prefix}day`)
      if (taken.includes(day)) draft.fail(`${prefix}day`, 'console.form.twice')
      taken.push(day)
      return { day, name: readTexts(draft, prefix, 80) }
    })
    return days.toSorted((a, b) => a.day.localeCompare(b.day))
  },
})

const MONEY = { min: 0, max: 1_000_000, digits: 4 }

export const viberSection = section({
  key: 'viberBudget',
  readers: ['editor', 'events', 'monitor'],
  end: null,
  words(visit, budget) {
    if (!budget) return html`<p class="quiet">${visit.t('console.settings.viberBudget.none')}</p>`
    const { price, monthly, currency } = budget
    const values = { price: number(visit, price, 4), monthly: number(visit, monthly, 2), currency }
    return html`<p>${visit.t('console.settings.viberBudget.words', values)}</p>`
  },
  typed: (budget): Typed =>
    budget
      ? { price: String(budget.price), monthly: String(budget.monthly), currency: budget.currency }
      : { currency: 'EUR' },
  fields: ({ visit, input }) =>
    html`${input('price', visit.t('console.settings.viberBudget.price'), { required: true, more: html`inputmode="decimal"` })}
${input('monthly', visit.t('console.settings.viberBudget.monthly'), { required: true, more: html`inputmode="decimal"` })}
${input('currency', visit.t('console.settings.viberBudget.currency'), { required: true, more: html`maxlength="3"` })}`,
  read(draft) {
    const currency = draft.raw('currency').toUpperCase()
    if (!/^[A-Z]{3}$/.test(currency)) draft.fail('currency', 'console.settings.viberBudget.noCurrency')
    return { price: draft.number('price', MONEY), monthly: draft.number('monthly', MONEY), currency }
  },
})
