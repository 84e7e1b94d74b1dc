// The notice on personal data as a page.
import type { Language, PrivacyNotice } from '../../core/model/content.ts'
import { contentLanguage, type PageLanguage } from '../../core/text/page-language.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { type Frame, framed } from './frame.ts'

/** The notice as a page. `write` brings its Serbian into the page's script. */
export function privacyPage(
  all: Record<Language, PrivacyNotice>,
  language: PageLanguage,
  frame: Frame,
  write: (text: string) => string,
): string {
  const { title, lead, sections } = all[contentLanguage(language)]
  const body = html`
<main class="document">
  <h1>${write(title)}</h1>
  <p class="lead">${write(lead)}</p>
  ${sections.map(
    ({ heading, text, items }) => html`
  <section>
    <h2>${write(heading)}</h2>
    ${text.map(paragraph => html`<p>${write(paragraph)}</p>`)}
    ${items.length > 0 && html`<ul>${items.map(item => html`<li>${viewItem(write(item))}</li>`)}</ul>`}
  </section>`,
  )}
  <p><a class="back" href="/">${frame.t('web.backToChat')}</a></p>
</main>`
  return framed({ ...frame, title: write(title), path: '/privacy', body })
}

/** What an item is about stands out: the part before its first colon or dash. */
function viewItem(item: string): Html {
  const end = item.search(/:? – |: /)
  return end > 0 ? html`<strong>${item.slice(0, end)}</strong>${item.slice(end)}` : html`${item}`
}
