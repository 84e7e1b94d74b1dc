import type { Visit } from './page.ts'

/** The number that an address names as `:id`, if it can be one. */
export function idIn({ params }: Pick<Visit, 'params'>): number | undefined {
  return readId(params.id ?? '')
}

/** A text as the id of a row, if it can be one. */
export function readId(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}
