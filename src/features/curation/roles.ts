// Who may do what with answers.
import { mayEnter, type Role, type Visit } from '../../staff/index.ts'

/** Who writes and publishes. */
export const EDITORS: readonly Role[] = ['editor']
/** Who sees what others write. */
export const INSIDERS: readonly Role[] = ['editor', 'inbox']
/** Who reads what people get. */
export const READERS: readonly Role[] = ['editor', 'inbox', 'monitor']

export function mayWrite({ account }: Pick<Visit, 'account'>): boolean {
  return mayEnter(account.role, EDITORS)
}

export function isInsider({ account }: Pick<Visit, 'account'>): boolean {
  return mayEnter(account.role, INSIDERS)
}
