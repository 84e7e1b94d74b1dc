// A link gives an account its password; the first link makes the first admin.
import type { FastifyReply } from 'fastify'
import type { SentenceKey } from '../core/model/sentence-key.ts'
import type { Sql } from '../platform/db/database.ts'
import { pageLanguage } from '../platform/http/page-language.ts'
import {
  createAccount,
  emailFrom,
  endFirstAdminLinks,
  hasAdmin,
  holdFirstAdmin,
  readLink,
  setPassword,
  takeLink,
} from './accounts.ts'
import { type Note, Refused, withAudit } from './audit.ts'
import { problemOfPassword } from './password-rules.ts'
import { hashPassword } from './secrets.ts'
import { startSession } from './sessions.ts'
import { type SignInStep, showSignIn } from './sign-in-page.ts'

type Link = NonNullable<Awaited<ReturnType<typeof readLink>>>

export async function showLink(step: SignInStep): Promise<FastifyReply> {
  const link = await readLink(step.shell.database.sql, tokenOf(step))
  if (!link) return showGone(step)
  return showSignIn(step, { view: 'setup', email: link.email ?? '', isNew: link.accountId === null })
}

/** Uses the link up: the account has its password, and is half signed in. */
export async function useLink(step: SignInStep): Promise<FastifyReply> {
  const { shell, fields } = step
  const link = await readLink(shell.database.sql, tokenOf(step))
  if (!link) return showGone(step)
  const isNew = link.accountId === null
  const email = isNew ? emailFrom(fields.email ?? '') : (link.email ?? undefined)
  const again = (problem: SentenceKey) => {
    const typed = isNew ? (fields.email ?? '') : (link.email ?? '')
    return showSignIn(step, { view: 'setup', email: typed, isNew, problem, status: 422 })
  }
  if (!email) return again('console.setup.email')
  const problem = problemOfPassword(fields.password ?? '', email)
  if (problem) return again(problem)
  const passwordHash = await hashPassword(fields.password ?? '')
  const done = await withAudit(shell.database, email, (sql, note) =>
    setUp(sql, note, { step, link, email, passwordHash }),
  )
  if (!(done instanceof Refused)) return step.reply.redirect('/console/sign-in/code', 303)
  return done.reason === 'taken' ? again('console.team.problem.taken') : showGone(step)
}

async function setUp(
  sql: Sql,
  note: Note,
  { step, link, email, passwordHash }: { step: SignInStep; link: Link; email: string; passwordHash: string },
): Promise<Refused<'gone' | 'taken'> | undefined> {
  const isNew = link.accountId === null
  if (isNew) await holdFirstAdmin(sql)
  if (isNew && (await hasAdmin(sql))) return new Refused('gone')
  if (!(await takeLink(sql, tokenOf(step)))) return new Refused('gone')
  const id = link.accountId ?? (await createAccount(sql, { email, role: 'admin' }))
  if (!id) return new Refused('taken')
  // Whoever comes for the first time goes on in the language they read now.
  const language = pageLanguage(step.request)
  await sql`UPDATE staff_account SET language = ${language} WHERE id = ${id} AND password_hash IS NULL`
  await setPassword(sql, id, passwordHash)
  if (isNew) await endFirstAdminLinks(sql)
  await note({ action: isNew ? 'team.first-admin' : 'team.password', target: `account ${email}` })
  await startSession(sql, step, { accountId: id, stage: 'code' })
  return undefined
}

function showGone(step: SignInStep): Promise<FastifyReply> {
  return showSignIn(step, { view: 'password', problem: 'console.setup.gone', status: 410 })
}

function tokenOf({ request }: SignInStep): string {
  return (request.params as { token: string }).token
}
