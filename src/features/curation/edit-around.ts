// What stands above the editor: where the item stands, what speaks against it, and what can be done with it.
import { LANGUAGES, type Language } from '../../core/model/content.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { deedButton, time, type Visit } from '../../staff/index.ts'
import type { Published } from './compose.ts'
import { differencesView } from './diff-views.ts'
import { differencesBetween, type Field } from './differences.ts'
import { type Item, isEntry, kindOf } from './item.ts'
import type { Revision } from './store.ts'

export type Standing = {
  item: Item
  /** Newest first. */
  revisions: readonly Revision[]
  open: Revision | undefined
  /** What people get now. */
  live: Item | undefined
  stamp: string
}

/** Where the item stands, and the ways from here. */
export function standingView(visit: Visit, standing: Standing): Html {
  const { t } = visit
  const { item, open, revisions, live } = standing
  const published = revisions.find(({ state }) => state === 'published')
  return html`<div class="standing"><p>
<span class="badge">${t(`console.answers.kind.${kindOf(item)}`)}</span>
<span class="badge ${live ? 'good' : 'warn'}">${t(live ? 'console.answers.isLive' : 'console.answers.notLive')}</span>
${open && html`<span class="badge warn">${t(`console.answers.state.${open.state}`)}</span>`}
<code>${item.id}</code></p>
${open && html`<p class="quiet">${t('console.answers.savedBy', { author: open.author, number: open.number })} ${time(visit, open.updatedAt)}</p>`}
<p class="row tools"><a href="/console/answers/${item.id}/revisions">${t('console.answers.revisions')} (${revisions.length})</a>
<a href="/console/answers/bench?draft=${item.id}">${t('console.answers.tryIt')}</a>
<a href="/console/answers/new?copy=${item.id}&amp;kind=${kindOf(item)}">${t('console.answers.duplicate')}</a></p>
${open && deed(visit, standing, 'delete', 'console.answers.deleteConfirm')}
${published && deed(visit, standing, 'withdraw', 'console.answers.withdrawConfirm')}</div>`
}

type Verb = 'delete' | 'withdraw' | 'restore' | 'accept'

/** A button that changes something at once. */
export function deed(
  visit: Visit,
  { item, stamp }: Pick<Standing, 'item' | 'stamp'>,
  verb: Verb,
  confirm?: SentenceKey,
  fields: Record<string, string | number> = {},
): Html {
  const takesAway = verb === 'delete' || verb === 'withdraw'
  return deedButton(visit, {
    to: `/console/answers/${item.id}/${verb}`,
    label: visit.t(`console.answers.${verb}`),
    look: takesAway ? 'small danger' : 'small',
    confirm: confirm && visit.t(confirm),
    fields: { stamp, ...fields },
  })
}

/** Somebody changed the file after this was published: people get the file. */
export function conflictView(
  visit: Visit,
  { file, published, stamp }: { file: Item | undefined; published: Published; stamp: string },
): Html {
  const { t } = visit
  const { item, number } = published
  return html`<section class="card conflict" role="alert"><h2>${t('console.answers.conflict.title')}</h2>
<p>${t('console.answers.conflict.text', { number })}</p>${besides(visit, file, item)}
<div class="row">${deed(visit, { item, stamp }, 'restore', undefined, { number })}${deed(visit, { item, stamp }, 'withdraw')}</div></section>`
}

/** Somebody changed the file while this draft was open. */
export function fileChangedView(
  visit: Visit,
  { file, open, stamp }: { file: Item | undefined; open: Revision; stamp: string },
): Html {
  const { t } = visit
  return html`<section class="card conflict" role="alert"><h2>${t('console.answers.fileChanged.title')}</h2>
<p>${t('console.answers.fileChanged.text')}</p>${besides(visit, file, open.item)}
${deed(visit, { item: open.item, stamp }, 'accept')}</section>`
}

