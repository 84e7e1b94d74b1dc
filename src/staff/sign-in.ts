// How people get into the console: link → password → one-time code. Each wrong try counts; what is said
// of it doesn't tell whether the account exists.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SentenceKey } from '../core/model/sentence-key.ts'
import type { Html } from '../platform/html/html.ts'
import { createLimiter } from '../platform/http/limiter.ts'
import { pageLanguage } from '../platform/http/page-language.ts'
import {
  type Credentials,
  confirmTotp,
  createAccount,
  credentialsOf,
  emailFrom,
  hasAdmin,
  noteFailure,
  noteSuccess,
  offerTotp,
  readLink,
  setPassword,
  takeLink,
  takeRecoveryCode,
  takeTotpStep,
} from './accounts.ts'
import { audit, Refused, withAudit } from './audit.ts'
import { readForm } from './form.ts'
import { plainFrame } from './frame.ts'
import { isOwnForm } from './own-form.ts'
import { problemOfPassword } from './password-rules.ts'
import {
  hashPassword,
  isPassword,
  newRecoveryCodes,
  newTotpSecret,
  recoveryHash,
  totpStep,
} from './secrets.ts'
import { cookieToken, csrfToken, endSession, findSession, type Session, startSession } from './sessions.ts'
import { cityName, phrasesIn, type Shell } from './shell.ts'
import * as views from './sign-in-views.ts'

/** Tries from one address of the network, all accounts together. */
const TRIES = { max: 30, windowMs: 60_000 }

/** Adds everything that is reachable without being signed in. */
export function addSignIn(app: FastifyInstance, shell: Shell): void {
  const limiter = createLimiter(TRIES)
  const open = { config: { roles: 'open' as const } }

  app.get('/console/sign-in', open, async (request, reply) =>
    show(shell, request, reply, { view: 'password' }),
  )
  app.get('/console/sign-in/code', open, (request, reply) => showCode(shell, request, reply))
  app.get<LinkRequest>('/console/setup/:token', open, (request, reply) => showLink(shell, request, reply))

  const post = (path: string, handle: Handler) =>
    app.post(path, open, async (request, reply) => {
      const { fields } = await readForm(request)
      const token = cookieToken(request, reply)
      if (!isOwnForm(request, fields, { token, publicUrl: shell.publicUrl })) {
        return show(shell, request, reply, { view: 'password', problem: 'console.refused.form', status: 403 })
      }
      if (!limiter.allows(request.ip)) {
        return show(shell, request, reply, {
          view: 'password',
          problem: 'console.signIn.tooMany',
          status: 429,
        })
      }
      return handle(shell, request, reply, fields)
    })
  post('/console/sign-in', enterPassword)
  post('/console/sign-in/code', enterCode)
  post('/console/sign-in/enrol', enrol)
  post('/console/setup/:token', useLink)
  post('/console/sign-out', signOut)
}

type LinkRequest = { Params: { token: string } }
type Fields = Record<string, string>
type Handler = (
  shell: Shell,
  request: FastifyRequest,
  reply: FastifyReply,
  fields: Fields,
) => Promise<FastifyReply>

async function enterPassword(shell: Shell, request: FastifyRequest, reply: FastifyReply, fields: Fields) {
  const { database } = shell
  const email = emailFrom(fields.email ?? '')
  const credentials = email ? await credentialsOf(database, { email }) : undefined
  const right = await isPassword(fields.password ?? '', credentials?.passwordHash ?? null)
  if (!credentials || !right || isLocked(credentials)) {
    if (credentials) await countFailure(shell, credentials.id, email ?? '')
    const problem = 'console.signIn.wrong'
    return show(shell, request, reply, { view: 'password', problem, email: fields.email, status: 401 })
  }
  await startSession(database.sql, request, reply, { accountId: credentials.id, stage: 'code' })
  return reply.redirect(`/console/sign-in/code?to=${encodeURIComponent(localPath(fields.to))}`, 303)
}

async function countFailure({ database }: Shell, accountId: string, email: string): Promise<void> {
  const locked = await noteFailure(database.sql, accountId)
  if (locked) await audit(database.sql, 'system', { action: 'team.lock', target: `account ${email}` })
}

function isLocked({ lockedUntil }: Credentials): boolean {
  return lockedUntil !== null && lockedUntil > new Date()
}

/** Where to go on; only places of the console. */
function localPath(to = ''): string {
  return /^\/console(?:[/?]|$)/.test(to) ? to : '/console'
}

/** The code of the app, or the beginning with one for an account that has none yet. */
async function showCode(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const half = await halfSignedIn(shell, request, reply)
  if (!half) return reply.redirect('/console/sign-in', 303)
  const { credentials, session } = half
  if (credentials.totpSince) return show(shell, request, reply, { view: 'code' })
  const secret = credentials.totpSecret ?? newTotpSecret()
  if (!credentials.totpSecret) await offerTotp(shell.database.sql, credentials.id, secret)
  return show(shell, request, reply, { view: 'enrol', secret, email: session.account.email })
}

async function halfSignedIn(
  { database }: Shell,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ session: Session; credentials: Credentials } | undefined> {
  const session = await findSession(database, cookieToken(request, reply))
  const credentials =
    session?.stage === 'code' ? await credentialsOf(database, { id: session.account.id }) : undefined
  return session && credentials && { session, credentials }
}

