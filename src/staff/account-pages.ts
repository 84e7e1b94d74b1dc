// One's own account: language, password, one-time codes, devices, one's own chat, keys for programs.
import type { SentenceKey } from '../core/model/sentence-key.ts'
import { knownPageLanguage } from '../core/text/page-language.ts'
import { type AccountForm, accountView, chatCodeView, newTokenView } from './account-views.ts'
import { forgetTotp, setPassword, setRecoveryCodes } from './accounts.ts'
import { createApiToken, revokeApiToken, tokensOf } from './api-tokens.ts'
import { Refused, withAudit } from './audit.ts'
import { chatOfAccount, makeChatCode } from './chat-tie.ts'
import type { Answer, StaffPage, Visit } from './page.ts'
import { problemOfPassword } from './password-rules.ts'
import { EVERYONE } from './roles.ts'
import { hashPassword, newRecoveryCodes, recoveryHash } from './secrets.ts'
import { endOtherSessions, endSession, sessionsOf } from './sessions.ts'
import type { ConsoleOptions } from './shell.ts'
import { recoveryList } from './sign-in-views.ts'
import { checkPassword } from './tries.ts'

export function accountPages(options: ConsoleOptions): StaffPage[] {
  const own = (method: StaffPage['method'], path: string, handle: StaffPage['handle']): StaffPage => ({
    method,
    path: `/console/account${path}`,
    roles: EVERYONE,
    handle,
  })
  /** A page that asks for the password again: somebody else may sit at the machine. */
  const guarded = (path: string, form: AccountForm, handle: StaffPage['handle']): StaffPage =>
    own('POST', path, async visit => {
      const { account } = visit
      if (await checkPassword(options.database, { id: account.id }, visit.form.old ?? ''))
        return handle(visit)
      return show(options, visit, { form, key: 'console.account.wrongPassword' })
    })

  return [
    own('GET', '', visit => show(options, visit)),
    own('POST', '/language', visit => changeLanguage(options, visit)),
    guarded('/password', 'password', visit => changePassword(options, visit)),
    guarded('/codes', 'codes', visit => beginCodesAgain(options, visit)),
    guarded('/recovery', 'recovery', visit => makeRecoveryCodes(options, visit)),
    own('POST', '/devices', visit => signOutDevices(options, visit)),
    own('POST', '/chat', visit => showChatCode(options, visit)),
    own('POST', '/chat/end', visit => endChat(options, visit)),
    own('POST', '/tokens', visit => makeToken(options, visit)),
    own('POST', '/tokens/:id/revoke', visit => revokeToken(options, visit)),
  ]
}

type Problem = { form: AccountForm; key: SentenceKey }

async function show({ database }: ConsoleOptions, visit: Visit, problem?: Problem): Promise<Answer> {
  const { id } = visit.account
  const { sql } = database
  const [sessions, tokens, chat, [account]] = await Promise.all([
    sessionsOf(sql, id),
    tokensOf(sql, id),
    chatOfAccount(sql, id),
    sql<{ left: number }>`SELECT cardinality(recovery) AS left FROM staff_account WHERE id = ${id}`,
  ])
  const state = { sessions, tokens, chat, recoveryLeft: account?.left ?? 0, problem }
  return {
    kind: 'page',
    title: visit.t('console.account.title'),
    body: accountView(visit, state),
    status: problem ? 422 : 200,
  }
}

function done(key: 'language' | 'password' | 'devices' | 'revoked' | 'chatEnd'): Answer {
  return { kind: 'redirect', to: '/console/account', done: `console.account.done.${key}` }
}

/** A change of one's own account with its row in the log. */
async function change(
  { database }: ConsoleOptions,
  { account }: Visit,
  action: string,
  work: Parameters<typeof withAudit<void>>[2],
): Promise<void> {
  await withAudit<void>(database, account.email, async (sql, note) => {
    await work(sql, note)
    await note({ action, target: `account ${account.email}` })
  })
}

async function changeLanguage(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  const language = knownPageLanguage(visit.form.language) ?? visit.language
  await change(options, visit, 'account.language', async sql => {
    await sql`UPDATE staff_account SET language = ${language} WHERE id = ${visit.account.id}`
  })
  return done('language')
}

async function changePassword(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  const { account, form } = visit
  const key = problemOfPassword(form.password ?? '', account.email)
  if (key) return show(options, visit, { form: 'password', key })
  const hash = await hashPassword(form.password ?? '')
  const outcome = await withAudit(options.database, account.email, async (sql, note) => {
    const [session] = await sql<{ device: string; createdAt: Date }>`
      SELECT device, created_at AS "createdAt" FROM staff_session WHERE hash = ${visit.sessionHash}`
    if (!session) return new Refused('gone')
    await setPassword(sql, account.id, hash)
    // Everybody else with the old password is out; this browser stays in.
    await sql`
      INSERT INTO staff_session (hash, account_id, stage, device, created_at)
      VALUES (${visit.sessionHash}, ${account.id}, 'full', ${session.device}, ${session.createdAt})`
    await note({ action: 'account.password', target: `account ${account.email}` })
    return undefined
  })
  return outcome instanceof Refused ? { kind: 'redirect', to: '/console/sign-in' } : done('password')
}

async function beginCodesAgain(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  await change(options, visit, 'account.codes', sql => forgetTotp(sql, visit.account.id))
  return { kind: 'redirect', to: '/console/sign-in' }
}

async function makeRecoveryCodes(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  const codes = newRecoveryCodes()
  await change(options, visit, 'account.recovery', sql =>
    setRecoveryCodes(sql, visit.account.id, codes.map(recoveryHash)),
  )
  const title = visit.t('console.signIn.title.recovery')
  return { kind: 'page', title, body: recoveryList(visit.t, codes, '/console/account') }
}

async function signOutDevices(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  const { hash } = visit.form
  const accountId = visit.account.id
  await change(options, visit, 'account.devices', sql =>
    hash
      ? endSession(sql, { accountId, hash })
      : endOtherSessions(sql, { accountId, hash: visit.sessionHash }),
  )
  return done('devices')
}

async function showChatCode(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  let code = ''
  await change(options, visit, 'account.chat-code', async sql => {
    code = await makeChatCode(sql, visit.account.id)
  })
  return { kind: 'page', title: visit.t('console.account.chat'), body: chatCodeView(visit, code) }
}

async function endChat(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  await change(options, visit, 'account.chat-end', async sql => {
    await sql`UPDATE staff_account SET chat_id = NULL WHERE id = ${visit.account.id}`
  })
  return done('chatEnd')
}

async function makeToken(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  const name = (visit.form.name ?? '').trim().slice(0, 80) || visit.t('console.account.tokenUnnamed')
  let token = ''
  await change(options, visit, 'account.token', async sql => {
    token = await createApiToken(sql, { accountId: visit.account.id, name })
  })
  return { kind: 'page', title: visit.t('console.account.newToken'), body: newTokenView(visit, token) }
}

async function revokeToken(options: ConsoleOptions, visit: Visit): Promise<Answer> {
  const { id = '' } = visit.params
  await change(options, visit, 'account.token-revoked', sql =>
    revokeApiToken(sql, { accountId: visit.account.id, id }),
  )
  return done('revoked')
}
