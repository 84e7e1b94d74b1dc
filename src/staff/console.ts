// The console as routes: finds the session, checks role, origin and form token, calls the page.
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addAssetRoutes } from '../platform/http/assets.ts'
import { permissionsText, policyText } from '../platform/http/security.ts'
import { accountPages } from './account-pages.ts'
import { sectionsFor, sendAnswer } from './answer.ts'
import { auditPages } from './audit-pages.ts'
import { answerConsoleErrors, refuse } from './errors.ts'
import { readForm, TEXT_MAX } from './form.ts'
import { overviewPages } from './overview/pages.ts'
import { isOwnForm } from './own-form.ts'
import type { StaffPage } from './page.ts'
import { peoplePages } from './people-pages.ts'
import { labPages } from './preview/lab-pages.ts'
import { EVERYONE, mayEnter } from './roles.ts'
import { cookieToken, csrfToken, findSession } from './sessions.ts'
import { settingsPages } from './settings/pages.ts'
import { ASSETS_PATH, type ConsoleOptions, createShell, type Shell } from './shell.ts'
import { addSignIn } from './sign-in.ts'
import { sendToSignIn } from './sign-in-page.ts'
import { teamPages } from './team-pages.ts'
import { visitOf } from './visit.ts'

/** The pages that belong to no feature. */
export function shellPages(options: ConsoleOptions): StaffPage[] {
  const pages = [overviewPages, peoplePages, accountPages, teamPages, settingsPages, auditPages, labPages]
  return pages.flatMap(pagesOf => pagesOf(options))
}

/** Adds the whole console to the server. */
export function addConsole(
  app: FastifyInstance,
  options: ConsoleOptions,
  featurePages: readonly StaffPage[],
): void {
  const shell = createShell(options)
  const pages = [...featurePages, ...shellPages(options), entrance, nowhere]
  app.register(async scope => {
    await scope.register(cookie)
    await scope.register(formbody)
    await scope.register(multipart)
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({ 'content-security-policy': POLICY, 'cache-control': 'no-store' })
    })
    answerConsoleErrors(scope, shell)
    addAssetRoutes(scope, ASSETS_PATH, shell.assets, { roles: 'open' })
    addSignIn(scope, shell)
    for (const page of pages) addPage(scope, shell, pages, page)
  })
}

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

/** Leads to the first section the account may see. */
const entrance: StaffPage = {
  method: 'GET',
  path: '/console',
  roles: EVERYONE,
  handle: async ({ sections: [first] }) => ({ kind: 'redirect', to: `/console/${first ?? 'account'}` }),
}

/** An address that leads to no page. */
const nowhere: StaffPage = {
  method: 'GET',
  path: '/console/*',
  roles: EVERYONE,
  handle: async () => ({ kind: 'missing' }),
}

function addPage(app: FastifyInstance, shell: Shell, pages: readonly StaffPage[], page: StaffPage): void {
  const { method, path, roles, uploadMax } = page
  app.route({
    method,
    url: path,
    config: { roles },
    ...(uploadMax && { bodyLimit: uploadMax + TEXT_MAX }),
    handler: (request, reply) => visitPage(shell, pages, page, request, reply),
  })
}

async function visitPage(
  shell: Shell,
  pages: readonly StaffPage[],
  page: StaffPage,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (page.camera) reply.header('permissions-policy', permissionsText({ camera: true }))
  const { publicUrl } = shell
  const token = cookieToken({ publicUrl, request, reply })
  const session = await findSession(shell.database.sql, token, { renew: isAsked(request) })
  if (session?.stage !== 'full') return sendToSignIn(request, reply)
  if (!mayEnter(session.account.role, page.roles)) {
    return refuse(shell, reply, session.account.language, 'console.refused.role')
  }
  const form = await readForm(request, page.uploadMax)
  if (page.method === 'POST' && !isOwnForm(request, form.fields, { token, publicUrl })) {
    return refuse(shell, reply, session.account.language, 'console.refused.form')
  }
  const csrf = csrfToken(token)
  const sections = sectionsFor(pages, session)
  const visit = visitOf(shell, request, { session, form, csrf, sections })
  const answer = await page.handle(visit)
  return sendAnswer({ shell, page, session, visit, csrf, request, reply }, answer)
}

/** Parts that a page asks for by itself don't keep somebody signed in who left long ago. */
function isAsked(request: FastifyRequest): boolean {
  return request.method === 'POST' || request.headers['hx-request'] !== 'true'
}
