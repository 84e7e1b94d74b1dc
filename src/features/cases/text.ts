import { TEXT_MAX } from './rules.ts'

/** What staff typed, as it is kept and sent: nothing the database can't hold, no blank ends, not too long. */
export function plainText(typed: string): string {
  return typed.replaceAll('\0', '').replaceAll('\r\n', '\n').toWellFormed().trim().slice(0, TEXT_MAX)
}
