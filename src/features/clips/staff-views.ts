// The pages of the clips in the console.
import type { Clip, ClipEdition, OwnVideos } from '../../core/model/content.ts'
import type { ClipDeed } from '../../core/model/effect.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { number, percent, type Visit } from '../../staff/index.ts'
import { dayText, hiddenBecause } from '../answers/index.ts'
import { fileUrl, pageUrl, readingOf, showingOf } from './catalog.ts'
import { type Problem, SPOKEN } from './own-videos.ts'
import type { Counts } from './store.ts'

const NONE: Counts = { offered: 0, started: 0, answered: 0, correct: 0 }
const DEEDS: readonly Exclude<ClipDeed, 'correct'>[] = ['offered', 'started', 'answered']

export function clipList(
  visit: Visit,
  clips: readonly Clip[],
  counts: ReadonlyMap<string, Counts>,
  { subscribers, finishers }: { subscribers: number; finishers: number },
): Html {
  const { t } = visit
  return html`<p class="hint">${t('console.clips.lead')}</p>
<section class="card"><img src="/console/clips/chart.svg" alt="${t('console.clips.chart')}">
<div class="table-scroll"><table><thead><tr><th scope="col">${t('console.clips.order')}</th><th scope="col">${t('console.clips.clip')}</th>
${DEEDS.map(deed => html`<th scope="col" class="number">${t(`console.clips.${deed}`)}</th>`)}<th scope="col" class="number">${t('console.clips.correct')}</th></tr></thead>
<tbody>${clips.map(clip => row(visit, clip, counts.get(clip.id) ?? NONE))}</tbody></table></div>
<p class="hint">${t('console.clips.counted')}</p>
<p>${t('console.clips.subscribers', { count: number(visit, subscribers) })} ${t('console.clips.finishers', { count: number(visit, finishers) })}</p></section>`
}

function row(visit: Visit, clip: Clip, counts: Counts): Html {
  const { contentLanguage, inScript } = visit
  return html`<tr><td>${clip.order}</td>
<th scope="row"><a href="/console/clips/${clip.id}">${inScript(clip.texts[contentLanguage].title)}</a> ${stateBadge(visit, clip)}</th>
${DEEDS.map(deed => html`<td class="number">${number(visit, counts[deed])}</td>`)}<td class="number">${rightShare(visit, counts)}</td></tr>`
}

function rightShare(visit: Visit, { answered, correct }: Counts): string {
  return answered ? percent(visit, correct / answered) : '–'
}

function stateBadge({ t, now }: Visit, { editions, reviewBy }: Clip): Html {
  if (!editions['sr-Latn']) return html`<span class="badge bad">${t('console.clips.notRendered')}</span>`
  const overdue = hiddenBecause({ status: 'published', reviewBy }, now.getTime())
  return html`${overdue && html`<span class="badge warn">${t('console.clips.withheld')}</span>`}`
}

/** What the page of one clip shows besides the clip itself. */
export type Detail = {
  counts?: Counts
  publicUrl: string
  own: OwnVideos
  /** What was wrong with the files that were just sent. */
  problems: readonly Problem[]
}

export function clipDetail(visit: Visit, clip: Clip, detail: Detail): Html {
  const { t, contentLanguage, inScript, account } = visit
  const { intro } = clip.texts[contentLanguage]
  const mayEdit = account.role === 'admin' || account.role === 'editor'
  return html`${problemsView(visit, detail.problems)}<p>${inScript(intro)} ${stateBadge(visit, clip)}</p>
${mayEdit && html`<p><a class="button" href="/console/announcements/new?clip=${clip.id}">${t('console.clips.announce')}</a></p>`}
<p class="quiet">${t('console.clips.owner', { owner: clip.owner })} · ${t('answer.checked', { date: dayText(clip.lastChecked, contentLanguage) })} ·
${t('console.clips.reviewBy', { date: dayText(clip.reviewBy, contentLanguage) })}</p>
<div class="columns"><section class="card">${preview(visit, clip, detail.own)}
<p><a href="${pageUrl(detail.publicUrl, clip)}">${t('console.clips.page')}</a> · <a href="/clips/${clip.id}/qr.svg">${t('console.clips.code')}</a></p></section>
${questionView(visit, clip, detail.counts ?? NONE)}</div>
<section class="card"><h2>${t('console.clips.files')}</h2>${files(visit, clip)}</section>
${mayEdit && uploadView(visit, clip, detail.own)}`
}

