// The first sign-in goes on with an app for one-time codes: a secret is offered, and counts once a code of
// it was typed.
import type { FastifyReply } from 'fastify'
import { confirmTotp, offerTotp } from './accounts.ts'
import { Refused, withAudit } from './audit.ts'
import { newRecoveryCodes, newTotpSecret, recoveryHash, totpStep } from './secrets.ts'
import { startSession } from './sessions.ts'
import { type Half, type SignInStep, showSignIn } from './sign-in-page.ts'
import { forgetTries } from './tries.ts'

export async function showEnrol(step: SignInStep, { credentials }: Half): Promise<FastifyReply> {
  const { id, email } = credentials
  const secret = await offerTotp(step.shell.database.sql, id, credentials.totpSecret ?? newTotpSecret())
  if (!secret) return step.reply.redirect('/console/sign-in', 303)
  return showSignIn(step, { view: 'enrol', secret, email })
}

/** The first code of a new app. The secret is no secret to whoever sees this form: wrong codes don't count. */
export async function enrol(step: SignInStep, half: Half | undefined): Promise<FastifyReply> {
  const { totpSecret: secret, totpSince, email } = half?.credentials ?? {}
  if (!half || !secret || !email || totpSince) return step.reply.redirect('/console/sign-in', 303)
  const timeStep = totpStep(secret, step.fields.code ?? '', { afterStep: 0, now: Date.now() })
  if (timeStep === undefined) {
    const problem = 'console.signIn.wrongFirstCode'
    return showSignIn(step, { view: 'enrol', secret, email, problem, status: 401 })
  }
  const codes = newRecoveryCodes()
  const { id } = half.credentials
  const token = await withAudit(step.shell.database, email, async (sql, note) => {
    const recovery = codes.map(recoveryHash)
    if (!(await confirmTotp(sql, id, { secret, step: timeStep, recovery }))) return new Refused('done')
    await forgetTries(sql, id)
    await sql`UPDATE staff_account SET signed_in_at = now() WHERE id = ${id}`
    await note({ action: 'team.enrol', target: `account ${email}` })
    return startSession(sql, step, { accountId: id, stage: 'full' })
  })
  if (token instanceof Refused) return step.reply.redirect('/console/sign-in', 303)
  return showSignIn(step, { view: 'recovery', codes, token })
}
