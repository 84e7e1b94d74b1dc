// The form in which a reply is written, and the reply as it will arrive.
import type { Settings } from '../../core/model/settings.ts'
import { channelName } from '../../core/text/channel-name.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Visit } from '../../staff/index.ts'
import { AFTER, type After } from './changes.ts'
import type { Target } from './replies.ts'
import { TEXT_MAX } from './rules.ts'
import type { Case } from './store.ts'

/** A reply that is being written. `version`: the case as its writer knows it; `seen` (ms): since when. */
export type Draft = { text: string; after: After; key: string; version: number; seen: number }

export type ReplyPart = {
  found: Case
  settings: Settings
  draft: Draft
  /** Where the reply would go; absent: nobody can be reached. */
  target?: Target
  preview?: Html
}

/** Holds what its writer knows of the case; without a script its buttons do the same. */
export function replyForm(visit: Visit, page: ReplyPart): Html {
  const { t, csrf } = visit
  const { found, draft, preview } = page
  const address = `/console/inbox/${found.reference}`
  return html`<form id="reply" method="post" action="${address}/reply" class="card" data-keep="${draft.text && 'dirty'}">${csrf}
<input type="hidden" name="version" value="${draft.version}"><input type="hidden" name="key" value="${draft.key}"><input type="hidden" name="seen" value="${draft.seen}">
<h2>${t('console.inbox.reply')}</h2>
${whereTo(visit, page)}${cannedRow(visit, page, address)}
<label>${t('console.inbox.replyText')}<textarea name="text" rows="6" maxlength="${TEXT_MAX}" required dir="auto"
  hx-post="${address}/preview" hx-trigger="input delay:400ms" hx-target="#preview" hx-swap="innerHTML" hx-sync="this:replace">${draft.text}</textarea></label>
<fieldset><legend>${t('console.inbox.after.title')}</legend>${AFTER.map(
    after =>
      html`<label class="check"><input type="radio" name="after" value="${after}" ${after === draft.after && html`checked`}>${t(`console.inbox.after.${after}`)}</label>`,
  )}</fieldset>
<div id="preview" aria-live="off">${preview}</div>
<p class="row"><button class="primary">${t('console.inbox.send')}</button>
<noscript><button formaction="${address}/preview" formnovalidate>${t('console.inbox.previewGo')}</button></noscript></p></form>`
}

/** Says before anything is written where the reply will go. */
function whereTo({ t }: Visit, { found, target }: ReplyPart): Html {
  if (!target) return html`<p class="warning">${t('console.inbox.unreachable')}</p>`
  if (target.elsewhere) {
    const channels = { from: channelName(found.channel, t), to: channelName(target.channel, t) }
    return html`<p class="warning">${t('console.inbox.goesElsewhere', channels)}</p>`
  }
  const script = target.script === 'cyrl' ? t('console.inbox.cyrillic') : ''
  return html`<p class="hint">${t('console.inbox.goesTo', { channel: channelName(target.channel, t), language: target.language })} ${script}</p>`
}

function cannedRow({ t }: Visit, { settings }: ReplyPart, address: string): Html | false {
  const { cannedReplies } = settings
  if (cannedReplies.length === 0) return false
  return html`<p class="row"><label>${t('console.inbox.canned')}<select name="canned">${cannedReplies.map(
    ({ id, title }) => html`<option value="${id}">${title}</option>`,
  )}</select></label>
<button formaction="${address}/canned" formnovalidate hx-post="${address}/canned" hx-target="#reply" hx-swap="outerMorph">${t('console.inbox.insert')}</button></p>`
}
