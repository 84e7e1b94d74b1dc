// Who works in the console: invite, change roles, send a new link, disable.
import type { Sql } from '../platform/db/database.ts'
import { isUuid } from '../platform/db/uuid.ts'
import { createAccount, createLink, emailFrom, forgetTotp } from './accounts.ts'
import { type Note, Refused, withAudit } from './audit.ts'
import type { Answer, StaffPage, Visit } from './page.ts'
import { asRole } from './roles.ts'
import type { ConsoleOptions } from './shell.ts'
import { linkView, teamView, type WrongInvitation } from './team-views.ts'

export function teamPages(options: ConsoleOptions): StaffPage[] {
  const page = (method: StaffPage['method'], path: string, handle: StaffPage['handle']): StaffPage => ({
    method,
    path,
    section: 'team',
    roles: ['admin'],
    handle,
  })
  return [
    page('GET', '/console/team', visit => show(options, visit)),
    page('POST', '/console/team', visit => invite(options, visit)),
    page('POST', '/console/team/:id/role', visit => changeRole(options, visit)),
    page('POST', '/console/team/:id/link', visit => newLink(options, visit)),
    page('POST', '/console/team/:id/codes', visit => newCodes(options, visit)),
    page('POST', '/console/team/:id/disable', visit => disable(options, visit)),
    page('POST', '/console/team/:id/enable', visit => enable(options, visit)),
  ]
}

async function show(
  { database }: ConsoleOptions,
  visit: Visit,
  wrong: Parameters<typeof teamView>[2] = {},
): Promise<Answer> {
  const accounts = await database.prisma.staffAccount.findMany({
    orderBy: [{ disabledAt: { sort: 'asc', nulls: 'first' } }, { email: 'asc' }],
    omit: { passwordHash: true, totpSecret: true, recovery: true, chatCode: true },
  })
  const status = wrong.problem || wrong.wrong ? 422 : 200
  return {
    kind: 'page',
    title: visit.t('console.section.team'),
    body: teamView(visit, accounts, wrong),
    status,
    wide: true,
  }
}

async function invite(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  const { email: typed = '' } = visit.form
  const email = emailFrom(typed)
  const role = asRole(visit.form.role ?? '')
  const again = (problem: WrongInvitation['problem']) =>
    show(options, visit, { wrong: { problem, email: typed, role } })
  if (!email || !role) return again('console.team.problem.email')
  const link = await withAudit(options.database, visit.account.email, async (sql, note) => {
    const id = await createAccount(sql, { email, role })
    if (!id) return new Refused('taken')
    await note({ action: 'team.invite', target: `account ${email}`, details: { role } })
    return createLink(sql, id)
  })
  if (link instanceof Refused) return again('console.team.problem.taken')
  return showLink(options, visit, email, link)
}

function showLink({ publicUrl }: ConsoleOptions, visit: Visit, email: string, token: string): Answer {
  const link = `${publicUrl}/console/setup/${token}`
  return { kind: 'page', title: visit.t('console.team.link'), body: linkView(visit, email, link) }
}

/** A changed role counts at the next click. */
async function changeRole(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  const role = asRole(visit.form.role ?? '')
  if (!role) return { kind: 'missing' }
  return onAccount(options, visit, 'console.team.done.role', async (sql, note, account) => {
    if (account.role === 'admin' && role !== 'admin' && !(await hasOtherAdmin(sql, account.id)))
      return new Refused('lastAdmin')
    await sql`UPDATE staff_account SET role = ${role} WHERE id = ${account.id}`
    const details = { from: account.role, to: role }
    await note({ action: 'team.role', target: `account ${account.email}`, details })
    return undefined
  })
}

async function newLink(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  let link: { email: string; token: string } | undefined
  const answer = await onAccount(options, visit, 'console.team.done.link', async (sql, note, account) => {
    link = { email: account.email, token: await createLink(sql, account.id) }
    await note({ action: 'team.link', target: `account ${account.email}` })
    return undefined
  })
  return link ? showLink(options, visit, link.email, link.token) : answer
}

/** For somebody whose phone is lost and whose recovery codes are used up. */
async function newCodes(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  return onAccount(options, visit, 'console.team.done.codes', async (sql, note, account) => {
    await forgetTotp(sql, account.id)
    await note({ action: 'team.codes', target: `account ${account.email}` })
    return undefined
  })
}

/** Signs the account out everywhere and ends its keys; what it did stays in the log. */
async function disable(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  return onAccount(options, visit, 'console.team.done.disabled', async (sql, note, account) => {
    if (account.role === 'admin' && !(await hasOtherAdmin(sql, account.id))) return new Refused('lastAdmin')
    await sql`UPDATE staff_account SET disabled_at = now() WHERE id = ${account.id}`
    await sql`DELETE FROM staff_session WHERE account_id = ${account.id}`
    await sql`DELETE FROM staff_link WHERE account_id = ${account.id}`
    await sql`UPDATE api_token SET revoked_at = now() WHERE account_id = ${account.id} AND revoked_at IS NULL`
    await note({ action: 'team.disable', target: `account ${account.email}` })
    return undefined
  })
}

async function enable(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  return onAccount(options, visit, 'console.team.done.enabled', async (sql, note, account) => {
    await sql`UPDATE staff_account SET disabled_at = NULL, failures = 0, locked_until = NULL WHERE id = ${account.id}`
    await note({ action: 'team.enable', target: `account ${account.email}` })
    return undefined
  })
}

type Target = { id: string; email: string; role: string }
type Work = (sql: Sql, note: Note, account: Target) => Promise<Refused<'lastAdmin'> | undefined>

async function onAccount(
  options: ConsoleOptions,
  visit: Visit,
  done:
    | 'console.team.done.role'
    | 'console.team.done.link'
    | 'console.team.done.codes'
    | 'console.team.done.disabled'
    | 'console.team.done.enabled',
  work: Work,
): Promise<Answer> {
  const { id = '' } = visit.params
  if (!isUuid(id)) return { kind: 'missing' }
  const outcome = await withAudit(options.database, visit.account.email, async (sql, note) => {
    // Two admins who disable each other at once are asked one after the other: both lock in the same order.
    const accounts = await sql<Target>`
      SELECT id, email, role FROM staff_account WHERE role = 'admin' OR id = ${id} ORDER BY id FOR UPDATE`
    const account = accounts.find(account => account.id === id)
    return account ? work(sql, note, account) : new Refused<'gone' | 'lastAdmin'>('gone')
  })
  if (!(outcome instanceof Refused)) return { kind: 'redirect', to: '/console/team', done }
  return outcome.reason === 'gone'
    ? { kind: 'missing' }
    : show(options, visit, { problem: 'console.team.problem.lastAdmin' })
}

async function hasOtherAdmin(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql`
    SELECT 1 FROM staff_account
    WHERE role = 'admin' AND disabled_at IS NULL AND password_hash IS NOT NULL AND id <> ${id} LIMIT 1`
  return rows.length > 0
}