/** Somebody else saved meanwhile: their text beside the one that was typed. */
export function changedView(visit: Visit, { mine, theirs }: { mine: Item; theirs: Standing }): Html {
  const { t } = visit
  const { open, item } = theirs
  const author = open?.author ?? theirs.revisions[0]?.author ?? ''
  return html`<section class="card conflict" role="alert"><h2>${t('console.answers.changed.title')}</h2>
<p>${t('console.answers.changed.text', { author })}</p>
<div class="beside"><section><h3>${t('console.answers.changed.difference')}</h3>${differencesView(visit, item, mine)}</section>
<section><h3>${t('console.answers.changed.theirs')}</h3>${textsView(visit, item, saidDifferently(item, mine))}</section></div></section>`
}

/** What makes the difference, and below both texts beside each other where people would read something else. */
function besides(visit: Visit, file: Item | undefined, ours: Item): Html {
  const { t } = visit
  const languages = saidDifferently(file, ours)
  const ownText = (item: Item | undefined) =>
    item ? textsView(visit, item, languages) : html`<p class="quiet">${t('console.answers.noFile')}</p>`
  return html`<h3>${t('console.answers.fromFile')}</h3>${differencesView(visit, file, ours)}
${
  languages.length > 0 &&
  html`<div class="beside"><section><h3>${t('console.answers.inFile')}</h3>${ownText(file)}</section>
<section><h3>${t('console.answers.inConsole')}</h3>${ownText(ours)}</section></div>`
}`
}

const READ: readonly Field[] = ['title', 'answer', 'steps']

/** The languages in which people would read something else. */
function saidDifferently(before: Item | undefined, after: Item): Language[] {
  const read = differencesBetween(before, after).filter(({ field }) => READ.includes(field))
  return LANGUAGES.filter(known => read.some(({ language }) => language === known))
}

/** What people read of an item in some languages. */
function textsView(visit: Visit, item: Item, languages: readonly Language[]): Html {
  return html`${languages.map(language => textView(visit, item, language))}`
}

function textView({ t }: Visit, item: Item, language: Language): Html {
  const { answer } = item.texts[language]
  const entry = isEntry(item) ? item.texts[language] : undefined
  return html`<div class="wording"><p class="quiet">${t(`console.answers.language.${language}`)}</p><div lang="${language}">
${entry && html`<p><strong>${entry.title}</strong></p>`}<p class="said">${answer}</p>
${entry && entry.steps.length > 0 && html`<ul>${entry.steps.map(step => html`<li>${step}</li>`)}</ul>`}</div></div>`
}

/** The whole item for whoever only reads. */
export function readView(visit: Visit, item: Item): Html {
  const { t } = visit
  return html`<p><span class="badge">${t(`console.answers.kind.${kindOf(item)}`)}</span> <code>${item.id}</code></p>
<div class="languages-beside">${LANGUAGES.map(language => {
    const { phrasings } = item.texts[language]
    return html`<section class="card">${textView(visit, item, language)}<details><summary>${t('console.answers.field.phrasings')} (${phrasings.length})</summary>
<ul lang="${language}">${phrasings.map(phrasing => html`<li>${phrasing}</li>`)}</ul></details></section>`
  })}</div>${isEntry(item) && sourcesView(visit, item)}`
}

function sourcesView(
  { t }: Visit,
  { sources, lastChecked, reviewBy, owner }: Extract<Item, { status: string }>,
) {
  return html`<section class="card"><h2>${t('console.answers.field.sources')}</h2>
<ul>${sources.map(
    ({ name, gazette, article, url }) =>
      html`<li>${url ? html`<a href="${url}" rel="noopener">${name}</a>` : name} <span class="quiet">${[gazette, article].filter(Boolean).join(' · ')}</span></li>`,
  )}</ul><p class="quiet">${t('console.answers.field.lastChecked')}: ${lastChecked} · ${t('console.answers.field.reviewBy')}: ${reviewBy} · ${owner}</p></section>`
}