function problemsView({ t }: Visit, problems: readonly Problem[]): Html {
  return html`${
    problems.length > 0 &&
    html`<div class="problem" role="alert"><p>${t('console.clips.refused')}</p>
<ul>${problems.map(problem => html`<li>${t(`console.clips.problem.${problem}`)}</li>`)}</ul></div>`
  }`
}

function questionView(visit: Visit, clip: Clip, counts: Counts): Html {
  const { t, contentLanguage, inScript } = visit
  const { question } = clip.texts[contentLanguage]
  return html`<section class="card"><h2>${t('console.clips.question')}</h2><p>${inScript(question.ask)}</p>
<ol>${question.options.map(
    (
      option,
      index,
    ) => html`<li>${inScript(option)}${index === clip.right && html` <span class="badge good">${t('console.clips.right')}</span>`}
<br><span class="quiet">${inScript(question.reasons[index] ?? '')}</span></li>`,
  )}</ol>
<p>${DEEDS.map(deed => html`${t(`console.clips.${deed}`)}: <b>${number(visit, counts[deed])}</b> · `)}${t('console.clips.correct')}: <b>${rightShare(visit, counts)}</b></p></section>`
}

function uploadView({ t, csrf }: Visit, { id }: Clip, own: OwnVideos): Html {
  const file = (field: 'video' | 'captions' | 'still', accept: string) =>
    html`<label>${t(`console.clips.upload.${field}`)}<input type="file" name="${field}" accept="${accept}" required></label>`
  return html`<section class="card"><h2>${t('console.clips.upload.title')}</h2><p class="hint">${t('console.clips.upload.text')}</p>
${SPOKEN.filter(variant => own[`${id}/${variant}`]).map(
  variant => html`<form method="post" action="/console/clips/${id}/video/remove" class="row" data-confirm="${t('console.clips.upload.removeConfirm')}">${csrf}
<input type="hidden" name="variant" value="${variant}"><span>${t('console.clips.upload.shown', { variant })}</span><button>${t('console.clips.upload.remove')}</button></form>`,
)}
<form method="post" action="/console/clips/${id}/video" enctype="multipart/form-data" class="stack">${csrf}
<label>${t('console.clips.edition')}<select name="variant">${SPOKEN.map(variant => html`<option>${variant}</option>`)}</select></label>
${file('video', 'video/mp4')}${file('captions', '.vtt')}${file('still', 'image/jpeg,image/png')}
<button class="primary">${t('console.clips.upload.send')}</button></form></section>`
}

function preview({ language, t }: Visit, clip: Clip, own: OwnVideos): Html {
  const showing = showingOf(clip, language, own)
  const text = readingOf(clip, language)
  if (!showing || !text) return html`<p>${t('console.clips.notRendered')}</p>`
  return html`<video class="player" controls preload="none" width="270" height="480" poster="${fileUrl('', showing.thumbnail)}">
<source src="${fileUrl('', showing.video)}" type="video/mp4"><track kind="captions" src="${fileUrl('', showing.captions)}"></video>`
}

function files(visit: Visit, { editions }: Clip): Html {
  const { t } = visit
  return html`<div class="table-scroll"><table><thead><tr><th scope="col">${t('console.clips.edition')}</th><th scope="col">${t('console.clips.duration')}</th>
<th scope="col" class="number">${t('console.clips.bytes')}</th></tr></thead>
<tbody>${Object.entries(editions).map(
    ([variant, edition]) => html`<tr><th scope="row">${variant}</th>
<td>${edition.video ? t('console.clips.length', { seconds: Math.round(edition.seconds) }) : t('console.clips.texts')}</td>
<td class="number">${number(visit, bytesOf(edition) / 1e6, 1)} MB</td></tr>`,
  )}</tbody></table></div>`
}

function bytesOf({ video, stills, captions, thumbnail, transcript }: ClipEdition): number {
  const all = [video, captions, thumbnail, transcript, ...stills]
  return all.reduce((sum, file) => sum + (file?.bytes ?? 0), 0)
}
