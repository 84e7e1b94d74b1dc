// The form of a workshop: from a workshop to its fields, and back.
import { type Community, LANGUAGES, type Language } from '../../core/model/content.ts'
import type { LocalText } from '../../core/model/workshop.ts'
import { momentIn, wallTimeIn } from '../../core/time/zoned.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Visit } from '../../staff/index.ts'
import { type FieldProblem, GUESTS_DEFAULT, type WorkshopFields } from './fields.ts'

/** The form's fields by name, as a browser sends them. */
export type FormValues = Record<string, string>

/** Texts come in each language. */
const TEXTS = ['title', 'description', 'agenda', 'accessibility'] as const
type TextName = (typeof TEXTS)[number]

/** An empty form. */
export function freshValues(offerMinutes: number): FormValues {
  return {
    capacity: '30',
    guestsMax: String(GUESTS_DEFAULT),
    offerMinutes: String(offerMinutes),
    'language-sr': 'on',
  }
}

/** A workshop as the form shows it. */
export function valuesOf(fields: WorkshopFields, timeZone: string): FormValues {
  const texts = TEXTS.flatMap(name =>
    LANGUAGES.map((language): [string, string] => [`${name}-${language}`, fields[name][language] ?? '']),
  )
  const { community, place, lat, lon, capacity, guestsMax, offerMinutes } = fields
  return {
    ...Object.fromEntries(texts),
    ...Object.fromEntries(fields.languages.map(language => [`language-${language}`, 'on'])),
    community,
    place,
    lat: String(lat ?? ''),
    lon: String(lon ?? ''),
    capacity: String(capacity),
    guestsMax: String(guestsMax),
    offerMinutes: String(offerMinutes),
    startsAt: clock(fields.startsAt, timeZone),
    endsAt: clock(fields.endsAt, timeZone),
    opensAt: clock(fields.opensAt, timeZone),
    closesAt: clock(fields.closesAt, timeZone),
  }
}

function clock(at: number | undefined, timeZone: string): string {
  if (at === undefined) return ''
  const { day, time } = wallTimeIn(timeZone, at)
  return `${day}T${time}`
}

/** What the form says. What can't be read is no number, which fields.ts finds. */
export function fieldsFrom(form: FormValues, timeZone: string): WorkshopFields {
  const text = (name: TextName): LocalText => localText(form, name)
  return {
    title: text('title'),
    description: text('description'),
    agenda: text('agenda'),
    accessibility: text('accessibility'),
    community: form.community ?? '',
    place: (form.place ?? '').trim(),
    lat: degrees(form.lat),
    lon: degrees(form.lon),
    startsAt: moment(form.startsAt, timeZone) ?? Number.NaN,
    endsAt: moment(form.endsAt, timeZone) ?? Number.NaN,
    capacity: whole(form.capacity),
    guestsMax: whole(form.guestsMax),
    languages: LANGUAGES.filter(language => form[`language-${language}`] !== undefined),
    opensAt: moment(form.opensAt, timeZone),
    closesAt: moment(form.closesAt, timeZone),
    offerMinutes: whole(form.offerMinutes),
  }
}

/** A text in the languages it was written in. Browsers send line breaks as two characters. */
export function localText(form: FormValues, name: string): LocalText {
  const written = (language: Language) => (form[`${name}-${language}`] ?? '').replaceAll('\r\n', '\n').trim()
  const others = LANGUAGES.filter(language => language !== 'sr' && written(language))
  return {
    sr: written('sr'),
    ...Object.fromEntries(others.map(language => [language, written(language)])),
  }
}

function whole(text = ''): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN
}

