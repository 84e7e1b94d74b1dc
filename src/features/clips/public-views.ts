// The public pages of the clips. Everything a video shows and says stands below it, too.
import type { Clip, ClipFile, ClipShowing, Content, OwnVideos } from '../../core/model/content.ts'
import { knownPageLanguage } from '../../core/text/page-language.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { PublicVisit } from '../../site/index.ts'
import { dayText, entryById, hiddenBecause, visibleClips } from '../answers/index.ts'
import { fileUrl, megabytes, nextClip, pageUrl, readingOf, showingOf } from './catalog.ts'

/** Files of this server are asked for by their path. */
const path = (file: ClipFile) => fileUrl('', file)

/** All clips in their order. */
export function listView(visit: PublicVisit, clips: readonly Clip[], own: OwnVideos): Html {
  const { t } = visit
  return html`<main class="document">
  <h1>${t('clipsPage.title')}</h1>
  <p class="lead">${t('clipsPage.lead')}</p>
  <ol class="clips" role="list">${clips.map(clip => item(visit, clip, own))}</ol>
  <p><a class="back" href="/">${t('web.backToChat')}</a></p>
</main>`
}

function item({ t, language, contentLanguage, inScript }: PublicVisit, clip: Clip, own: OwnVideos): Html {
  const { title, intro } = clip.texts[contentLanguage]
  const showing = showingOf(clip, language, own)
  return html`<li><a href="/clips/${clip.id}">${
    showing && html`<img src="${path(showing.thumbnail)}" alt="" width="90" height="160" loading="lazy">`
  }<span><span class="name">${inScript(title)}</span>
    <span>${inScript(intro)}</span>
    ${showing && html`<span class="quiet">${t('clipsPage.seconds', { seconds: Math.round(showing.seconds) })}</span>`}</span></a></li>`
}

/** One clip: player, way into the chat, everything as text and pictures, sources, answers, a code to share. */
export function clipView(
  visit: PublicVisit,
  clip: Clip,
  { content, publicUrl, own }: { content: Content; publicUrl: string; own: OwnVideos },
): Html {
  const { t, language, contentLanguage, inScript } = visit
  const { title, intro } = clip.texts[contentLanguage]
  const showing = showingOf(clip, language, own)
  const next = nextClip(visibleClips(content, visit.now.getTime()), [clip.id], clip.id)
  return html`<main class="document clip">
  <h1>${inScript(title)}</h1>
  <p class="lead">${inScript(intro)}</p>
  ${showing && player(visit, clip, showing)}
  <p class="actions"><a class="choice strong" href="/?start=clip-${clip.id}">${t('clipsPage.ask')}</a>
  ${showing && html`<a href="${path(showing.video)}" download>${t('clipsPage.download', { megabytes: megabytes(showing.video.bytes, language) })}</a>`}</p>
  <h2 id="text">${t('clipsPage.transcript')}</h2>
  ${transcript(visit, clip)}
  <h2>${t('clipsPage.sources')}</h2>
  <ul>${clip.sources.map(source => html`<li>${inScript(source)}</li>`)}</ul>
  <p>${t('answer.checked', { date: dayText(clip.lastChecked, contentLanguage) })}
  ${clip.confidence === 'B' && t('answer.unverified')}</p>
  ${answers(visit, clip, content)}
  <h2>${t('clipsPage.share')}</h2>
  <p>${t('clipsPage.shareText', { url: pageUrl(publicUrl, clip) })}</p>
  <p><img class="code" src="/clips/${clip.id}/qr.svg" alt="${t('clipsPage.code', { title: inScript(title) })}" width="200" height="200"></p>
  <p class="actions">${next && html`<a href="/clips/${next.id}">${t('clipsPage.next', { title: inScript(next.texts[contentLanguage].title) })}</a>`}
  <a href="/clips">${t('clipsPage.all')}</a></p>
</main>`
}

function player(
  { t, language, contentLanguage, inScript }: PublicVisit,
  clip: Clip,
  showing: ClipShowing,
): Html {
  const { title } = clip.texts[contentLanguage]
  const { video, thumbnail, captions } = showing
  const spoken = knownPageLanguage(language) ?? 'sr-Latn'
  return html`<video class="player" controls playsinline preload="none" poster="${path(thumbnail)}" width="360" height="640"
    aria-label="${inScript(title)}" data-clip="${clip.id}"><source src="${path(video)}" type="video/mp4">
    <track kind="captions" src="${path(captions)}" srclang="${spoken}" label="${spoken}">${t('clipsPage.noVideo')}</video>`
}

function transcript({ language, contentLanguage, inScript }: PublicVisit, clip: Clip): Html {
  const stills = readingOf(clip, language)?.stills ?? []
  return html`<ol class="scenes" role="list">${clip.texts[contentLanguage].scenes.map(
    ({ captions, alt }, index) => {
      const still = stills[index]
      return html`<li>${still && html`<img src="${path(still)}" alt="${inScript(alt)}" width="432" height="432" loading="lazy">`}
    <p>${inScript(captions.join(' '))}</p></li>`
    },
  )}</ol>`
}

function answers(
  { t, contentLanguage, inScript, now }: PublicVisit,
  { related }: Clip,
  content: Content,
): Html {
  const entries = related.flatMap(id => {
    const entry = entryById(content, id)
    return entry && !hiddenBecause(entry, now.getTime()) ? [entry] : []
  })
  return html`${
    entries.length > 0 &&
    html`<h2>${t('clipsPage.answers')}</h2>
  <ul>${entries.map(({ id, texts }) => html`<li><a href="/?start=faq-${id}">${inScript(texts[contentLanguage].title)}</a></li>`)}</ul>`
  }`
}
