import { type Html, html } from '../platform/html/html.ts'
import type { Visit } from './page.ts'

/** `look`: classes of the button; `confirm` is asked before; `fields` go along unseen. */
type Deed = {
  to: string
  label: string
  look?: string
  confirm?: string
  fields?: Record<string, string | number>
}

/** A button that does one thing at once. */
export function deedButton({ csrf }: Visit, { to, label, look, confirm, fields = {} }: Deed): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`<form method="post" class="inline" action="${to}" ${confirm && html`data-confirm="${confirm}"`}>${csrf}${hidden}<button class="${look}">${label}</button></form>`
}
