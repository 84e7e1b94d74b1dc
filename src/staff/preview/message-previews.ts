// One message as every channel would show it, with its limits measured: for whoever writes to people.
import type { Words } from '../../channels/web/browser/view.js'
import { wordsFor } from '../../channels/web/words.ts'
import type { Language } from '../../core/model/content.ts'
import type { Outbound } from '../../core/model/message.ts'
import type { Translate } from '../../core/model/topic.ts'
import { type PageLanguage, phrases } from '../../core/text/page-language.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { number } from '../words.ts'
import type { Limit, Loss, Preview } from './preview.ts'
import { teamsPreview } from './teams-preview.ts'
import { telegramPreview } from './telegram-preview.ts'
import { viberPreview } from './viber-preview.ts'
import { webPreview } from './web-preview.ts'

/** Whoever looks at the message, and what the web chat needs besides. */
export type Looker = {
  t: Translate
  language: PageLanguage
  timeZone: string
  publicUrl: string
  translator: (language: Language) => Translate
  /** Who will read it, if that is known to be another language or script. */
  reader?: PageLanguage
}

/** The message on every channel, as data: to be warned of what gets lost. */
export function previewsOf(message: Outbound, words: Words): Preview[] {
  return [telegramPreview(message), viberPreview(message), teamsPreview(message), webPreview(message, words)]
}

/** The message on every channel, as it would be shown. Nothing in it can be pressed. */
export function messagePreviews(message: Outbound, looker: Looker): Html {
  return drawn(previewsFor(message, looker), looker)
}

/** The message on the one channel it goes to; on every channel where that one has no preview. */
export function messagePreviewOn(channel: string, message: Outbound, looker: Looker): Html {
  const all = previewsFor(message, looker)
  const own = all.filter(preview => preview.channel === channel)
  return drawn(own.length > 0 ? own : all, looker)
}

function drawn(previews: readonly Preview[], looker: Looker): Html {
  return html`<div class="previews">${previews.map(preview => figure(preview, looker))}</div>`
}

function previewsFor(message: Outbound, looker: Looker): Preview[] {
  const { language, reader = language, translator } = looker
  return previewsOf(message, wordsFor(reader, phrases(reader, translator, []), looker))
}

function figure({ channel, body, limits, losses }: Preview, looker: Looker): Html {
  const { t } = looker
  return html`<figure class="preview ${channel}"><figcaption>${t(`console.lab.channel.${channel}`)}</figcaption>
<div class="chat" tabindex="0" role="group" aria-label="${t(`console.lab.channel.${channel}`)}">${body}</div>
<ul class="losses">${losses.map(loss => lossLine(loss, t))}</ul>
<dl class="limits">${limits.map(limit => limitLine(limit, looker))}</dl></figure>`
}

function lossLine({ code, count }: Loss, t: Translate): Html {
  return html`<li class="${code === 'refused' && 'bad'}">${t(`console.lab.loss.${code}`, { count })}</li>`
}

/** From this share on a limit is near. */
const NEAR = 0.9

function limitLine({ what, used, allowed }: Limit, looker: Looker): Html {
  const near = allowed !== undefined && used > NEAR * allowed
  const written = number(looker, used)
  const value = allowed === undefined ? written : `${written} / ${number(looker, allowed)}`
  return html`<div class="${near && 'near'}"><dt>${looker.t(`console.lab.limit.${what}`)}</dt><dd>${value}</dd></div>`
}
