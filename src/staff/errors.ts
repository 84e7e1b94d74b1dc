// What staff see when something fails or isn't theirs: a page of the console, not of the server.
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import type { SentenceKey } from '../core/model/sentence-key.ts'
import type { PageLanguage } from '../core/text/page-language.ts'
import { html } from '../platform/html/html.ts'
import { noteFault, statusOf } from '../platform/http/errors.ts'
import { pageLanguage } from '../platform/http/page-language.ts'
import { plainFrame } from './frame.ts'
import { cityName, phrasesIn, type Shell } from './shell.ts'

/** Answers what pages threw, and requests that couldn't be read; nothing of the fault is told. */
export function answerConsoleErrors(app: FastifyInstance, shell: Shell): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    noteFault(shell.log, request, error)
    const status = statusOf(error)
    return showProblem(shell, reply, { language: pageLanguage(request), title: sentenceFor(status), status })
  })
}

/** Tells somebody who is signed in that this isn't for them, or that their form is not ours. */
export function refuse(
  shell: Shell,
  reply: FastifyReply,
  language: PageLanguage,
  title: SentenceKey,
): FastifyReply {
  return showProblem(shell, reply, { language, title, status: 403 })
}

function sentenceFor(status: number): SentenceKey {
  if (status === 413) return 'console.error.large'
  return status >= 500 ? 'console.error.broken' : 'console.error.unreadable'
}

function showProblem(
  shell: Shell,
  reply: FastifyReply,
  { language, title, status }: { language: PageLanguage; title: SentenceKey; status: number },
): FastifyReply {
  const t = phrasesIn(shell, language)
  const city = cityName(shell, language)
  const body = html`<p><a class="button" href="/console">${t('console.toBeginning')}</a></p>`
  const page = plainFrame({ assets: shell.assets, t, language, city, title: t(title), body, csrf: '' })
  return reply.code(status).type('text/html; charset=utf-8').send(page)
}
