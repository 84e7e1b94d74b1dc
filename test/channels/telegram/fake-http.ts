// Requests and answers of the Bot API: https://core.telegram.org/bots/api#making-requests
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Params, Refused } from './fake-rules.ts'

/** Parameters come as JSON or as a form, which may hold files. `bytes`: of the body. */
export async function readCall(request: IncomingMessage): Promise<{ params: Params; bytes: number }> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  return { params: await paramsOf(body, request.headers['content-type'] ?? ''), bytes: body.length }
}

async function paramsOf(body: Buffer, type: string): Promise<Params> {
  if (body.length === 0) return {}
  if (type.startsWith('application/json')) return JSON.parse(body.toString())
  const form = await new Response(body, { headers: { 'content-type': type } }).formData()
  const fields = [...form].filter(([name]) => !isAttachment(name, form))
  return Object.fromEntries(fields.map(([name, value]) => [name, formValue(value, form)]))
}

function isAttachment(name: string, form: FormData): boolean {
  return [...form.values()].includes(`attach://${name}`)
}

/** In forms everything but text is written as JSON; files are named by `attach://…`. */
function formValue(value: string | File, form: FormData): unknown {
  if (typeof value !== 'string') return { upload: value.name, bytes: value.size }
  const attached = /^attach:\/\/(.+)$/.exec(value)?.[1]
  if (attached) return formValue(form.get(attached) ?? 'missing', form)
  return /^([[{]|-?\d+(\.\d+)?$|(true|false)$)/.test(value) ? JSON.parse(value) : value
}

export function answerCall(response: ServerResponse, result: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ ok: true, result }))
}

export function refuseCall(response: ServerResponse, { status, description, parameters }: Refused): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ ok: false, error_code: status, description, parameters }))
}

/** What one call is answered with instead of what it should be. */
export type Script =
  | { status: number; description: string; retryAfter?: number; migrateTo?: number }
  /** The connection breaks before the call is carried out. */
  | 'lost-before'
  /** It is carried out; then the connection breaks. */
  | 'lost-after'
  /** It is carried out; there is never an answer. */
  | 'hang'
  /** It is carried out; a proxy answers with a page. */
  | 'html'

export function scriptedRefusal(script: Exclude<Script, string>): Refused {
  const { status, description, retryAfter, migrateTo } = script
  const parameters = {
    ...(retryAfter !== undefined && { retry_after: retryAfter }),
    ...(migrateTo !== undefined && { migrate_to_chat_id: migrateTo }),
  }
  return new Refused(status, description, Object.keys(parameters).length ? parameters : undefined)
}

/** The fate of an answer to a call that was carried out. */
export function loseAnswer(script: Extract<Script, string>, response: ServerResponse): void {
  if (script === 'html') response.writeHead(502).end('<html>Bad Gateway</html>')
  else if (script !== 'hang') response.socket?.destroy()
}
