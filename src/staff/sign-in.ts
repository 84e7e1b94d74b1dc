// How people get into the console: password, then one-time code. Each wrong try counts; what is said of it
// doesn't tell whether the account exists. Links and the app for the codes: setup-link.ts, enrol.ts.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createLimiter, networkOf } from '../platform/http/limiter.ts'
import { type Credentials, credentialsOf, emailFrom, takeRecoveryCode, takeTotpStep } from './accounts.ts'
import { type Deed, withAudit } from './audit.ts'
import { enrol, showEnrol } from './enrol.ts'
import { readForm } from './form.ts'
import { signInFailures } from './metrics.ts'
import { isOwnForm } from './own-form.ts'
import { recoveryHash, totpStep } from './secrets.ts'
import { cookieToken, endSession, findSession, type Session, startSession } from './sessions.ts'
import { showLink, useLink } from './setup-link.ts'
import type { Shell } from './shell.ts'
import { type Half, type SignInStep, showSignIn, wishedPlace, withPlace } from './sign-in-page.ts'
import { beginTry, checkPassword, forgetTries, noteWrongTry } from './tries.ts'

/** Tries from one network, all accounts together. */
const TRIES = { max: 30, windowMs: 60_000 }

type Handler = (step: SignInStep) => Promise<FastifyReply>

/** Adds everything that is reachable without being signed in. */
export function addSignIn(app: FastifyInstance, shell: Shell): void {
  const limiter = createLimiter(TRIES)
  const open = { config: { roles: 'open' as const } }
  const stepOf = (request: FastifyRequest, reply: FastifyReply, fields = {}): SignInStep => ({
    shell,
    publicUrl: shell.publicUrl,
    request,
    reply,
    fields,
  })
  const get = (path: string, handle: Handler) =>
    app.get(path, open, (request, reply) => handle(stepOf(request, reply)))
  const post = (path: string, handle: Handler, { limited = true } = {}) =>
    app.post(path, open, async (request, reply) => {
      const { fields } = await readForm(request)
      const step = stepOf(request, reply, fields)
      const { publicUrl } = shell
      if (!isOwnForm(request, fields, { token: cookieToken(step), publicUrl })) {
        return showSignIn(step, { view: 'password', problem: 'console.refused.form', status: 403 })
      }
      if (limited && !limiter.allows(networkOf(request.ip))) {
        reply.header('retry-after', TRIES.windowMs / 1000)
        return showSignIn(step, { view: 'password', problem: 'console.signIn.tooMany', status: 429 })
      }
      return handle(step)
    })

  get('/console/sign-in', showPassword)
  get('/console/sign-in/code', showCode)
  get('/console/setup/:token', showLink)
  post('/console/sign-in', enterPassword)
  post('/console/sign-in/code', enterCode)
  post('/console/sign-in/enrol', async step => enrol(step, await halfSignedIn(step)))
  post('/console/setup/:token', useLink)
  post('/console/sign-out', signOut, { limited: false })
}

async function showPassword(step: SignInStep): Promise<FastifyReply> {
  const session = await findSession(step.shell.database.sql, cookieToken(step), { renew: true })
  if (session?.stage === 'full') return step.reply.redirect(wishedPlace(step), 303)
  return showSignIn(step, { view: 'password' })
}

async function enterPassword(step: SignInStep): Promise<FastifyReply> {
  const { fields, reply } = step
  const { database } = step.shell
  // Nobody has an empty address: it takes as long as any other.
  const email = emailFrom(fields.email ?? '') ?? ''
  const credentials = await checkPassword(database, { email }, fields.password ?? '')
  if (!credentials) {
    signInFailures.inc({ step: 'password' })
    const problem = 'console.signIn.wrong'
    return showSignIn(step, { view: 'password', problem, email: fields.email, status: 401 })
  }
  await startSession(database.sql, step, { accountId: credentials.id, stage: 'code' })
  return reply.redirect(withPlace('/console/sign-in/code', wishedPlace(step)), 303)
}

async function halfSignedIn(step: SignInStep): Promise<Half | undefined> {
  const { database } = step.shell
  const session = await findSession(database.sql, cookieToken(step), { renew: true })
  if (session?.stage !== 'code') return undefined
  const credentials = await credentialsOf(database, { id: session.account.id })
  return credentials && { session, credentials }
}

/** The code of the app, or the beginning with one for an account that has none yet. */
async function showCode(step: SignInStep): Promise<FastifyReply> {
  const half = await halfSignedIn(step)
  if (!half) return step.reply.redirect(withPlace('/console/sign-in', wishedPlace(step)), 303)
  return half.credentials.totpSince ? showSignIn(step, { view: 'code' }) : showEnrol(step, half)
}

async function enterCode(step: SignInStep): Promise<FastifyReply> {
  const half = await halfSignedIn(step)
  if (!half) return step.reply.redirect(withPlace('/console/sign-in', wishedPlace(step)), 303)
  const { sql } = step.shell.database
  const attempt = await beginTry(sql, half.credentials.id)
  const deed = attempt && (await useCode(step, half.credentials))
  if (deed) return finish(step, half.session, deed)
  if (attempt) await noteWrongTry(sql, attempt, half.session.account.email)
  signInFailures.inc({ step: 'code' })
  return showSignIn(step, { view: 'code', problem: 'console.signIn.wrongCode', status: 401 })
}

/** Uses up a code of the app or a recovery code; resolves to what the log says of it, undefined for a wrong one. */
async function useCode({ shell, fields }: SignInStep, credentials: Credentials): Promise<Deed | undefined> {
  const { id, email, totpSecret, totpSince, totpLastStep: afterStep } = credentials
  const { sql } = shell.database
  const { code = '' } = fields
  if (!totpSecret || !totpSince) return undefined
  const target = `account ${email}`
  const step = totpStep(totpSecret, code, { afterStep, now: Date.now() })
  if (step !== undefined) {
    return (await takeTotpStep(sql, id, step)) ? { action: 'team.sign-in', target } : undefined
  }
  const left = await takeRecoveryCode(sql, id, recoveryHash(code))
  return left === undefined ? undefined : { action: 'team.recovery', target, details: { left } }
}

async function finish(step: SignInStep, { account }: Session, deed: Deed): Promise<FastifyReply> {
  await withAudit(step.shell.database, account.email, async (sql, note) => {
    await forgetTries(sql, account.id)
    await sql`UPDATE staff_account SET signed_in_at = now() WHERE id = ${account.id}`
    await startSession(sql, step, { accountId: account.id, stage: 'full' })
    await note(deed)
  })
  return step.reply.redirect(wishedPlace(step), 303)
}

async function signOut(step: SignInStep): Promise<FastifyReply> {
  const { sql } = step.shell.database
  const session = await findSession(sql, cookieToken(step), { renew: false })
  if (session) await endSession(sql, { accountId: session.account.id, hash: session.hash })
  return step.reply.redirect('/console/sign-in', 303)
}
