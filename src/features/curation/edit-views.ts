// The editor: all languages side by side, what they share below, and what people would see.

import { ANSWER_MAX } from '../../content/check.ts'
import type { Fact, Language, Source } from '../../core/model/content.ts'
import { LANGUAGES } from '../../core/model/content.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { lookChoice, type Visit } from '../../staff/index.ts'
import { CATEGORIES } from '../answers/index.ts'
import { SOURCES_MAX } from './edit-form.ts'
import { type Item, isEntry, kindOf, nameOf } from './item.ts'
import type { Finding } from './judge.ts'

/** What the form needs besides the item. */
export type Editing = {
  item: Item
  /** The state of the revisions that was seen. */
  stamp: string
  /** Nobody has saved this item before: its id can be chosen. */
  isNew: boolean
  note: string
  findings: readonly Finding[]
  facts: readonly Fact[]
  /** Other answers, for what is related. */
  others: readonly Item[]
  /** Ids of misses that led here. */
  misses: readonly string[]
  preview: Html
}

export function editForm(visit: Visit, editing: Editing): Html {
  const { t, csrf } = visit
  const { item, stamp, isNew, misses, note } = editing
  return html`<form method="post" id="editor" class="editor" data-keep action="/console/answers/${isNew ? 'new' : item.id}">${csrf}
<input type="hidden" name="stamp" value="${stamp}"><input type="hidden" name="kind" value="${kindOf(item)}">
${misses.map(id => html`<input type="hidden" name="miss" value="${id}">`)}
${isNew ? newFields(visit, editing) : html`<input type="hidden" name="id" value="${item.id}">${categoryField(editing)}`}
<nav class="tabs jump" aria-label="${t('console.answers.languages')}">${LANGUAGES.map(
    language => html`<a href="#text-${language}">${t(`console.answers.language.${language}`)}</a>`,
  )}<a href="#shared">${t('console.answers.shared')}</a><a href="#preview">${t('console.answers.preview')}</a></nav>
<div class="languages-beside">${LANGUAGES.map(language => languageFields(visit, editing, language))}</div>
${isEntry(item) && sharedFields(visit, editing)}
<section class="card"><label>${t('console.answers.note')}<input name="note" maxlength="300" value="${note}"></label>
<p class="hint">${t('console.answers.noteHint')}</p></section>
<div class="deeds"><button class="primary" name="do" value="judge">${t('console.answers.judge')}</button>
<button name="do" value="save">${t('console.answers.saveDraft')}</button>
<button name="do" value="submit">${t('console.answers.submit')}</button></div>
${previewCard(visit, editing.preview)}
</form>`
}

/** Reads the form again whenever somebody stops typing. */
function previewCard(visit: Visit, preview: Html): Html {
  return html`<section class="card" id="preview"><h2>${visit.t('console.answers.preview')}</h2>
${lookChoice(visit)}
<div hx-post="/console/answers/preview" hx-trigger="input delay:500ms from:#editor" hx-include="#editor" hx-swap="innerHTML">${preview}</div></section>`
}

function newFields(visit: Visit, { item, findings }: Editing): Html {
  const { t } = visit
  return html`<section class="card"><div class="row">
<label>${t('console.answers.id')}<input name="id" value="${item.id}" required pattern="[a-z0-9]+(-[a-z0-9]+)*" maxlength="60" spellcheck="false" autocomplete="off"></label>
${isEntry(item) && categorySelect(visit, item.category)}</div>
<p class="hint">${t('console.answers.idHint')}</p>${said(visit, findings, ['id'])}</section>`
}

function categorySelect({ t }: Visit, current: string): Html {
  return html`<label>${t('console.answers.category')}<select name="category">${CATEGORIES.map(
    category =>
      html`<option value="${category}" ${category === current && html`selected`}>${t(`category.${category}`)}</option>`,
  )}</select></label>`
}

/** The folder of the file never changes: buttons and addresses don't depend on it, files do. */
function categoryField({ item }: Editing): Html {
  return html`${isEntry(item) && html`<input type="hidden" name="category" value="${item.category}">`}`
}

