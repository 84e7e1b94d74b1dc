// PostgreSQL's text holds neither NUL nor half of a surrogate pair; nobody means to send either.

/** How JSON escapes them. */
const UNSTORABLE = /\\u0000|\\ud[89a-f]/

/** A text without what PostgreSQL can't hold. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

/** A value as JSON whose texts PostgreSQL can hold. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value)
  if (!UNSTORABLE.test(json)) return json
  return JSON.stringify(value, (_key, part) => (typeof part === 'string' ? storableText(part) : part))
}
