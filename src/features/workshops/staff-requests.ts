// Requests for workshops in the console.

import { channelName } from '../../core/text/channel-name.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { moment, type StaffPage, time, type Visit } from '../../staff/index.ts'
import { type RequestRow, readRequests, settleRequestAs } from './requests.ts'
import { communityLabel } from './staff-form.ts'
import { actorOf, MAY_READ, MAY_WRITE, mayWrite, type StaffParts } from './staff-parts.ts'

const PATH = '/console/workshops/requests'
const REPLY_MAX = 2000

export function requestPages(parts: StaffParts): StaffPage[] {
  const settle = (verb: 'reply' | 'close'): StaffPage => ({
    method: 'POST',
    path: `${PATH}/:id/${verb}`,
    section: 'workshops',
    roles: MAY_WRITE,
    async handle(visit) {
      const { id = '' } = visit.params
      const reply = verb === 'reply' ? (visit.form.reply ?? '').trim().slice(0, REPLY_MAX) : undefined
      if (!/^\d{1,18}$/.test(id)) return { kind: 'missing' }
      if (reply === '') return { kind: 'redirect', to: PATH }
      const { sentences, content } = parts.knowledge()
      const refused = await settleRequestAs(actorOf(parts, visit), id, { reply, sentences, content })
      if (refused) return { kind: 'redirect', to: PATH }
      return { kind: 'redirect', to: PATH, done: `console.workshops.done.${verb}` }
    },
  })
  return [
    {
      method: 'GET',
      path: PATH,
      section: 'workshops',
      roles: MAY_READ,
      async handle(visit) {
        const requests = await readRequests(parts.database.sql)
        const names = new Map(parts.knowledge().content.communities.map(({ id, name }) => [id, name]))
        const body = requestsView(visit, requests, names)
        return { kind: 'page', title: visit.t('console.workshops.requests'), body }
      },
    },
    settle('reply'),
    settle('close'),
  ]
}

function requestsView(
  visit: Visit,
  requests: readonly RequestRow[],
  names: ReadonlyMap<string, string>,
): Html {
  const { t } = visit
  const open = requests.filter(({ status }) => status === 'open')
  const settled = requests.filter(({ status }) => status !== 'open')
  return html`<p>${t('console.workshops.requestsText')}</p>
${open.length === 0 && html`<p class="quiet">${t('console.nothing')}</p>`}
${open.map(request => openRequest(visit, request, names))}
${settled.length > 0 && html`<h2>${t('console.workshops.settled')}</h2><ul class="rows card">${settled.map(request => html`<li>${settledRequest(visit, request, names)}</li>`)}</ul>`}`
}

function openRequest(visit: Visit, request: RequestRow, names: ReadonlyMap<string, string>): Html {
  const { t, csrf } = visit
  const base = `${PATH}/${request.id}`
  return html`<article class="card"><p class="quiet">${about(visit, request, names)} · ${time(visit, request.createdAt)}</p>
<p class="said">${request.text}</p>
${
  mayWrite(visit) &&
  html`<form method="post" action="${base}/reply" class="stack wide" data-keep>${csrf}
<label>${t('console.workshops.reply')}<textarea name="reply" required maxlength="${REPLY_MAX}"></textarea></label>
<p class="row tight"><button class="primary">${t('console.workshops.replyGo')}</button></p></form>
<form method="post" action="${base}/close" data-confirm="${t('console.workshops.closeRequestConfirm')}">${csrf}<button class="link">${t('console.workshops.closeRequest')}</button></form>`
}</article>`
}

function about(
  visit: Visit,
  { id, community, channel }: RequestRow,
  names: ReadonlyMap<string, string>,
): string {
  const { t, inScript } = visit
  const where = community
    ? communityLabel(community, inScript(names.get(community) ?? ''))
    : t('console.workshops.noCommunity')
  const from = channel && channelName(channel, t)
  return [t('console.workshops.number', { number: id }), where, from].filter(Boolean).join(' · ')
}

function settledRequest(visit: Visit, request: RequestRow, names: ReadonlyMap<string, string>): Html {
  const { t } = visit
  return html`<div><span class="quiet">${about(visit, request, names)}${request.settledAt && ` · ${moment(visit, request.settledAt)}`}</span>
<p class="said">${request.text}</p>${request.reply ? html`<p class="said">↳ ${request.reply}</p>` : html`<p class="quiet">${t('console.workshops.closedWithout')}</p>`}</div>`
}
