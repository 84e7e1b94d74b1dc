// Fields of forms: label, hint, what is wrong, control, tied together for eyes and for screen readers.
import { type Html, html } from '../platform/html/html.ts'

export type Field = {
  /** Unique on the page. */
  id: string
  name: string
  label: string
  value?: string | number
  hint?: string
  /** What is wrong with what was typed. */
  problem?: string
  required?: boolean
  /** Further attributes of the control, such as html`min="1"`. */
  more?: Html
}

/** A field of one line; `type` as HTML knows it. */
export function inputField(field: Field & { type?: string }): Html {
  const { type = 'text', value = '' } = field
  return around(field, html`<input type="${type}" value="${value}" ${attributes(field)}>`)
}

/** A field of several lines. */
export function areaField(field: Field & { rows?: number }): Html {
  const { rows = 3, value = '' } = field
  // The first line break after the tag is not part of the text.
  return around(field, html`<textarea rows="${rows}" ${attributes(field)}>\n${value}</textarea>`)
}

/** A choice from a list of values and what they are called. */
export function selectField(field: Field & { options: readonly (readonly [string, string])[] }): Html {
  const options = field.options.map(
    ([value, name]) =>
      html`<option value="${value}" ${value === field.value && html`selected`}>${name}</option>`,
  )
  return around(field, html`<select ${attributes(field)}>${options}</select>`)
}

/** A box to tick; its `value` is sent when it is. */
export function checkField(field: { name: string; value?: string; label: string; checked: boolean }): Html {
  const { name, value = 'on', label, checked } = field
  return html`<label class="check"><input type="checkbox" name="${name}" value="${value}" ${checked && html`checked`}> <span>${label}</span></label>`
}

function around({ id, label, hint, problem }: Field, control: Html): Html {
  return html`<div class="field"><label for="${id}">${label}</label>
  ${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}${problem && html`<p class="wrong" id="${id}-problem">${problem}</p>`}
  ${control}</div>`
}

function attributes({ id, name, hint, problem, required, more }: Field): Html {
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ')
  return html`id="${id}" name="${name}" ${described && html`aria-describedby="${described}"`} ${problem && html`aria-invalid="true"`} ${required && html`required`} ${more}`
}
