// Differences as people read them: what went is struck through, what came is underlined.
import { type Html, html } from '../../platform/html/html.ts'
import type { Visit } from '../../staff/index.ts'
import { type Difference, differencesBetween } from './differences.ts'
import type { Item } from './item.ts'

/** What turns one text into the other, field by field. */
export function differencesView(visit: Visit, before: Item | undefined, after: Item): Html {
  const differences = differencesBetween(before, after)
  if (differences.length === 0) return html`<p class="quiet">${visit.t('console.answers.same')}</p>`
  return html`<dl class="differences">${differences.map(difference => differenceView(visit, difference))}</dl>`
}

function differenceView(visit: Visit, difference: Difference): Html {
  const { t } = visit
  const { field, language } = difference
  const name = [language && t(`console.answers.language.${language}`), t(`console.answers.field.${field}`)]
  return html`<dt>${name.filter(Boolean).join(' · ')}</dt><dd lang="${language}">${
    difference.kind === 'lines' ? linesView(visit, difference) : piecesView(visit, difference)
  }</dd>`
}

function piecesView({ t }: Visit, { pieces }: Extract<Difference, { kind: 'words' }>): Html {
  return html`${pieces.map(({ kind, text }) => {
    if (kind === 'same') return text
    return kind === 'removed'
      ? html`<del><span class="visually-hidden">${t('console.answers.removed')} </span>${text}</del>`
      : html`<ins><span class="visually-hidden">${t('console.answers.added')} </span>${text}</ins>`
  })}`
}

function linesView({ t }: Visit, { removed, added }: Extract<Difference, { kind: 'lines' }>): Html {
  return html`<ul>${removed.map(
    line =>
      html`<li><del><span class="visually-hidden">${t('console.answers.removed')} </span>${line}</del></li>`,
  )}${added.map(
    line =>
      html`<li><ins><span class="visually-hidden">${t('console.answers.added')} </span>${line}</ins></li>`,
  )}</ul>`
}
