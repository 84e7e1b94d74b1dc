// What whoever runs the server may do with accounts from a shell, also when nobody can sign in.
import type { Database, Sql } from '../platform/db/database.ts'
import {
  confirmTotp,
  createAccount,
  createLink,
  endFirstAdminLinks,
  forgetTotp,
  offerTotp,
  setPassword,
} from './accounts.ts'
import { createApiToken } from './api-tokens.ts'
import { Refused, withAudit } from './audit.ts'
import { PASSWORD_MAX, PASSWORD_MIN, problemOfPassword } from './password-rules.ts'
import type { Role } from './roles.ts'
import { hashPassword } from './secrets.ts'

export { emailFrom } from './accounts.ts'
export { asRole, ROLES, type Role } from './roles.ts'
export { totpCode, totpUri } from './secrets.ts'

const ACTOR = 'command line'

/** What is wrong with a password, for whoever types commands. */
export function problemsOfPassword(password: string, email: string): string[] {
  const problem = problemOfPassword(password, email)
  if (!problem) return []
  return problem === 'console.password.length'
    ? [`the password has ${password.length} characters: ${PASSWORD_MIN} to ${PASSWORD_MAX} are needed`]
    : ['the password is easy to guess: choose another one']
}

/** Adds an account with its password; without one, resolves to the path of a link that sets it. */
export async function addAccount(
  database: Database,
  { email, role, password }: { email: string; role: Role; password?: string },
): Promise<string | undefined> {
  const hash = password === undefined ? undefined : await hashPassword(password)
  const path = await withAudit(database, ACTOR, async (sql, note) => {
    const id = await createAccount(sql, { email, role })
    if (!id) return new Refused('taken')
    await note({ action: 'team.invite', target: `account ${email}`, details: { role } })
    if (!hash) return setupPath(sql, id)
    await setPassword(sql, id, hash)
    if (role === 'admin') await endFirstAdminLinks(sql)
    return undefined
  })
  if (path instanceof Refused) throw new Error(`there is an account for ${email} already`)
  return path
}

/** Connects an app for codes whose secret is known before: for accounts of trials, which nobody sets up by hand. */
export async function connectApp(database: Database, email: string, secret: string): Promise<void> {
  await onAccount(database, email, 'team.enrol', async (sql, accountId) => {
    await offerTotp(sql, accountId, secret)
    await confirmTotp(sql, accountId, { secret, step: 0, recovery: [] })
    return secret
  })
}

/** A new key for programs; it may do what the account's role may. */
export async function addToken(database: Database, email: string): Promise<string> {
  return onAccount(database, email, 'account.token', (sql, accountId) =>
    createApiToken(sql, { accountId, name: ACTOR }),
  )
}

/** The path of a new link; the app for codes is forgotten, because whoever needs this has lost it too. */
export async function renewLink(database: Database, email: string): Promise<string> {
  return onAccount(database, email, 'team.link', async (sql, accountId) => {
    await forgetTotp(sql, accountId)
    return setupPath(sql, accountId)
  })
}

async function setupPath(sql: Sql, accountId: string): Promise<string> {
  return `/console/setup/${await createLink(sql, accountId)}`
}

async function onAccount(
  database: Database,
  email: string,
  action: string,
  work: (sql: Sql, accountId: string) => Promise<string>,
): Promise<string> {
  const result = await withAudit(database, ACTOR, async (sql, note) => {
    const [account] = await sql<{ id: string; disabled: boolean }>`
      SELECT id, disabled_at IS NOT NULL AS disabled FROM staff_account WHERE email = ${email}`
    if (!account || account.disabled) return new Refused(account ? 'disabled' : 'unknown')
    await note({ action, target: `account ${email}` })
    return work(sql, account.id)
  })
  if (!(result instanceof Refused)) return result
  throw new Error(
    result.reason === 'disabled' ? `the account ${email} is disabled` : `there is no account for ${email}`,
  )
}
