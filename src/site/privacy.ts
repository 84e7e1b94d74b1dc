// The notice on personal data as a page.
import type { Language, PrivacyNotice } from '../core/model/content.ts'
import { type Html, html } from '../platform/html/html.ts'
import type { PublicPage } from './page.ts'

/** GET /privacy: the notice as it is now. */
export function privacyPage(notices: () => Record<Language, PrivacyNotice>): PublicPage {
  return {
    path: '/privacy',
    async handle({ t, contentLanguage, inScript }) {
      const { title, lead, sections } = notices()[contentLanguage]
      const body = html`
<main class="document">
  <h1>${inScript(title)}</h1>
  <p class="lead">${inScript(lead)}</p>
  ${sections.map(
    ({ heading, text, items }) => html`
  <section>
    <h2>${inScript(heading)}</h2>
    ${text.map(paragraph => html`<p>${inScript(paragraph)}</p>`)}
    ${items.length > 0 && html`<ul>${items.map(item => html`<li>${viewItem(inScript(item))}</li>`)}</ul>`}
  </section>`,
  )}
  <p><a class="back" href="/">${t('web.backToChat')}</a></p>
</main>`
      return { kind: 'page', title: inScript(title), body }
    },
  }
}

/** What an item is about stands out: the part before its first colon or dash. */
function viewItem(item: string): Html {
  const end = item.search(/:? – |: /)
  return end > 0 ? html`<strong>${item.slice(0, end)}</strong>${item.slice(end)}` : html`${item}`
}
