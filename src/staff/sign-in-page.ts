// What somebody sees who is not signed in, in the language of their browser or the one they chose.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SentenceKey } from '../core/model/sentence-key.ts'
import { knownPageLanguage } from '../core/text/page-language.ts'
import { LANGUAGE_COOKIE, pageLanguage } from '../platform/http/page-language.ts'
import type { Credentials } from './accounts.ts'
import { plainFrame } from './frame.ts'
import { cookieToken, csrfToken, type Exchange, isSecure, type Session } from './sessions.ts'
import { cityName, phrasesIn, type Shell } from './shell.ts'
import * as views from './sign-in-views.ts'

/** A request on the way in, with what its form holds. */
export type SignInStep = Exchange & { shell: Shell; fields: Record<string, string> }

/** Somebody whose password was right. */
export type Half = { session: Session; credentials: Credentials }

/** What is shown. `token`: the cookie's, if it was changed by this answer. */
export type Shown = views.View & { problem?: SentenceKey; status?: number; token?: string }

export async function showSignIn(step: SignInStep, shown: Shown): Promise<FastifyReply> {
  const { shell, request, reply } = step
  const language = pageLanguage(request)
  rememberLanguage(step)
  const t = phrasesIn(shell, language)
  const csrf = csrfToken(shown.token ?? cookieToken(step))
  const city = cityName(shell, language)
  const to = wishedPlace(step)
  const issuer = `${t('web.bot')} ${city}`
  const { title, body } = await views.draw(shown, { t, csrf, to, issuer })
  const here = views.placeOf(shown, request.url)
  const languages =
    here === undefined ? undefined : (code: string) => `${here}?${new URLSearchParams({ to, lang: code })}`
  const page = plainFrame({ assets: shell.assets, t, language, city, title, body, csrf, languages })
  return reply
    .code(shown.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(page)
}

const A_YEAR_S = 365 * 24 * 3600

/** Only a language somebody chose is remembered, not one we guessed. */
function rememberLanguage(step: SignInStep): void {
  const chosen = knownPageLanguage((step.request.query as { lang?: unknown }).lang)
  if (!chosen) return
  const options = { path: '/', maxAge: A_YEAR_S, sameSite: 'lax' as const, secure: isSecure(step) }
  step.reply.setCookie(LANGUAGE_COOKIE, chosen, options)
}

/** Where somebody wanted to go when they were asked to sign in. */
export function wishedPlace({ request, fields }: Pick<SignInStep, 'request' | 'fields'>): string {
  const { to } = request.query as { to?: string | string[] }
  return localPath(fields.to ?? [to].flat().at(-1))
}

const SOMEWHERE = 'http://console.invalid'

/** The place as a path of the console, behind the door; anywhere else is its beginning. */
export function localPath(to = ''): string {
  const url = URL.parse(to, SOMEWHERE)
  const isInside =
    url?.origin === SOMEWHERE &&
    /^\/console(?:\/|$)/.test(url.pathname) &&
    !/^\/console\/(?:sign-in|sign-out|setup)(?:\/|$)/.test(url.pathname)
  return isInside ? url.pathname + url.search : '/console'
}

/** The path with where to go on from there. */
export function withPlace(path: string, to: string): string {
  return to === '/console' ? path : `${path}?to=${encodeURIComponent(to)}`
}

/** Somebody on a page that asks for a session: they sign in first. A part of a page can't show the form. */
export function sendToSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.headers['hx-request']) return reply.code(401).header('hx-redirect', '/console/sign-in').send()
  const to = request.method === 'GET' ? localPath(request.url) : '/console'
  return reply.redirect(withPlace('/console/sign-in', to), 303)
}
