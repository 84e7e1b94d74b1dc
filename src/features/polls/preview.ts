// How a poll will look in chats, for its builder: each language and script, and what the channels' buttons can't
// hold. The one place where the builder shows messages.
import { BOTFRAMEWORK_CAPABILITIES } from '../../channels/botframework/index.ts'
import type { Capabilities } from '../../channels/channel.ts'
import { TELEGRAM_CAPABILITIES } from '../../channels/telegram/index.ts'
import { VIBER_CAPABILITIES } from '../../channels/viber/index.ts'
import { type Outbound, pollOptions } from '../../core/model/message.ts'
import type { Said } from '../../core/text/in-every-language.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Visit } from '../../staff/index.ts'

const CHANNELS: [name: string, capabilities: Capabilities][] = [
  ['Telegram', TELEGRAM_CAPABILITIES],
  ['Viber', VIBER_CAPABILITIES],
  ['Microsoft Teams', BOTFRAMEWORK_CAPABILITIES],
]

const LANGUAGES = [
  ['sr', 'sr-Latn', 'Srpski'],
  ['sr-Cyrl', 'sr-Cyrl', 'Српски'],
  ['bs', 'bs', 'Bosanski'],
  ['en', 'en', 'English'],
] as const satisfies [keyof Said, string, string][]

/** The message in every language. */
export function previewView({ t }: Visit, said: Said): Html {
  return html`<div class="previews">${LANGUAGES.map(
    ([key, lang, name]) =>
      html`<section class="preview" lang="${lang}"><h3>${name}</h3>${bubble(said[key])}</section>`,
  )}</div>
<dl class="limits">${CHANNELS.map(
    ([name, limits]) =>
      html`<dt>${name}</dt><dd>${longLabels(said, limits) ? t('console.polls.shortened', { labels: longLabels(said, limits) }) : t('console.polls.fits')}</dd>`,
  )}</dl>`
}

function bubble(message: Outbound): Html {
  const texts = message.blocks.map(block => (block.kind === 'poll' ? block.question : block.text))
  const choices = [...pollOptions(message.blocks), ...message.buttons]
  return html`<div class="bubble">${texts.map(text => text.split('\n').map(line => html`<p>${line}</p>`))}</div>
<ul class="bubble-choices">${choices.map(({ label }) => html`<li>${label}</li>`)}</ul>`
}

function longLabels(said: Said, { labelMax }: Capabilities): string {
  const labels = LANGUAGES.flatMap(([key]) => pollOptions(said[key].blocks).map(({ label }) => label))
  return [...new Set(labels.filter(({ length }) => length > labelMax))].map(label => `„${label}“`).join(', ')
}
