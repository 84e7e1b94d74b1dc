// How workshops look on the public site. Everything works without a script.
import type { Translate } from '../../core/model/topic.ts'
import type { LocalText } from '../../core/model/workshop.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Coverage } from './coverage.ts'
import { hasRoom } from './messages.ts'
import { isOpen } from './rules.ts'
import type { WorkshopRecord } from './store.ts'
import { languageWords, momentWords, placeWords, positionOn, type Speaker, whenWords } from './words.ts'

/** Who reads: `t` and `text` are in their script already, what `speaker` says is brought into it. */
export type Reader = {
  speaker: Speaker
  t: Translate
  inScript(text: string): string
  text(local: LocalText): string
  now: number
}

/** One channel on which people may sign up. */
export type Way = { channel: 'web' | 'telegram' | 'viber'; href: string; picture: Html }

type List = {
  coming: readonly WorkshopRecord[]
  past: readonly WorkshopRecord[]
  community?: string
  coverage: Coverage
  publicUrl: string
}

export function listView(reader: Reader, { coming, past, community, coverage, publicUrl }: List): Html {
  const { t } = reader
  return html`
<main class="document">
  <h1>${t('workshopsPage.title')}</h1>
  <p class="lead">${t('workshopsPage.lead')}</p>
  ${filter(reader, community)}
  <section aria-labelledby="coming"><h2 id="coming">${t('workshopsPage.coming')}</h2>
  ${coming.length === 0 && html`<p>${t('workshopsPage.none')}</p>`}
  <ul class="cards">${coming.map(workshop => html`<li>${entry(reader, workshop)}</li>`)}</ul></section>
  <p><a href="${publicUrl.replace(/^https?:/, 'webcal:')}/workshops.ics">${t('workshopsPage.subscribe')}</a> ·
    <a href="/workshops.ics">${t('workshopsPage.feed')}</a></p>
  ${past.length > 0 && pastSection(reader, past)}
  <section aria-labelledby="reached"><h2 id="reached">${t('workshopsPage.reached')}</h2>
  <p>${reachedWords(reader, coverage)}</p></section>
  <p><a class="back" href="/">${t('web.backToChat')}</a></p>
</main>`
}

function reachedWords({ t, speaker }: Reader, { reached, communities, held, people }: Coverage): string {
  const goal = speaker.content.city.workshopGoal
  const said = t('workshopsPage.reachedText', { reached, all: communities.length, held, people })
  return goal ? `${said} ${t('workshopsPage.goal', { goal })}` : said
}

/** Only communities whose name the city has confirmed can be chosen. */
function filter({ t, speaker, inScript }: Reader, chosen: string | undefined): Html | false {
  const named = speaker.content.communities.filter(({ confirmed }) => confirmed)
  if (named.length < 2 && !chosen) return false
  return html`<form class="filter" method="get" action="/workshops"><label for="community">${t('workshopsPage.community')}</label>
    <select id="community" name="community"><option value="">${t('workshopsPage.all')}</option>${named.map(
      ({ id, name }) =>
        html`<option value="${id}" ${id === chosen && html`selected`}>${inScript(name)}</option>`,
    )}</select> <button>${t('workshopsPage.show')}</button></form>`
}

function entry(reader: Reader, workshop: WorkshopRecord): Html {
  const { speaker, inScript, text } = reader
  return html`<article><h3><a href="/workshops/${workshop.id}">${text(workshop.title)}</a></h3>
    <p>${time(reader, workshop)}</p>
    <p>${inScript(placeWords(workshop, speaker))}</p>
    <p class="small">${stateWords(reader, workshop)}</p></article>`
}

function time({ speaker, inScript }: Reader, workshop: WorkshopRecord): Html {
  const iso = new Date(workshop.startsAt).toISOString()
  return html`<time datetime="${iso}">${inScript(whenWords(workshop, speaker))}</time>`
}

function stateWords({ t, now, speaker, inScript }: Reader, workshop: WorkshopRecord): string {
  const { status, opensAt = 0, free, capacity, waiting } = workshop
  if (status === 'cancelled') return t('workshop.isCancelled')
  if (status === 'done' || now >= workshop.endsAt) return t('workshop.isOver')
  if (now < opensAt) return inScript(speaker.t('workshop.opens', { moment: momentWords(opensAt, speaker) }))
  if (!isOpen(workshop, now)) return t('workshop.isClosed')
  return hasRoom(workshop)
    ? t('workshop.free', { count: free, capacity })
    : t('workshop.full', { count: waiting })
}

