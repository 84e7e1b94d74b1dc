// A message as people will read it, for staff to look at before it goes out.
import type { Outbound } from '../../core/model/message.ts'
import { inCyrillic } from '../../core/text/transliterate-message.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Visit } from '../../staff/index.ts'
import type { Voice } from './messages.ts'

/** Shows a message in the language and script of whoever looks at it. */
export function messagePreview({ t }: Visit, message: Outbound, { content, language, script }: Voice): Html {
  const cyrillic = language === 'sr' && script === 'cyrl'
  const { blocks, buttons } = cyrillic ? inCyrillic(message, content.city.protectedWords) : message
  const labels = [
    ...blocks.flatMap(block => (block.kind === 'card' ? (block.buttons ?? []) : [])),
    ...buttons,
  ]
  return html`<figure class="preview"><figcaption class="hint">${t('console.workshops.preview')}</figcaption>
  ${blocks.map(({ text }) => html`<p class="bubble">${text}</p>`)}
  ${labels.length > 0 && html`<p class="keys">${labels.map(({ label }) => html`<span class="key">${label}</span> `)}</p>`}</figure>`
}