async function enterCode(shell: Shell, request: FastifyRequest, reply: FastifyReply, fields: Fields) {
  const half = await halfSignedIn(shell, request, reply)
  if (!half) return reply.redirect('/console/sign-in', 303)
  const { credentials, session } = half
  if (isLocked(credentials) || !(await isCodeRight(shell, credentials, fields.code ?? ''))) {
    await countFailure(shell, credentials.id, session.account.email)
    return show(shell, request, reply, { view: 'code', problem: 'console.signIn.wrongCode', status: 401 })
  }
  return finish(shell, request, reply, session, fields)
}

/** A code of the app or a recovery code; each works once. */
async function isCodeRight({ database }: Shell, credentials: Credentials, code: string): Promise<boolean> {
  const { id, totpSecret, totpSince, totpLastStep: afterStep } = credentials
  if (!totpSecret || !totpSince) return false
  const step = totpStep(totpSecret, code, { afterStep, now: Date.now() })
  if (step !== undefined) return takeTotpStep(database.sql, id, step)
  return takeRecoveryCode(database.sql, id, recoveryHash(code))
}

async function finish(
  { database }: Shell,
  request: FastifyRequest,
  reply: FastifyReply,
  { account }: Session,
  fields: Fields,
): Promise<FastifyReply> {
  await noteSuccess(database.sql, account.id)
  await startSession(database.sql, request, reply, { accountId: account.id, stage: 'full' })
  await audit(database.sql, account.email, { action: 'team.sign-in', target: `account ${account.email}` })
  return reply.redirect(localPath(fields.to), 303)
}

/** The first code of a new app: from now on codes are asked for. The recovery codes are shown this once. */
async function enrol(shell: Shell, request: FastifyRequest, reply: FastifyReply, fields: Fields) {
  const half = await halfSignedIn(shell, request, reply)
  const { totpSecret: secret, totpSince } = half?.credentials ?? {}
  if (!half || !secret || totpSince) return reply.redirect('/console/sign-in', 303)
  const { account } = half.session
  const step = totpStep(secret, fields.code ?? '', { afterStep: 0, now: Date.now() })
  if (step === undefined) {
    await countFailure(shell, account.id, account.email)
    const problem = 'console.signIn.wrongCode'
    return show(shell, request, reply, { view: 'enrol', secret, email: account.email, problem, status: 401 })
  }
  const codes = newRecoveryCodes()
  await withAudit(shell.database, account.email, async (sql, note) => {
    await confirmTotp(sql, account.id, { step, recovery: codes.map(recoveryHash) })
    await note({ action: 'team.enrol', target: `account ${account.email}` })
  })
  await startSession(shell.database.sql, request, reply, { accountId: account.id, stage: 'full' })
  return show(shell, request, reply, { view: 'recovery', codes })
}

async function showLink(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const link = await readLink(shell.database.sql, (request.params as LinkRequest['Params']).token)
  if (!link) {
    return show(shell, request, reply, { view: 'password', problem: 'console.setup.gone', status: 410 })
  }
  return show(shell, request, reply, {
    view: 'setup',
    email: link.email ?? '',
    isNew: link.accountId === null,
  })
}

/** Gives an account its password; the first link makes the first admin. */
async function useLink(shell: Shell, request: FastifyRequest, reply: FastifyReply, fields: Fields) {
  const { database } = shell
  const { token } = request.params as LinkRequest['Params']
  const link = await readLink(database.sql, token)
  if (!link) {
    return show(shell, request, reply, { view: 'password', problem: 'console.setup.gone', status: 410 })
  }
  const isNew = link.accountId === null
  const email = isNew ? emailFrom(fields.email ?? '') : (link.email ?? undefined)
  const again = (problem: SentenceKey) =>
    show(shell, request, reply, {
      view: 'setup',
      email: fields.email ?? link.email ?? '',
      isNew,
      problem,
      status: 422,
    })
  if (!email) return again('console.setup.email')
  const problem = problemOfPassword(fields.password ?? '', email)
  if (problem) return again(problem)
  const passwordHash = await hashPassword(fields.password ?? '')
  const accountId = await withAudit(database, email, async (sql, note) => {
    if (isNew && (await hasAdmin(sql))) return new Refused('gone')
    if (!(await takeLink(sql, token))) return new Refused('gone')
    const id = link.accountId ?? (await createAccount(sql, { email, role: 'admin' }))
    if (!id) return new Refused('gone')
    await setPassword(sql, id, passwordHash)
    await note({ action: isNew ? 'team.first-admin' : 'team.password', target: `account ${email}` })
    return id
  })
  if (accountId instanceof Refused) return again('console.setup.gone')
  await startSession(database.sql, request, reply, { accountId, stage: 'code' })
  return reply.redirect('/console/sign-in/code', 303)
}

async function signOut(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { database } = shell
  const session = await findSession(database, cookieToken(request, reply))
  if (session) await endSession(database.sql, { accountId: session.account.id, hash: session.hash })
  return reply.redirect('/console/sign-in', 303)
}

/** What is shown, in the language of whoever asks. */
type Shown = views.View & { problem?: SentenceKey; status?: number }

async function show(
  shell: Shell,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Shown,
): Promise<FastifyReply> {
  const language = pageLanguage(request)
  const t = phrasesIn(shell, language)
  const csrf = csrfToken(cookieToken(request, reply))
  const city = cityName(shell, language)
  const to = localPath((request.query as { to?: string }).to)
  const { title, body }: { title: string; body: Html } = await views.draw(shown, {
    t,
    csrf,
    to,
    issuer: `${t('web.bot')} ${city}`,
  })
  const page = plainFrame({ assets: shell.assets, t, language, city, title, body, csrf })
  return reply
    .code(shown.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(page)
}
