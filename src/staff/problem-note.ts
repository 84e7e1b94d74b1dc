import { type Html, html } from '../platform/html/html.ts'

/** Why what was asked for was not done, at the top of the page or form; nothing if it was. */
export function problemNote(words: string | undefined): Html | undefined {
  return words === undefined ? undefined : html`<p class="problem" role="alert">${words}</p>`
}
