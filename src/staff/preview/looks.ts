// In which language and script a message is looked at before it goes out.
import type { Outbound } from '../../core/model/message.ts'
import type { Said } from '../../core/text/in-every-language.ts'
import { knownPageLanguage, PAGE_LANGUAGES, type PageLanguage } from '../../core/text/page-language.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Visit } from '../page.ts'
import { type Looker, messagePreviews } from './message-previews.ts'

/** The field of a form that says how its preview speaks. */
export function lookChoice(visit: Visit): Html {
  const { t } = visit
  const chosen = lookOf(visit)
  return html`<fieldset class="row"><legend class="visually-hidden">${t('console.lab.lookIn')}</legend>${PAGE_LANGUAGES.map(
    look =>
      html`<label class="check"><input type="radio" name="look" value="${look}" ${look === chosen && html`checked`}>${t(`console.lab.look.${look}`)}</label>`,
  )}</fieldset>`
}

/** What was chosen; the language of whoever writes until something is. */
export function lookOf({ form, language }: Visit): PageLanguage {
  return knownPageLanguage(form.look) ?? language
}

/** The message on every channel as readers of one language and script see it. */
export function previewsIn(look: PageLanguage, said: Said, looker: Looker): Html {
  return html`<div lang="${look}">${messagePreviews(saidIn(look, said), { ...looker, reader: look })}</div>`
}

/** The message in every language and script, folded; the one of whoever looks is open. */
export function previewsInAll(said: Said, looker: Looker): Html {
  return html`${PAGE_LANGUAGES.map(
    look =>
      html`<details ${look === looker.language && html`open`}><summary>${looker.t(`console.lab.look.${look}`)}</summary>${previewsIn(look, said, looker)}</details>`,
  )}`
}

function saidIn(look: PageLanguage, said: Said): Outbound {
  return said[look === 'sr-Latn' ? 'sr' : look]
}