function pastSection(reader: Reader, past: readonly WorkshopRecord[]): Html {
  const { t, text, inScript, speaker } = reader
  return html`<section aria-labelledby="past"><h2 id="past">${t('workshopsPage.past')}</h2>
  <ul class="past">${past.map(
    workshop => html`<li><a href="/workshops/${workshop.id}">${text(workshop.title)}</a>
    <span class="small">${time(reader, workshop)} · ${inScript(placeWords(workshop, speaker))}${workshop.hasMinutes && ` · ${t('workshopsPage.minutes')}`}</span></li>`,
  )}</ul></section>`
}

export function workshopView(reader: Reader, workshop: WorkshopRecord, ways: readonly Way[]): Html {
  const { t, text, now } = reader
  const cancelled = workshop.status === 'cancelled'
  const coming = workshop.status === 'published' && now < workshop.endsAt
  return html`
<main class="document">
  <h1>${text(workshop.title)}</h1>
  ${cancelled && html`<p class="attention" role="status">${t('workshop.isCancelled')}</p>`}
  ${facts(reader, workshop)}
  ${paragraphs(text(workshop.description))}
  ${texts(t('workshopsPage.agenda'), text(workshop.agenda))}
  ${texts(t('workshopsPage.accessibility'), text(workshop.accessibility))}
  ${coming && isOpen(workshop, now) && waysSection(reader, workshop, ways)}
  ${workshop.hasMinutes && workshop.minutes && html`<section id="minutes"><h2>${t('workshopsPage.minutes')}</h2>${paragraphs(text(workshop.minutes))}</section>`}
  <p><a class="back" href="/workshops">${t('workshopsPage.title')}</a></p>
</main>`
}

function facts(reader: Reader, workshop: WorkshopRecord): Html {
  const { t, speaker, inScript } = reader
  const position = positionOn(workshop)
  const { languages, status } = workshop
  return html`<dl class="facts">
  <div><dt>${t('workshopsPage.when')}</dt><dd>${time(reader, workshop)}${
    status !== 'done' && html`<br><a href="/workshops/${workshop.id}.ics" download>${t('web.calendar')}</a>`
  }</dd></div>
  <div><dt>${t('workshopsPage.where')}</dt><dd>${inScript(placeWords(workshop, speaker))}${
    position && html`<br><a href="${mapUrl(position)}" rel="noopener">${t('web.map')}</a>`
  }</dd></div>
  ${
    languages.length > 0 &&
    html`<div><dt>${t('workshopsPage.spoken')}</dt><dd>${inScript(languageWords(languages, speaker.t))}</dd></div>`
  }
  <div><dt>${t('workshopsPage.seats')}</dt><dd>${stateWords(reader, workshop)}</dd></div>
</dl>`
}

function mapUrl({ lat, lon }: { lat: number; lon: number }): string {
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=17/${lat}/${lon}`
}

function texts(heading: string, text: string): Html | false {
  return text !== '' && html`<section><h2>${heading}</h2>${paragraphs(text)}</section>`
}

/** Blank lines part paragraphs; single line breaks stay. */
function paragraphs(text: string): Html[] {
  return text
    .split(/\n{2,}/)
    .filter(Boolean)
    .map(paragraph => html`<p class="lines">${paragraph}</p>`)
}

function waysSection({ t }: Reader, { id }: WorkshopRecord, ways: readonly Way[]): Html {
  return html`<section><h2>${t('workshopsPage.signUp')}</h2>
  <p>${t('workshopsPage.signUpText')}</p>
  <ul class="cards wide">${ways.map(
    ({
      channel,
      href,
      picture,
    }) => html`<li><article><h3><a href="${href}">${t(`workshopsPage.on.${channel}`)}</a></h3>
    <div class="qr" role="img" aria-label="${t('workshopsPage.qr', { channel: t(`workshopsPage.on.${channel}`) })}">${picture}</div></article></li>`,
  )}</ul>
  <p>${t('workshopsPage.anywhere', { number: id })}</p></section>`
}
