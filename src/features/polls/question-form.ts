// One question in a form: its fields, and what they say. Options stand one per line, so that they can be typed on
// a phone and without a script.
import { LANGUAGES, type Language } from '../../core/model/content.ts'
import { QUESTION_KINDS, type Question, type Translated } from '../../core/model/poll.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Visit } from '../../staff/index.ts'
import type { GivenQuestion } from './draft.ts'
import { LABEL_MAX, QUESTION_MAX } from './question.ts'

type Fields = Record<string, string | undefined>

/** What was typed, right or wrong. `prefix` keeps the questions of a survey apart. */
export function typedQuestion(fields: Fields, prefix = ''): GivenQuestion {
  const linesIn = (language: Language) => (fields[`${prefix}options_${language}`] ?? '').split(/\r?\n/)
  const serbian = linesIn('sr').filter(line => line.trim())
  const others = (['bs', 'en'] as const).map(language => {
    return [language, linesIn(language).filter(line => line.trim())] as const
  })
  const most = Math.max(serbian.length, ...others.map(([, lines]) => lines.length))
  const labels = Array.from({ length: most }, (_, index): Translated => {
    const said = others.flatMap(([language, lines]) => (lines[index] ? [[language, lines[index]]] : []))
    return { sr: serbian[index] ?? '', ...Object.fromEntries(said) }
  })
  const max = Number(fields[`${prefix}max`] || Number.NaN)
  return {
    kind: fields[`${prefix}kind`] ?? '',
    text: typedText(fields, `${prefix}text`),
    labels,
    ...(Number.isInteger(max) && { max }),
  }
}

/** A text in every language, as it was typed. */
export function typedText(fields: Fields, name: string): Translated {
  const said = LANGUAGES.map(language => [language, fields[`${name}_${language}`] ?? ''] as const)
  return { sr: '', ...Object.fromEntries(said.filter(([, words]) => words)) }
}

/** A stored question as the form shows it. */
export function asGiven({ kind, text, options, max }: Omit<Question, 'id' | 'position'>): GivenQuestion {
  const isOffered = kind === 'single' || kind === 'multiple'
  return { kind, text, labels: isOffered ? options.map(({ label }) => label) : [], ...(max > 1 && { max }) }
}

/** The fields of one question. */
export function questionFields({ t }: Visit, given: GivenQuestion, prefix = ''): Html {
  const { kind, text, labels, max } = given
  return html`
<fieldset class="stack wide"><legend>${t('console.polls.kind')}</legend>
  <div class="row">${QUESTION_KINDS.map(
    one =>
      html`<label class="check"><input type="radio" name="${prefix}kind" value="${one}" ${one === (kind || 'single') && html`checked`}> ${t(`console.polls.kinds.${one}`)}</label>`,
  )}</div></fieldset>
<label>${t('console.polls.questionIn.sr')}<textarea name="${prefix}text_sr" rows="2" maxlength="${QUESTION_MAX}" lang="sr-Latn" required>${text.sr}</textarea></label>
<label>${t('console.polls.optionsIn.sr')}<textarea name="${prefix}options_sr" rows="5" lang="sr-Latn">${lines(labels, 'sr')}</textarea></label>
<p class="hint">${t('console.polls.optionsHint')}</p>
<label class="short">${t('console.polls.max')}<input type="number" name="${prefix}max" min="2" max="12" inputmode="numeric" value="${max}"></label>
<details class="languages-more" ${(text.bs || text.en) && html`open`}><summary>${t('console.polls.otherLanguages')}</summary>
${(['bs', 'en'] as const).map(
  language => html`<label>${t(`console.polls.questionIn.${language}`)}<textarea name="${prefix}text_${language}" rows="2" maxlength="${QUESTION_MAX}" lang="${language}">${text[language]}</textarea></label>
<label>${t(`console.polls.optionsIn.${language}`)}<textarea name="${prefix}options_${language}" rows="4" lang="${language}">${lines(labels, language)}</textarea></label>`,
)}</details>`
}

function lines(labels: readonly Translated[], language: Language): string {
  return labels
    .map(label => (label[language] ?? '').slice(0, LABEL_MAX + 1))
    .join('\n')
    .trimEnd()
}