function languageFields(visit: Visit, editing: Editing, language: Language): Html {
  const { t } = visit
  const { item, findings } = editing
  const field = (name: string) => `${language}.${name}`
  const text = item.texts[language]
  const entry = isEntry(item) ? item.texts[language] : undefined
  const area = (
    name: 'answer' | 'steps' | 'keywords' | 'phrasings',
    value: string,
    rows: number,
    hint?: SentenceKey,
  ) =>
    html`<label>${t(`console.answers.field.${name}`)}<textarea name="${field(name)}" rows="${rows}" lang="${language}" ${name === 'answer' && html`data-count="${ANSWER_MAX}"`}>${`\n${value}`}</textarea></label>
${name === 'answer' && counter(visit, value)}${hint && html`<p class="hint">${t(hint)}</p>`}${said(visit, findings, [language, name])}`
  return html`<fieldset class="card" id="text-${language}"><legend>${t(`console.answers.language.${language}`)}</legend>
${entry && html`<label>${t('console.answers.field.title')}<input name="${field('title')}" value="${entry.title}" lang="${language}"></label>${said(visit, findings, [language, 'title'])}`}
${area('answer', text.answer, 9)}
${entry && area('steps', entry.steps.join('\n'), 4, 'console.answers.lineHint')}
${area('phrasings', text.phrasings.join('\n'), 12, 'console.answers.phrasingsHint')}
${entry && area('keywords', entry.keywords.join(', '), 3, 'console.answers.keywordsHint')}
</fieldset>`
}

/** How much of the longest answer is used; the script counts on. */
function counter({ t }: Visit, value: string): Html {
  const over = value.length > ANSWER_MAX
  return html`<p class="hint counter ${over && 'over'}"><span>${value.length}</span> / ${ANSWER_MAX} ${t('console.answers.characters')}</p>`
}

function sharedFields(visit: Visit, editing: Editing): Html {
  const { t } = visit
  const { item, findings, facts, others } = editing
  if (!isEntry(item)) return html``
  const day = (name: 'lastChecked' | 'reviewBy') =>
    html`<label>${t(`console.answers.field.${name}`)}<input type="date" name="${name}" value="${item[name]}"></label>`
  const missing = facts.filter(({ confidence }) => confidence === 'GAP')
  const names = new Map(others.map(other => [other.id, nameOf(other, visit.contentLanguage)]))
  const factText = new Map(facts.map(fact => [fact.id, fact]))
  return html`<section class="card" id="shared"><h2>${t('console.answers.shared')}</h2>
<div class="row"><label>${t('console.answers.field.status')}<select name="status">${(
    ['published', 'draft'] as const
  ).map(
    status =>
      html`<option value="${status}" ${status === item.status && html`selected`}>${t(`console.answers.statusChoice.${status}`)}</option>`,
  )}</select></label>${day('lastChecked')}${day('reviewBy')}
<label>${t('console.answers.field.owner')}<input name="owner" value="${item.owner}"></label></div>
${(['status', 'lastChecked', 'reviewBy', 'owner', 'category'] as const).map(part => said(visit, findings, [part]))}
<h3>${t('console.answers.field.sources')}</h3>${sourceFields(visit, item.sources)}${said(visit, findings, ['sources'])}
<div class="cards"><div><h3>${t('console.answers.field.facts')} ${confidenceBadge(visit, item.confidence)}</h3>
${boxes('fact', item.facts, id => factLabel(visit, factText.get(id), id))}${adder(visit, 'fact', 'facts-list')}
${item.facts.length === 0 && html`<input type="hidden" name="confidence" value="${item.confidence}">`}
${said(visit, findings, ['facts'])}${said(visit, findings, ['confidence'])}</div>
<div><h3>${t('console.answers.field.gaps')}</h3><p class="hint">${t('console.answers.gapsHint')}</p>
${boxes('gap', item.gaps, id => factLabel(visit, factText.get(id), id))}${adder(visit, 'gap', 'gaps-list')}${said(visit, findings, ['gaps'])}</div>
<div><h3>${t('console.answers.field.related')}</h3>
${boxes('related', item.related, id => html`${names.get(id) ?? id}`)}${adder(visit, 'related', 'answers-list')}${said(visit, findings, ['related'])}</div></div>
${datalist(
  'facts-list',
  facts.map(({ id, text, confidence }) => [id, `${confidence} · ${text}`]),
)}
${datalist(
  'gaps-list',
  missing.map(({ id, text }) => [id, text]),
)}
${datalist(
  'answers-list',
  others.filter(isEntry).map(({ id }) => [id, names.get(id) ?? '']),
)}</section>`
}

