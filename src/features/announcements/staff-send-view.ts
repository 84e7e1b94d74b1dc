// What is done with a saved draft: a picture, a test, an approval, and sending it.
import { channelName } from '../../core/text/channel-name.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { moment, type Visit } from '../../staff/index.ts'
import { VARIANTS } from './compose.ts'
import type { Announcement } from './model.ts'
import type { OwnChat } from './own-chat.ts'

export type Saved = {
  announcement: Announcement
  chat?: OwnChat
  /** Above so many people a second account agrees. */
  approvalAbove: number
}

/** The cards below the form. */
export function sendCards(visit: Visit, saved: Saved): Html {
  return html`${pictureCard(visit, saved)}${testCard(visit, saved)}${sendCard(visit, saved)}`
}

function pictureCard({ t, csrf }: Visit, { announcement: { id, attached } }: Saved): Html {
  const address = `/console/announcements/${id}/picture`
  if (attached.mediaId)
    return html`<section class="card"><h2>${t('console.announcements.picture.title')}</h2>
<form method="post" action="${address}/remove" class="row">${csrf}<p>${t('console.announcements.picture.has')}</p><button>${t('console.announcements.picture.remove')}</button></form></section>`
  return html`<section class="card"><h2>${t('console.announcements.picture.title')}</h2>
<form method="post" action="${address}" enctype="multipart/form-data" class="row">${csrf}
<label>${t('console.announcements.picture.file')}<input type="file" name="picture" accept="image/jpeg,image/png,image/webp" required></label>
<button>${t('console.announcements.picture.add')}</button></form></section>`
}

function testCard(visit: Visit, { announcement: { id }, chat }: Saved): Html {
  const { t, csrf } = visit
  const title = html`<h2>${t('console.announcements.test.title')}</h2>`
  if (!chat)
    return html`<section class="card">${title}<p class="hint">${t('console.announcements.test.connectText')}</p>
<p><a href="/console/account#chat">${t('console.announcements.test.connect')}</a></p></section>`
  return html`<section class="card">${title}<p class="hint">${t('console.announcements.test.text', { channel: channelName(chat.channel, t) })}</p>
<form method="post" action="/console/announcements/${id}/test" class="row">${csrf}
<label>${t('console.announcements.test.which')}<select name="which">${VARIANTS.map(
    variant => html`<option value="${variant}">${t(`console.announcements.variant.${variant}`)}</option>`,
  )}<option value="all">${t('console.announcements.variant.all')}</option></select></label>
<button>${t('console.announcements.test.go')}</button></form></section>`
}

function sendCard(visit: Visit, { announcement, approvalAbove }: Saved): Html {
  const { t, csrf, now, account } = visit
  const { id, sendAt, approvedAt, wantedAt, writtenBy } = announcement
  const scheduled = sendAt && sendAt > now
  const form = (verb: string, inner: Html, confirm?: string) =>
    html`<form method="post" action="/console/announcements/${id}/${verb}" class="stack" ${confirm && html`data-confirm="${confirm}"`}>${csrf}${inner}</form>`
  return html`<section class="card"><h2>${t('console.announcements.send.title')}</h2>
<p class="hint">${t('console.announcements.send.unsaved')} ${t('console.announcements.send.approveText', { count: approvalAbove })}</p>
${approvedAt && html`<p class="done">${t('console.announcements.send.approved')}</p>`}
${wantedAt && !approvedAt && html`<p class="warning">${t('console.announcements.send.wanted')}</p>`}
${form(
  'start',
  html`<label class="check"><input type="checkbox" name="override" value="yes">${t('console.announcements.send.override')}</label>
<button class="primary">${
    scheduled
      ? t('console.announcements.send.schedule', { at: moment(visit, sendAt) })
      : t('console.announcements.send.now')
  }</button>`,
  scheduled ? undefined : t('console.announcements.send.nowConfirm'),
)}
<div class="row">${!approvedAt && writtenBy !== account.id && form('approve', html`<button>${t('console.announcements.send.approve')}</button>`)}
${form(
  'cancel',
  html`<button class="danger">${t('console.announcements.send.discard')}</button>`,
  t('console.announcements.send.discardConfirm'),
)}</div></section>`
}