/** With a comma or a point, as people copy it from maps. */
function degrees(text = ''): number | undefined {
  const plain = text.trim().replace(',', '.')
  if (!plain) return undefined
  return /^-?\d{1,3}(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}

/** Undefined for an empty field; an hour that the clock skips is no moment. */
function moment(text = '', timeZone: string): number | undefined {
  const [day = '', time = ''] = text.trim().split('T')
  if (!day) return undefined
  return momentIn(timeZone, { day, time: time.slice(0, 5) }) ?? Number.NaN
}

type FormOptions = {
  action: string
  values: FormValues
  problems: readonly FieldProblem[]
  communities: readonly Community[]
  /** What the button says. */
  go: string
}

export function workshopForm(visit: Visit, { action, values, problems, communities, go }: FormOptions): Html {
  const { t, csrf } = visit
  return html`
${problems.length > 0 && problemList(visit, problems)}
<form method="post" action="${action}" data-keep class="stack wide">${csrf}
  ${textFields(visit, 'title', values)}
  <fieldset class="card"><legend>${t('console.workshops.whereWhen')}</legend>
    <div class="row"><label>${t('console.workshops.start')}<input type="datetime-local" name="startsAt" required value="${values.startsAt}"></label>
    <label>${t('console.workshops.end')}<input type="datetime-local" name="endsAt" required value="${values.endsAt}"></label></div>
    <div class="row"><label>${t('console.workshops.community')}${communitySelect(visit, communities, values.community)}</label>
    <label>${t('console.workshops.place')}<input name="place" required maxlength="120" value="${values.place}"></label></div>
    <div class="row">${field(t('console.workshops.lat'), 'lat', values, { inputmode: 'decimal' })}
    ${field(t('console.workshops.lon'), 'lon', values, { inputmode: 'decimal' })}</div>
    <p class="hint">${t('console.workshops.pinHint')}</p>
    <fieldset><legend>${t('console.workshops.languages')}</legend>${LANGUAGES.map(
      language =>
        html`<label class="check"><input type="checkbox" name="language-${language}" ${values[`language-${language}`] && html`checked`}> ${t(`workshop.language.${language}`)}</label>`,
    )}</fieldset></fieldset>
  ${TEXTS.filter(name => name !== 'title').map(name => textFields(visit, name, values))}
  <fieldset class="card"><legend>${t('console.workshops.signUp')}</legend>
    <div class="row">${field(t('console.workshops.capacity'), 'capacity', values, { inputmode: 'numeric' })}
    ${field(t('console.workshops.guests'), 'guestsMax', values, { inputmode: 'numeric' })}
    ${field(t('console.workshops.offer'), 'offerMinutes', values, { inputmode: 'numeric' })}</div>
    <div class="row"><label>${t('console.workshops.opens')}<input type="datetime-local" name="opensAt" value="${values.opensAt}"></label>
    <label>${t('console.workshops.closes')}<input type="datetime-local" name="closesAt" value="${values.closesAt}"></label></div>
    <p class="hint">${t('console.workshops.signUpHint')}</p></fieldset>
  <p><button class="primary">${go}</button></p></form>`
}

function problemList({ t }: Visit, problems: readonly FieldProblem[]): Html {
  return html`<div class="problem" role="alert"><ul>${problems.map(
    problem => html`<li>${t(`console.workshops.problem.${problem}`)}</li>`,
  )}</ul></div>`
}

function field(label: string, name: string, values: FormValues, { inputmode }: { inputmode: string }): Html {
  return html`<label>${label}<input name="${name}" inputmode="${inputmode}" value="${values[name]}"></label>`
}

/** Staff see every community by its number; its name stands there once the city has given one. */
function communitySelect({ t, inScript }: Visit, communities: readonly Community[], chosen?: string): Html {
  return html`<select name="community" required><option value="">${t('console.workshops.choose')}</option>${communities.map(
    ({ id, name }) =>
      html`<option value="${id}" ${id === chosen && html`selected`}>${communityLabel(id, inScript(name))}</option>`,
  )}</select>`
}

/** MZ 01, Parice */
export function communityLabel(id: string, name: string): string {
  const number = id.replace(/^mz-/, 'MZ ')
  return name ? `${number}, ${name}` : number
}

/** Serbian is needed and open; the other languages are folded away while they are empty. */
function textFields({ t }: Visit, name: TextName, values: FormValues): Html {
  const box = (language: Language) => {
    const value = values[`${name}-${language}`]
    const label = `${t(`console.workshops.${name}`)}, ${t(`workshop.language.${language}`)}`
    return name === 'title'
      ? html`<label>${label}<input name="${name}-${language}" maxlength="120" ${language === 'sr' && html`required`} value="${value}"></label>`
      : html`<label>${label}<textarea name="${name}-${language}" maxlength="2000">${value}</textarea></label>`
  }
  const others = LANGUAGES.filter(language => language !== 'sr')
  const open = others.some(language => values[`${name}-${language}`])
  return html`<fieldset class="card">${box('sr')}
  <details ${open && html`open`}><summary>${t('console.workshops.otherLanguages')}</summary>${others.map(box)}</details></fieldset>`
}
