// What is measured of a message on one channel, and what of it the channel can't show as it is meant.

import { partsOf } from '../../channels/shared/parts.ts'
import type { Button, Outbound } from '../../core/model/message.ts'
import type { Html } from '../../platform/html/html.ts'

/** The channels that staff write for. */
export type PreviewChannel = 'telegram' | 'viber' | 'botframework' | 'web'

/** How much of a limit is used; `allowed` is absent where there is none. Lengths are UTF-16 units. */
export type Limit = {
  what: 'messages' | 'text' | 'caption' | 'buttons' | 'label' | 'bytes'
  used: number
  allowed?: number
}

/**
 * What is shown less well. `split`: in several messages. `listed`: buttons that are lines of the text.
 * `shortened`: labels that are cut. `styles`: bold or italic that is plain. `links`: links that are written
 * out. `media`: pictures and the like that are a text or a link. `refused`: the channel would not take it.
 */
export type Loss = {
  code: 'split' | 'listed' | 'shortened' | 'styles' | 'links' | 'media' | 'refused'
  count: number
}

export type Preview = { channel: PreviewChannel; body: Html; limits: Limit[]; losses: Loss[] }

/** What a message has to show. */
type Meant = { parts: number; buttons: Button[]; styles: number; links: number; media: number }

function meantBy(message: Outbound): Meant {
  const parts = partsOf(message)
  const spans = parts.flatMap(({ rich }) => rich.spans)
  return {
    parts: parts.length,
    buttons: [...parts.flatMap(({ buttons }) => buttons), ...message.buttons],
    styles: spans.filter(({ style }) => style !== 'link').length,
    links: spans.filter(({ style }) => style === 'link').length,
    media: parts.filter(({ media }) => media).length,
  }
}

/** What a channel shows of it. `labels`: of the buttons one can press. */
type ShownCounts = {
  messages: number
  labels: string[]
  styles: number
  links: number
  media: number
  refused?: number
}

/** The difference, what is worst first. */
export function lossesOf(message: Outbound, shown: ShownCounts): Loss[] {
  const meant = meantBy(message)
  const losses: Loss[] = [
    { code: 'refused', count: shown.refused ?? 0 },
    { code: 'media', count: meant.media - shown.media },
    { code: 'listed', count: meant.buttons.length - shown.labels.length },
    { code: 'shortened', count: shortened(meant.buttons, shown.labels) },
    { code: 'split', count: shown.messages > meant.parts ? shown.messages : 0 },
    { code: 'links', count: meant.links - shown.links },
    { code: 'styles', count: meant.styles - shown.styles },
  ]
  return losses.filter(({ count }) => count > 0)
}

function shortened(buttons: readonly Button[], labels: readonly string[]): number {
  const whole = new Set(buttons.map(({ label }) => label))
  return labels.filter(label => label.endsWith('…') && !whole.has(label)).length
}

/** The longest of some texts; 0 of none. */
export function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length))
}
