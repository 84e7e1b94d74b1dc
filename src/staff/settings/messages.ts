// What people are told besides answers: that a channel rests, and what everybody must know.
import { createHash } from 'node:crypto'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import type { Settings, Texts } from '../../core/model/settings.ts'
import { channelName } from '../../core/text/channel-name.ts'
import { PAGE_LANGUAGES } from '../../core/text/page-language.ts'
import { momentIn, wallTimeIn } from '../../core/time/zoned.ts'
import { PEOPLE_CHANNELS } from '../../people/index.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Draft } from '../draft.ts'
import type { Visit } from '../page.ts'
import { EVERYONE } from '../roles.ts'
import { time } from '../words.ts'
import { readTexts, section, textsFields, typedTexts } from './section.ts'

export const pausedSection = section({
  key: 'paused',
  readers: EVERYONE,
  words({ t }, paused) {
    const badge = (id: (typeof PEOPLE_CHANNELS)[number]) =>
      paused.includes(id)
        ? html`<span class="badge bad">${t('console.settings.paused.off')}</span>`
        : html`<span class="badge good">${t('console.settings.paused.on')}</span>`
    return html`<ul class="rows">${PEOPLE_CHANNELS.map(id => html`<li><span>${channelName(id, t)}</span>${badge(id)}</li>`)}</ul>`
  },
  typed: paused => Object.fromEntries(paused.map(id => [id, 'on'])),
  fields: ({ visit, check }) =>
    html`<fieldset><legend>${visit.t('console.settings.paused.which')}</legend>${PEOPLE_CHANNELS.map(id => check(id, channelName(id, visit.t)))}</fieldset>`,
  read: draft => PEOPLE_CHANNELS.filter(id => draft.raw(id) === 'on'),
})

const NOTICE_MAX = 600
const NOTICE_DAYS_MAX = 366

export const noticeSection = section({
  key: 'notice',
  readers: EVERYONE,
  end: null,
  words(visit, notice) {
    if (!notice) return html`<p class="quiet">${visit.t('console.settings.notice.none')}</p>`
    const until = new Date(notice.until)
    const over = until <= visit.now
    const state = visit.t(over ? 'console.settings.notice.over' : 'console.settings.notice.shown')
    return html`<p><span class="badge ${over ? '' : 'warn'}">${state}</span> ${time(visit, until)}</p>${textsPreview(visit, notice.texts)}`
  },
  typed(notice, { timeZone, now }) {
    if (!notice || Date.parse(notice.until) <= now.getTime()) return {}
    const { day, time } = wallTimeIn(timeZone, Date.parse(notice.until))
    return { ...typedTexts('', notice.texts), until: `${day}T${time}` }
  },
  fields: form =>
    html`${textsFields(form, '', 3)}${form.input('until', form.visit.t('console.settings.notice.until'), {
      type: 'datetime-local',
      required: true,
    })}`,
  read(draft, visit, before) {
    const texts = readTexts(draft, '', NOTICE_MAX)
    const until = readEnd(draft, visit)
    return { id: noticeId(texts, before), texts, until: new Date(until).toISOString() }
  },
  preview: (visit, notice) => textsPreview(visit, notice?.texts),
})

function readEnd(draft: Draft, { timeZone, now }: Visit): number {
  const [day = '', time = ''] = draft.raw('until').split('T')
  const until = momentIn(timeZone, { day, time: time.slice(0, 5) })
  if (until === undefined) draft.fail('until', 'console.form.moment')
  else if (until <= now.getTime()) draft.fail('until', 'console.form.past')
  else if (until > now.getTime() + NOTICE_DAYS_MAX * 86_400_000) {
    draft.fail('until', 'console.settings.notice.tooLong', { days: NOTICE_DAYS_MAX })
  }
  return until ?? now.getTime()
}

/** Other words are another notice: chats that have seen the old one are shown it. */
function noticeId(texts: Texts, before: Settings['notice']): string {
  if (before && JSON.stringify(before.texts) === JSON.stringify(texts)) return before.id
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 12)
}

const IN: Record<(typeof PAGE_LANGUAGES)[number], SentenceKey> = {
  'sr-Latn': 'console.form.in.sr',
  'sr-Cyrl': 'console.form.in.cyrillic',
  bs: 'console.form.in.bs',
  en: 'console.form.in.en',
}

/** A text as each reader sees it. */
export function textsPreview({ t, inCyrillic }: Visit, texts: Texts | undefined): Html {
  if (!texts) return html``
  const inLanguage = (code: (typeof PAGE_LANGUAGES)[number]) =>
    code === 'sr-Cyrl' ? inCyrillic(texts.sr) : texts[code === 'sr-Latn' ? 'sr' : code]
  return html`<dl class="variants">${PAGE_LANGUAGES.map(
    code => html`<dt>${t(IN[code])}</dt><dd lang="${code}" class="said">${inLanguage(code)}</dd>`,
  )}</dl>`
}
