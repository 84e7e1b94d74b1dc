// One's own account: language, password, one-time codes, devices, keys for programs.
import { knownPageLanguage } from '../core/text/page-language.ts'
import { html } from '../platform/html/html.ts'
import { accountView, newTokenView } from './account-views.ts'
import { credentialsOf, offerTotp, setPassword } from './accounts.ts'
import { createApiToken, revokeApiToken } from './api-tokens.ts'
import { Refused, withAudit } from './audit.ts'
import type { Answer, StaffPage, Visit } from './page.ts'
import { problemOfPassword } from './password-rules.ts'
import { EVERYONE } from './roles.ts'
import { hashPassword, isPassword } from './secrets.ts'
import { endOtherSessions, endSession } from './sessions.ts'
import type { ConsoleOptions } from './shell.ts'

export function accountPages(options: ConsoleOptions): StaffPage[] {
  const { database } = options
  const own = (method: StaffPage['method'], path: string, handle: StaffPage['handle']): StaffPage => ({
    method,
    path,
    roles: EVERYONE,
    handle,
  })
  const done = (key: 'language' | 'password' | 'devices' | 'revoked'): Answer => ({
    kind: 'redirect',
    to: '/console/account',
    done: `console.account.done.${key}`,
  })
  const changed = (visit: Visit, action: string, work: Parameters<typeof withAudit<void>>[2]) =>
    withAudit<void>(database, visit.account.email, async (sql, note) => {
      await work(sql, note)
      await note({ action, target: `account ${visit.account.email}` })
    })

  return [
    own('GET', '/console/account', visit => show(options, visit)),
    own('POST', '/console/account/language', async visit => {
      const language = knownPageLanguage(visit.form.language) ?? visit.language
      await changed(visit, 'account.language', async sql => {
        await sql`UPDATE staff_account SET language = ${language} WHERE id = ${visit.account.id}`
      })
      return done('language')
    }),
    own('POST', '/console/account/password', async visit => {
      const problem = await changePassword(options, visit)
      return problem ? show(options, visit, problem) : done('password')
    }),
    own('POST', '/console/account/codes', async visit => {
      await changed(visit, 'account.codes', async sql => {
        await offerTotp(sql, visit.account.id, '')
        await sql`UPDATE staff_account SET totp_secret = NULL WHERE id = ${visit.account.id}`
        await sql`DELETE FROM staff_session WHERE account_id = ${visit.account.id}`
      })
      return { kind: 'redirect', to: '/console/sign-in' }
    }),
    own('POST', '/console/account/devices', async visit => {
      const { hash } = visit.form
      const accountId = visit.account.id
      await changed(visit, 'account.devices', sql =>
        hash
          ? endSession(sql, { accountId, hash })
          : endOtherSessions(sql, { accountId, hash: visit.sessionHash }),
      )
      return done('devices')
    }),
    own('POST', '/console/account/tokens', async visit => {
      const name = (visit.form.name ?? '').trim().slice(0, 80) || visit.t('console.account.tokenUnnamed')
      let token = ''
      await changed(visit, 'account.token', async sql => {
        token = await createApiToken(sql, { accountId: visit.account.id, name })
      })
      return { kind: 'page', title: visit.t('console.account.newToken'), body: newTokenView(visit, token) }
    }),
    own('POST', '/console/account/tokens/:id/revoke', async visit => {
      const { id = '' } = visit.params
      await changed(visit, 'account.token-revoked', sql =>
        revokeApiToken(sql, { accountId: visit.account.id, id }),
      )
      return done('revoked')
    }),
  ]
}

async function show({ database }: ConsoleOptions, visit: Visit, problem?: Problem): Promise<Answer> {
  const { id } = visit.account
  const { prisma } = database
  const sessions = await prisma.staffSession.findMany({
    where: { accountId: id, stage: 'full' },
    orderBy: { lastSeenAt: 'desc' },
  })
  const tokens = await prisma.apiToken.findMany({
    where: { accountId: id, revokedAt: null },
    orderBy: { createdAt: 'desc' },
  })
  const body = html`${problem && html`<p class="problem" role="alert">${visit.t(problem)}</p>`}${accountView(visit, { sessions, tokens })}`
  return { kind: 'page', title: visit.t('console.account.title'), body, status: problem ? 422 : 200 }
}

type Problem = NonNullable<ReturnType<typeof problemOfPassword>> | 'console.account.wrongPassword'

/** The old password is asked for: somebody else may sit at the machine. */
async function changePassword({ database }: ConsoleOptions, visit: Visit): Promise<Problem | undefined> {
  const { account, form } = visit
  const credentials = await credentialsOf(database, { id: account.id })
  if (!(await isPassword(form.old ?? '', credentials?.passwordHash ?? null)))
    return 'console.account.wrongPassword'
  const problem = problemOfPassword(form.password ?? '', account.email)
  if (problem) return problem
  const hash = await hashPassword(form.password ?? '')
  const outcome = await withAudit(database, account.email, async (sql, note) => {
    const [session] = await sql<{ stage: string; device: string }>`
      SELECT stage, device FROM staff_session WHERE hash = ${visit.sessionHash}`
    if (!session) return new Refused('gone')
    await setPassword(sql, account.id, hash)
    // Everybody else with the old password is out; this browser stays in.
    await sql`
      INSERT INTO staff_session (hash, account_id, stage, device)
      VALUES (${visit.sessionHash}, ${account.id}, ${session.stage}, ${session.device})`
    await note({ action: 'account.password', target: `account ${account.email}` })
    return undefined
  })
  return outcome instanceof Refused ? 'console.account.wrongPassword' : undefined
}
