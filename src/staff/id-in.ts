import type { Visit } from './page.ts'

/** The number that an address names as `:id`, if it can be one. */
export function idIn({ params }: Pick<Visit, 'params'>): number | undefined {
  const { id = '' } = params
  return /^[1-9]\d{0,8}$/.test(id) ? Number(id) : undefined
}
