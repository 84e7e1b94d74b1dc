// A message as Telegram shows it.
import { type ApiCall, render, TELEGRAM_CAPABILITIES } from '../../channels/telegram/render.ts'
import type { Outbound, Span } from '../../core/model/message.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { bubble, drawnKeys, drawnMedium, drawnText } from './drawn.ts'
import { longest, lossesOf, type Preview } from './preview.ts'

/** What we read of a payload that we made ourselves. */
type Payload = {
  text?: string
  caption?: string
  entities?: Entity[]
  caption_entities?: Entity[]
  title?: string
  address?: string
  reply_markup?: { inline_keyboard: { text: string }[][] }
}
type Entity = { type: 'bold' | 'italic' | 'text_link'; offset: number; length: number; url?: string }

export function telegramPreview(message: Outbound): Preview {
  const calls = render(message, TELEGRAM_CAPABILITIES)
  const { textMax, captionMax, labelMax, buttonsMax } = TELEGRAM_CAPABILITIES
  const payloads = calls.map(payloadOf)
  const labels = payloads.flatMap(rowsOf).flat()
  const spans = payloads.flatMap(spansOf)
  const captions = payloads.flatMap(({ caption }) => caption ?? [])
  return {
    channel: 'telegram',
    body: html`${calls.map(drawn)}`,
    limits: [
      { what: 'messages', used: calls.length },
      { what: 'text', used: longest(payloads.map(({ text = '' }) => text)), allowed: textMax },
      ...(captions.length
        ? [{ what: 'caption' as const, used: longest(captions), allowed: captionMax }]
        : []),
      { what: 'buttons', used: labels.length, allowed: buttonsMax },
      { what: 'label', used: longest(labels), allowed: labelMax },
    ],
    losses: lossesOf(message, {
      messages: calls.length,
      labels,
      styles: spans.filter(({ style }) => style !== 'link').length,
      links: spans.filter(({ style }) => style === 'link').length,
      media: calls.filter(({ method }) => method !== 'sendMessage').length,
    }),
  }
}

function drawn(call: ApiCall): Html {
  const payload = payloadOf(call)
  const { text, caption, title, address } = payload
  const said = text ?? caption
  return html`${bubble(
    KINDS[call.method] && drawnMedium(KINDS[call.method] ?? 'card', title ? `${title} · ${address}` : ''),
    said !== undefined && drawnText(said, spansOf(payload)),
  )}${drawnKeys(rowsOf(payload))}`
}

const KINDS: Partial<Record<ApiCall['method'], 'image' | 'video' | 'file' | 'location'>> = {
  sendPhoto: 'image',
  sendVideo: 'video',
  sendDocument: 'file',
  sendVenue: 'location',
  sendLocation: 'location',
}

function payloadOf({ payload }: ApiCall): Payload {
  return payload
}

function rowsOf({ reply_markup }: Payload): string[][] {
  return (reply_markup?.inline_keyboard ?? []).map(row => row.map(({ text }) => text))
}

function spansOf({ entities = [], caption_entities = [] }: Payload): Span[] {
  return [...entities, ...caption_entities].map(({ type, offset, length, url }) => {
    const place = { from: offset, to: offset + length }
    return type === 'text_link' ? { ...place, style: 'link', href: url } : { ...place, style: type }
  })
}
