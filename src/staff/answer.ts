// How a page's answer leaves: framed, as a part, elsewhere, as a file, as a stream.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SentenceKey } from '../core/model/sentence-key.ts'
import { html } from '../platform/html/html.ts'
import { staffFrame } from './frame.ts'
import { type Answer, SECTIONS, type Section, type StaffPage, type Visit } from './page.ts'
import { mayEnter } from './roles.ts'
import { type Session, stillSignedIn } from './sessions.ts'
import { cityName, type Shell } from './shell.ts'

/** Everything that surrounds an answer. */
export type Occasion = {
  shell: Shell
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
  const { shell, page, session, visit, csrf } = occasion
  const { t, language, account } = visit
  return staffFrame({
    ...answer,
    assets: shell.assets,
    t,
    language,
    city: cityName(shell, language),
    done: doneIn(shell, visit),
    csrf,
    account,
    sections: visit.sections,
    current: page.section,
    waiting: await shell.waiting(session),
  })
}

/** Sections whose entry page the account may see, in their order. */
export function sectionsFor(pages: readonly StaffPage[], { account }: Pick<Visit, 'account'>): Section[] {
  const entries = pages.filter(
    ({ method, path, section, roles }) =>
      method === 'GET' && path === `/console/${section}` && mayEnter(account.role, roles),
  )
  return SECTIONS.filter(section => entries.some(entry => entry.section === section))
}

/** Only sentences of ours that say what was done can be asked for by an address. */
function doneIn({ translator }: Shell, { query, t, contentLanguage }: Visit): string | undefined {
  const { done = '' } = query
  if (!/^[\w.-]+\.done\.[\w-]+$/.test(done)) return undefined
  const key = done as SentenceKey
  // An unknown sentence comes back as its key.
  return translator(contentLanguage)(key) === key ? undefined : t(key)
}

/** A form that htmx sent is followed by the whole page it leads to. */
function redirect(
  { reply, visit }: Occasion,
  { to, done }: Extract<Answer, { kind: 'redirect' }>,
): FastifyReply {
  const [path = '', place] = to.split('#')
  const said = done ? `${path}${path.includes('?') ? '&' : '?'}done=${done}` : path
  const target = place ? `${said}#${place}` : said
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

/** Whoever was signed out, disabled or given another role reads on until the next heartbeat at most. */
function stream(
  { request, reply, shell, session, page }: Occasion,
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
  const beat = async () => {
    const now = await stillSignedIn(shell.database.sql, session)
    if (!now || !mayEnter(now.account.role, page.roles)) over.abort()
    else raw.write(': \n\n')
  }
  const heartbeat = setInterval(
    () => void beat().catch(() => over.abort()),
    shell.heartbeatMs ?? HEARTBEAT_MS,
  )
  over.signal.addEventListener('abort', () => raw.end(), { once: true })
  const pour = async () => {
    for await (const part of parts(over.signal)) {
      if (over.signal.aborted) return
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
