// The composer: the form in which an announcement is written.
import { LANGUAGES } from '../../core/model/content.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { channelName } from '../../core/text/channel-name.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Visit } from '../../staff/index.ts'
import { OTHER_COMMUNITY, shownCommunities } from '../choices/index.ts'
import { VARIANTS } from './compose.ts'
import type { AnnouncementDeps } from './deps.ts'
import { CHANNELS, TEXT_MAX } from './model.ts'
import type { Choice } from './plugs.ts'
import type { Draft } from './staff-draft.ts'

/** What an author may attach and choose by. */
export type Offer = { workshops: readonly Choice[]; polls: readonly Choice[]; clips: readonly Choice[] }

type Option = { value: string; label: string }

/** The form. With a script what it would look like follows as one writes; without, a button shows it. */
export function composerForm(
  visit: Visit,
  deps: Pick<AnnouncementDeps, 'knowledge' | 'settings'>,
  { draft, offer }: { draft: Draft; offer: Offer },
): Html {
  const { t, csrf } = visit
  const { id } = draft
  const action = id ? `/console/announcements/${id}` : '/console/announcements'
  const preview = `/console/announcements/preview${id ? `?id=${id}` : ''}`
  return html`<form method="post" action="${action}" class="compose" data-keep
  hx-post="${preview}" hx-trigger="input delay:500ms" hx-target="#look" hx-swap="innerMorph" hx-sync="this:replace" hx-indicator="#look">${csrf}
${textFields(visit, draft)}${attachFields(visit, draft, offer)}${audienceFields(visit, deps, draft, offer)}${whenField(visit, deps, draft)}
${lookFields(visit, draft)}
<p class="row"><button class="primary">${t('console.announcements.save')}</button>
<noscript><button formaction="${preview}" formnovalidate>${t('console.announcements.showGo')}</button></noscript></p></form>`
}

function textFields({ t }: Visit, { texts }: Draft): Html {
  return html`<section class="card"><h2>${t('console.announcements.text.title')}</h2>
<p class="hint" id="text-hint">${t('console.announcements.text.hint')}</p>${LANGUAGES.map(
    language =>
      html`<p><label>${t(`console.announcements.text.${language}`)}<textarea name="${language}" rows="${language === 'sr' ? 6 : 3}" maxlength="${TEXT_MAX}" lang="${language}" aria-describedby="text-hint" ${language === 'sr' && html`required`}>${texts[language]}</textarea></label></p>`,
  )}</section>`
}

function attachFields(visit: Visit, { attached }: Draft, offer: Offer): Html {
  const { t } = visit
  const fields = (
    [
      ['workshopId', offer.workshops],
      ['pollId', offer.polls],
      ['clipId', offer.clips],
    ] as const
  ).filter(([name, choices]) => choices.length > 0 || attached[name])
  const kept = attached.mediaId && html`<input type="hidden" name="mediaId" value="${attached.mediaId}">`
  if (fields.length === 0) return html`${kept}`
  return html`${kept}<section class="card"><h2>${t('console.announcements.attach.title')}</h2><div class="row">${fields.map(
    ([name, choices]) =>
      html`<label>${t(`console.announcements.attach.${name}`)}<select name="${name}"><option value="">${t('console.announcements.attach.none')}</option>${options(
        choices.map(choice => titled(visit, choice)),
        attached[name] ?? '',
      )}</select></label>`,
  )}</div></section>`
}

function titled({ contentLanguage, inScript }: Visit, { id, title }: Choice): Option {
  return { value: id, label: inScript(title[contentLanguage] ?? title.sr) }
}

/** What is chosen stays, also when it is not offered any more. */
function options(offered: readonly Option[], chosen: string): Html {
  const gone = chosen && !offered.some(({ value }) => value === chosen)
  const all = gone ? [...offered, { value: chosen, label: chosen }] : offered
  return html`${all.map(
    ({ value, label }) =>
      html`<option value="${value}" ${value === chosen && html`selected`}>${label}</option>`,
  )}`
}

