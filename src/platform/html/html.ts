// Pages are written as tagged templates. Every value is escaped unless it is Html itself, so a page
// can't show a text as markup by forgetting something.

/** Markup that is safe to send: made by `html`, or vouched for by `unsafe`. */
export class Html {
  readonly #markup: string

  constructor(markup: string) {
    this.#markup = markup
  }

  toString(): string {
    return this.#markup
  }
}

export type Value = Html | string | number | false | null | undefined | readonly Value[]

/** Joins a template; strings and numbers are escaped for text and quoted attributes, false and null vanish. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  let markup = strings[0] ?? ''
  for (const [index, value] of values.entries()) markup += show(value) + strings[index + 1]
  return new Html(markup)
}

/** Takes a text as markup. Only for text that the program itself made. */
export function unsafe(markup: string): Html {
  return new Html(markup)
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** The text as it must stand in markup, inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character] ?? character)
}

function show(value: Value): string {
  if (value === false || value === null || value === undefined) return ''
  if (value instanceof Html) return value.toString()
  if (typeof value === 'object') return value.map(show).join('')
  return escapeHtml(String(value))
}
