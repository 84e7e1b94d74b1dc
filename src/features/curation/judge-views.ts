// The page before publishing: what gets better, what gets worse, and what speaks against it.
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { number, percent, problemNote, type Visit } from '../../staff/index.ts'
import type { Figures } from '../answers/index.ts'
import { differencesView } from './diff-views.ts'
import { findingList } from './edit-views.ts'
import type { Item } from './item.ts'
import type { Change, Judgement } from './judge.ts'
import type { Revision } from './store.ts'

export type Judged = {
  open: Revision
  judgement: Judgement
  stamp: string
  /** What people get now. */
  live: Item | undefined
  /** Why this account can't publish. */
  hindrance: 'mistakes' | 'conflict' | 'second' | undefined
  problem: SentenceKey | undefined
  nameOf(id: string): string
}

export function judgeView(visit: Visit, judged: Judged): Html {
  const { t } = visit
  const { open, judgement, live, problem } = judged
  const { findings, changes } = judgement
  return html`${problemNote(problem && t(problem))}
<p><a href="/console/answers/${open.contentId}">${t('console.answers.backToEditor')}</a></p>
<div class="columns"><div>
<section class="card"><h2>${t('console.answers.whatChanges')}</h2>${differencesView(visit, live, open.item)}</section>
<section class="card"><h2>${t('console.answers.checks')}</h2>${
    findings.length
      ? findingList(visit, findings, true)
      : html`<p class="done">${t('console.answers.noFindings')}</p>`
  }</section>
<section class="card"><h2>${t('console.answers.goldChanges', { count: changes.length })}</h2>${changesView(visit, judged)}</section>
</div><div>
${publishCard(visit, judged)}
<section class="card"><h2>${t('console.answers.gold')}</h2>${figuresView(visit, judgement)}</section>
<section class="card"><h2>${t('console.answers.confusable')}</h2>${confusableView(visit, judged)}</section></div></div>`
}

function publishCard(visit: Visit, { open, stamp, hindrance }: Judged): Html {
  const { t, csrf } = visit
  const hidden = html`${csrf}<input type="hidden" name="stamp" value="${stamp}">`
  const action = `/console/answers/${open.contentId}`
  return html`<section class="card"><h2>${t('console.answers.publish')}</h2>
<p>${t('console.answers.savedBy', { author: open.author, number: open.number })}</p>${open.note && html`<p class="quiet">${open.note}</p>`}
${hindrance && html`<p class="warning">${t(`console.answers.hindrance.${hindrance}`)}</p>`}
${!hindrance && html`<form method="post" action="${action}/publish">${hidden}<button class="primary">${t('console.answers.publishNow')}</button></form>`}
${hindrance === 'second' && open.state === 'draft' && html`<form method="post" action="${action}/submit">${hidden}<button class="primary">${t('console.answers.submit')}</button></form>`}
</section>`
}

const FIGURES = ['top1', 'answered', 'answeredRight', 'outsideAnswered'] as const

function figuresView(visit: Visit, { before, after, thresholds }: Judgement): Html {
  const { t } = visit
  const share = (figures: Figures, name: (typeof FIGURES)[number]) => percent(visit, figures[name], 1)
  return html`<table class="figures"><thead><tr><th scope="col"><span class="visually-hidden">${t('console.answers.figure')}</span></th>
<th scope="col" class="number">${t('console.answers.now')}</th><th scope="col" class="number">${t('console.answers.after')}</th></tr></thead>
<tbody>${FIGURES.map(
    name =>
      html`<tr><th scope="row">${t(`console.answers.figures.${name}`)}</th><td class="number">${share(before, name)}</td>
<td class="number ${lookOf(name, before, after)}">${share(after, name)}</td></tr>`,
  )}</tbody></table><p class="hint">${t('console.answers.goldSize', { in: after.n, out: after.outside })}</p>
${thresholds && html`<p class="hint">${t('console.answers.thresholds', { sr: number(visit, thresholds.sr.answer, 3), en: number(visit, thresholds.en.answer, 3) })}</p>`}
<p class="hint">${t('console.answers.thresholdsLater')}</p>`
}

/** Of what is answered out of scope, less is better. */
function lookOf(name: (typeof FIGURES)[number], before: Figures, after: Figures): string {
  const gain = (after[name] - before[name]) * (name === 'outsideAnswered' ? -1 : 1)
  if (Math.abs(gain) < 1e-9) return ''
  return gain > 0 ? 'up' : 'down'
}

function changesView(visit: Visit, { judgement, nameOf }: Judged): Html {
  const { t } = visit
  const { changes, copied } = judgement
  return html`${changes.length === 0 && html`<p class="quiet">${t('console.answers.noChanges')}</p>`}
<ul class="rows">${changes.map(change => changeView(visit, change, nameOf))}</ul>
${copied.length > 0 && html`<p class="warning">${t('console.answers.copied')}</p><ul>${copied.map(line => html`<li>${line}</li>`)}</ul>`}`
}

function changeView(
  { t }: Visit,
  { question, better, before, after }: Change,
  nameOf: Judged['nameOf'],
): Html {
  const fate = ({ decision, top }: Change['before']) =>
    html`${t(`console.answers.decision.${decision}`)}${top && html` <span class="quiet">${nameOf(top)}</span>`}`
  return html`<li><div><span class="badge ${better ? 'good' : 'bad'}">${t(better ? 'console.answers.better' : 'console.answers.worse')}</span> <q lang="${question.lang}">${question.q}</q>
<p class="quiet">${fate(before)} → ${fate(after)}</p></div></li>`
}

function confusableView(visit: Visit, { judgement, open, nameOf }: Judged): Html {
  const { t } = visit
  const { confusable } = judgement
  if (confusable.length === 0) return html`<p class="quiet">${t('console.answers.noConfusable')}</p>`
  return html`<ul>${confusable.map(({ id, other, phrasing }) => {
    const rival = id === open.contentId ? other : id
    return html`<li><q>${phrasing}</q> <a href="/console/answers/${rival}">${nameOf(rival)}</a></li>`
  })}</ul>`
}
