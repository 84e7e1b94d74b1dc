// Staff at the interface for programs and at the console, by injected requests.
import type { HTTPMethods } from 'fastify'
import type { Parts } from '../../src/features/index.ts'
import type { Role } from '../../src/staff/index.ts'
import { COOKIE, type Fields, startConsole } from './console.ts'

export type Reply = { status: number; body: Record<string, unknown> }

/** On the parts of a running bot. */
export async function startStaff(parts: Parts) {
  const { database } = parts
  const { app, signIn, stop } = await startConsole({ database, knowledge: parts.knowledge(), parts })
  return {
    app,
    /** Somebody with a key for programs. */
    async program(role: Role = 'editor') {
      const { accountId: id, email, api } = await signIn(role)
      const ask = async (method: HTTPMethods, path: string, body?: object): Promise<Reply> => {
        const response = await api(method, path, body)
        return { status: response.statusCode, body: response.json() }
      }
      return {
        id,
        email,
        get: (path: string) => ask('GET', path),
        post: (path: string, body?: object) => ask('POST', path, body),
        patch: (path: string, body: object) => ask('PATCH', path, body),
      }
    },
    /** Somebody at a browser. */
    async browser(role: Role = 'editor') {
      const { accountId: id, email, cookies, csrf, get, post } = await signIn(role)
      return {
        id,
        email,
        token: cookies.get(COOKIE) ?? '',
        get: (url: string) => get(url),
        post: (url: string, fields: Fields = {}) => post(url, fields, { 'sec-fetch-site': 'same-origin' }),
        /** Sends a file that was chosen in a form. */
        async upload(url: string, field: string, bytes: Buffer) {
          const form = new FormData()
          form.append('_csrf', csrf())
          form.append(field, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'picture.png')
          const encoded = new Response(form)
          const headers = {
            'content-type': encoded.headers.get('content-type') ?? '',
            'sec-fetch-site': 'same-origin',
          }
          const payload = Buffer.from(await encoded.arrayBuffer())
          return app.inject({
            method: 'POST',
            url,
            cookies: Object.fromEntries(cookies),
            headers,
            payload,
          })
        },
      }
    },
    stop,
  }
}

export type Staff = Awaited<ReturnType<typeof startStaff>>