function sourceFields({ t }: Visit, sources: readonly Source[]): Html {
  const shown = Math.min(SOURCES_MAX, sources.length + 1)
  return html`${Array.from({ length: shown }, (_, place) => {
    const source = sources[place]
    const input = (name: keyof Source, type = 'text') =>
      html`<label>${t(`console.answers.source.${name}`)}<input type="${type}" name="source.${place}.${name}" value="${source?.[name]}"></label>`
    return html`<fieldset class="row source"><legend class="visually-hidden">${t('console.answers.source.nth', { number: place + 1 })}</legend>
${input('name')}${input('gazette')}${input('article')}${input('url', 'url')}</fieldset>`
  })}<p class="hint">${t('console.answers.sourcesHint')}</p>`
}

function boxes(name: string, ids: readonly string[], label: (id: string) => Html): Html {
  return html`${ids.map(
    id =>
      html`<label class="check"><input type="checkbox" name="${name}" value="${id}" checked><span>${label(id)}</span></label>`,
  )}`
}

function factLabel(visit: Visit, fact: Fact | undefined, id: string): Html {
  if (!fact) return html`<code>${id}</code>`
  return html`${confidenceBadge(visit, fact.confidence)} ${fact.text}${fact.law && html` <span class="quiet">(${fact.law})</span>`}`
}

const CONFIDENCE_LOOK: Partial<Record<Fact['confidence'], string>> = { V: 'good', B: 'warn', GAP: 'bad' }

function confidenceBadge({ t }: Visit, confidence: Fact['confidence']): Html {
  return html`<span class="badge ${CONFIDENCE_LOOK[confidence]}" title="${t(`console.answers.confidence.${confidence}`)}">${confidence}</span>`
}

function adder({ t }: Visit, name: string, list: string): Html {
  return html`<label>${t('console.answers.add')}<input name="${name}.add" list="${list}" autocomplete="off" spellcheck="false"></label>`
}

export function datalist(id: string, options: readonly (readonly [string, string])[]): Html {
  return html`<datalist id="${id}">${options.map(
    ([value, label]) => html`<option value="${value}">${label}</option>`,
  )}</datalist>`
}

/** What was found about a part of the item, beside its field. */
function said(visit: Visit, findings: readonly Finding[], part: readonly string[]): Html {
  const own = findings.filter(finding => part.every((key, place) => finding.part[place] === key))
  return findingList(visit, own)
}

/** Findings in words; `withPlace`: they don't stand beside their field. */
export function findingList({ t }: Visit, findings: readonly Finding[], withPlace = false): Html {
  if (findings.length === 0) return html``
  return html`<ul class="findings">${findings.map(finding => {
    const { severity, code, values } = finding
    return html`<li class="${severity}">${withPlace && html`<strong>${placeOf(t, finding)}</strong> `}${t(`console.check.${code}`, values)}</li>`
  })}</ul>`
}

function placeOf(t: Visit['t'], { part: [first, second] }: Finding): string {
  const language = LANGUAGES.find(known => known === first)
  const field = FIELDS.find(known => known === (language ? second : first))
  const names = [
    language && t(`console.answers.language.${language}`),
    field && t(`console.answers.field.${field}`),
  ]
  return `${names.filter(Boolean).join(', ') || String(first ?? '')}:`
}

const FIELDS = [
  'title',
  'answer',
  'steps',
  'phrasings',
  'keywords',
  'status',
  'confidence',
  'owner',
  'lastChecked',
  'reviewBy',
  'sources',
  'facts',
  'gaps',
  'related',
] as const
