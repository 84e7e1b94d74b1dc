// The console as routes: finds the session, checks role, origin and form token, calls the page.
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SentenceKey } from '../core/model/sentence-key.ts'
import { html } from '../platform/html/html.ts'
import { addAssetRoutes } from '../platform/http/assets.ts'
import { policyText } from '../platform/http/security.ts'
import { accountPages } from './account-pages.ts'
import { sectionsFor, sendAnswer } from './answer.ts'
import { auditPages } from './audit-pages.ts'
import { readForm } from './form.ts'
import { plainFrame } from './frame.ts'
import { isOwnForm } from './own-form.ts'
import type { StaffPage } from './page.ts'
import { labPages } from './preview/lab-pages.ts'
import { mayEnter } from './roles.ts'
import { cookieToken, csrfToken, findSession, type Session } from './sessions.ts'
import { ASSETS_PATH, type ConsoleOptions, cityName, createShell, phrasesIn, type Shell } from './shell.ts'
import { addSignIn } from './sign-in.ts'
import { teamPages } from './team-pages.ts'
import { visitOf } from './visit.ts'

/** The pages that belong to no feature: the account, the team, the audit log, the message lab. */
export function shellPages(options: ConsoleOptions): StaffPage[] {
  return [...accountPages(options), ...teamPages(options), ...auditPages(options), ...labPages(options)]
}

/** Adds the whole console to the server. */
export function addConsole(
  app: FastifyInstance,
  options: ConsoleOptions,
  featurePages: readonly StaffPage[],
): void {
  const shell = createShell(options)
  const pages = [...featurePages, ...shellPages(options)]
  app.register(async scope => {
    await scope.register(cookie)
    await scope.register(formbody)
    await scope.register(multipart, { limits: { fieldSize: FIELD_MAX } })
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({ 'content-security-policy': POLICY, 'cache-control': 'no-store' })
    })
    addAssetRoutes(scope, ASSETS_PATH, shell.assets)
    addSignIn(scope, shell)
    scope.get('/console', (request, reply) => openFirstSection(shell, pages, request, reply))
    for (const page of pages) addPage(scope, shell, pages, page)
  })
}

/** Bytes of one text field. */
const FIELD_MAX = 1_000_000

/** Only our own files, nothing inline, shown in no other page. */
const POLICY = policyText({
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'connect-src': ["'self'"],
  'img-src': ["'self'"],
  'media-src': ["'self'"],
  'frame-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
})

function addPage(app: FastifyInstance, shell: Shell, pages: readonly StaffPage[], page: StaffPage): void {
  const { method, path, roles, uploadMax } = page
  app.route({
    method,
    url: path,
    config: { roles },
    ...(uploadMax && { bodyLimit: uploadMax + FIELD_MAX }),
    async handler(request, reply) {
      const token = cookieToken(request, reply)
      const session = await findSession(shell.database, token)
      if (session?.stage !== 'full') return sendToSignIn(request, reply)
      const form = await readForm(request, uploadMax)
      if (method === 'POST' && !isOwnForm(request, form.fields, { token, publicUrl: shell.publicUrl })) {
        return refuse(shell, session, reply, 'console.refused.form')
      }
      if (!mayEnter(session.account.role, roles)) return refuse(shell, session, reply, 'console.refused.role')
      const csrf = csrfToken(token)
      const visit = visitOf(shell, request, { session, form, csrf })
      const answer = await page.handle(visit)
      return sendAnswer({ shell, pages, page, session, visit, csrf, request, reply }, answer)
    },
  })
}

/** A part of a page can't show the form to sign in: the whole page goes there. */
function sendToSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.headers['hx-request']) return reply.code(401).header('hx-redirect', '/console/sign-in').send()
  const to = request.method === 'GET' ? request.url : '/console'
  return reply.redirect(`/console/sign-in?to=${encodeURIComponent(to)}`, 303)
}

function refuse(shell: Shell, session: Session, reply: FastifyReply, reason: SentenceKey): FastifyReply {
  const { language } = session.account
  const t = phrasesIn(shell, language)
  const page = plainFrame({
    assets: shell.assets,
    t,
    language,
    city: cityName(shell, language),
    title: t(reason),
    body: html`<p><a href="/console">${t('console.back')}</a></p>`,
    csrf: '',
  })
  return reply.code(403).type('text/html; charset=utf-8').send(page)
}

async function openFirstSection(
  shell: Shell,
  pages: readonly StaffPage[],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const session = await findSession(shell.database, cookieToken(request, reply))
  if (session?.stage !== 'full') return reply.redirect('/console/sign-in', 303)
  const [first] = sectionsFor(pages, session)
  return reply.redirect(first ? `/console/${first}` : '/console/account', 303)
}
