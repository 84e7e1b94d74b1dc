// How a page's answer leaves: framed, as a part, elsewhere, as a file, as a stream.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SentenceKey } from '../core/model/sentence-key.ts'
import { html } from '../platform/html/html.ts'
import { staffFrame } from './frame.ts'
import type { Answer, Section, StaffPage, Visit } from './page.ts'
import { mayEnter } from './roles.ts'
import type { Session } from './sessions.ts'
import { cityName, type Shell } from './shell.ts'

/** Everything that surrounds an answer. */
export type Occasion = {
  shell: Shell
  pages: readonly StaffPage[]
  page: StaffPage
  session: Session
  visit: Visit
  csrf: string
  request: FastifyRequest
  reply: FastifyReply
}

export async function sendAnswer(occasion: Occasion, answer: Answer): Promise<FastifyReply> {
  const { reply, visit } = occasion
  switch (answer.kind) {
    case 'page':
      return sendHtml(reply, answer.status, await framed(occasion, answer))
    case 'part':
      return sendHtml(reply, answer.status, answer.body.toString())
    case 'redirect':
      return redirect(occasion, answer)
    case 'file':
      return sendFile(reply, answer)
    case 'stream':
      return stream(occasion, answer)
    case 'missing': {
      const body = html`<p>${visit.t('console.missing.text')}</p>`
      const page = { kind: 'page' as const, title: visit.t('console.missing.title'), body }
      return sendHtml(reply, 404, await framed(occasion, page))
    }
  }
}

function sendHtml(reply: FastifyReply, status = 200, text: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(text)
}

async function framed(occasion: Occasion, answer: Extract<Answer, { kind: 'page' }>): Promise<string> {
  const { shell, pages, page, session, visit, csrf } = occasion
  const { t, language, account } = visit
  return staffFrame({
    ...answer,
    assets: shell.assets,
    t,
    language,
    city: cityName(shell, language),
    done: doneIn(visit),
    csrf,
    account,
    sections: sectionsFor(pages, visit),
    current: page.section,
    waiting: await shell.waiting(session),
  })
}

/** Sections whose entry page the account may see. */
export function sectionsFor(pages: readonly StaffPage[], { account }: Pick<Visit, 'account'>): Section[] {
  return pages.flatMap(({ method, path, section, roles }) => {
    const isEntry = section && method === 'GET' && path === `/console/${section}`
    return isEntry && mayEnter(account.role, roles) ? [section] : []
  })
}

/** Only sentences that say what was done can be asked for by an address. */
function doneIn({ query, t }: Visit): string | undefined {
  return query.done && /^[\w.-]+\.done\.[\w-]+$/.test(query.done) ? t(query.done as SentenceKey) : undefined
}

/** A form that htmx sent is followed by the whole page it leads to. */
function redirect(
  { reply, visit }: Occasion,
  { to, done }: Extract<Answer, { kind: 'redirect' }>,
): FastifyReply {
  const target = done ? `${to}${to.includes('?') ? '&' : '?'}done=${done}` : to
  return visit.isPart ? reply.code(204).header('hx-redirect', target).send() : reply.redirect(target, 303)
}

function sendFile(reply: FastifyReply, { name, mime, bytes, inline }: Extract<Answer, { kind: 'file' }>) {
  const plain = name.replace(/[^\w.-]/g, '_')
  return reply
    .type(mime)
    .header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename="${plain}"`)
    .send(bytes)
}

/** A comment now and then keeps proxies from closing a stream that has nothing to say. */
const HEARTBEAT_MS = 20_000

function stream(
  { request, reply, shell }: Occasion,
  { parts }: Extract<Answer, { kind: 'stream' }>,
): FastifyReply {
  const over = new AbortController()
  request.raw.once('close', () => over.abort())
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  })
  const heartbeat = setInterval(() => raw.write(': \n\n'), HEARTBEAT_MS)
  const pour = async () => {
    for await (const part of parts(over.signal)) {
      raw.write(
        `${String(part)
          .split('\n')
          .map(line => `data: ${line}`)
          .join('\n')}\n\n`,
      )
    }
  }
  pour()
    .catch(error => shell.log.warn({ err: error }, 'a live part of the console ended'))
    .finally(() => {
      clearInterval(heartbeat)
      raw.end()
    })
  return reply
}