function audienceFields(
  visit: Visit,
  { knowledge }: Pick<AnnouncementDeps, 'knowledge'>,
  { audience }: Draft,
  { workshops }: Offer,
): Html {
  const { t, contentLanguage, inScript } = visit
  const { content } = knowledge()
  const topics = content.newsTopics.map(({ id, labels }) => ({
    value: id,
    label: inScript(labels[contentLanguage]),
  }))
  const communities = [
    ...shownCommunities(content).map(({ id, name }) => ({ value: id, label: inScript(name) })),
    { value: OTHER_COMMUNITY, label: t('choices.otherCommunity') },
  ]
  const languages = LANGUAGES.map(value => ({
    value,
    label: t(`console.announcements.audience.language.${value}`),
  }))
  const channels = CHANNELS.map(value => ({ value, label: channelName(value, t) }))
  return html`<section class="card"><h2>${t('console.announcements.audience.title')}</h2>
<p class="hint">${t('console.announcements.audience.hint')}</p>
${audience.got && html`<p class="warning">${t('console.announcements.audience.got')}</p><input type="hidden" name="got" value="${audience.got}">`}
<div class="filters-grid">${boxes(visit, 'topics', topics, audience.topics)}${boxes(visit, 'communities', communities, audience.communities)}
${boxes(visit, 'languages', languages, audience.languages)}${boxes(visit, 'channels', channels, audience.channels)}</div>
${(workshops.length > 0 || audience.workshop) && workshopField(visit, audience.workshop, workshops)}</section>`
}

function boxes(
  { t }: Visit,
  name: 'topics' | 'communities' | 'languages' | 'channels',
  offered: readonly Option[],
  chosen: readonly string[] = [],
): Html {
  return html`<fieldset><legend>${t(`console.announcements.audience.${name}`)}</legend>${offered.map(
    ({ value, label }) =>
      html`<label class="check"><input type="checkbox" name="${name}" value="${value}" ${chosen.includes(value) && html`checked`}>${label}</label>`,
  )}</fieldset>`
}

const ATTENDANCE = ['registered', 'attended', 'absent'] as const

function workshopField(
  visit: Visit,
  chosen: Draft['audience']['workshop'],
  workshops: readonly Choice[],
): Html {
  const { t } = visit
  const offered = workshops.flatMap(workshop =>
    ATTENDANCE.map(is => ({
      value: `${workshop.id} ${is}`,
      label: `${titled(visit, workshop).label}: ${t(`console.announcements.audience.${is}`)}`,
    })),
  )
  return html`<label>${t('console.announcements.audience.workshop')}<select name="workshop"><option value="">${t('console.announcements.audience.anyWorkshop')}</option>${options(
    offered,
    chosen ? `${chosen.id} ${chosen.is}` : '',
  )}</select></label>`
}

function whenField({ t }: Visit, { settings }: Pick<AnnouncementDeps, 'settings'>, { sendAt }: Draft): Html {
  return html`<section class="card"><h2>${t('console.announcements.when.title')}</h2>
<p><label>${t('console.announcements.when.sendAt')}<input type="datetime-local" name="sendAt" value="${sendAt}" aria-describedby="when-hint"></label></p>
<p class="hint" id="when-hint">${t('console.announcements.when.hint', settings().quietHours)}</p></section>`
}

function lookFields({ t }: Visit, { look }: Draft): Html {
  return html`<fieldset class="card choices"><legend class="visually-hidden">${t('console.announcements.variant.title')}</legend>
<p aria-hidden="true"><strong>${t('console.announcements.variant.title')}</strong></p><div class="looks">${VARIANTS.map(
    variant =>
      html`<label class="check"><input type="radio" name="look" value="${variant}" ${variant === look && html`checked`}>${t(`console.announcements.variant.${variant}`)}</label>`,
  )}</div></fieldset>`
}

/** What is said of a problem. */
export function problemText({ t }: Visit, problem?: { key: SentenceKey; values?: object }): Html | false {
  if (!problem) return false
  return html`<p class="problem" role="alert">${t(problem.key, { ...problem.values })}</p>`
}
