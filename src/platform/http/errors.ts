// What somebody sees when a request fails: programs get RFC 9457 JSON, browsers a plain page.
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { html } from '../html/html.ts'
import type { Log } from '../log.ts'

/** `detail` is a sentence for the person or programmer at the other end. */
export type Problem = { status: number; detail: string; code?: string }

/** Answers with RFC 9457 JSON. */
export function sendProblem(reply: FastifyReply, { status, detail, code }: Problem): FastifyReply {
  const body = { type: 'about:blank', title: titleOf(status), status, detail, ...(code ? { code } : {}) }
  return reply.code(status).type('application/problem+json').send(body)
}

/** The error handler of the whole server. Only faults of our own are logged, without what was sent. */
export function createErrorHandler(log: Log) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const status = statusOf(error)
    noteFault(log, request, error)
    const detail = status >= 500 ? 'Something broke here; it has been recorded.' : error.message
    return answer(request, reply, { status, detail, code: error.code })
  }
}

/** Writes a fault of ours into the log; what callers do wrong isn't one. */
export function noteFault(log: Log, request: FastifyRequest, error: FastifyError): void {
  if (statusOf(error) >= 500) log.error({ err: error, route: request.routeOptions.url }, 'request failed')
}

/** Answers requests for which there is no route. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answer(request, reply, { status: 404, detail: 'There is nothing at this address.' })
}

/** The status an error stands for; errors that carry none are faults of ours. */
export function statusOf(error: { statusCode?: number }): number {
  const { statusCode = 500 } = error
  return statusCode >= 400 ? statusCode : 500
}

function answer(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  // What would have been sent may have been allowed to be kept.
  reply.header('cache-control', 'no-store')
  return wantsPage(request) ? sendPage(reply, problem.status) : sendProblem(reply, problem)
}

function wantsPage(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('text/html') === true && !/^\/(api|webhooks)\//.test(request.url)
}

const SENTENCES: Record<'missing' | 'refused' | 'broken', [string, string]> = {
  missing: ['Ove stranice nema.', 'There is no such page.'],
  refused: ['Ovaj zahtev ne može da se primi.', 'This request can’t be accepted.'],
  broken: ['Nešto je zapelo. Pokušajte malo kasnije.', 'Something went wrong. Please try again later.'],
}

function sendPage(reply: FastifyReply, status: number): FastifyReply {
  const kind = status === 404 ? 'missing' : status < 500 ? 'refused' : 'broken'
  const [serbian, english] = SENTENCES[kind]
  const page = html`<!doctype html>
<html lang="sr-Latn">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${serbian}</title></head>
<body><h1>${serbian}</h1><p lang="en">${english}</p><p><a href="/">← Početna / Home</a></p></body>
</html>`
  return reply.code(status).type('text/html; charset=utf-8').send(page.toString())
}

function titleOf(status: number): string {
  const titles: Record<number, string> = {
    400: 'Bad Request',
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'Not Found',
    405: 'Method Not Allowed',
    409: 'Conflict',
    413: 'Content Too Large',
    415: 'Unsupported Media Type',
    429: 'Too Many Requests',
    503: 'Service Unavailable',
  }
  return titles[status] ?? (status >= 500 ? 'Internal Server Error' : 'Bad Request')
}
