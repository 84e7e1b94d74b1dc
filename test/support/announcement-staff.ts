// Staff at the interface for programs and at the console, by injected requests.
import type { InjectOptions } from 'fastify'
import { apiRoutes, type Parts, staffPages, waitingFor } from '../../src/features/index.ts'
import { createHttpServer } from '../../src/platform/http/server.ts'
import { createAccount } from '../../src/staff/accounts.ts'
import { createApiToken } from '../../src/staff/api-tokens.ts'
import { addApi, addConsole, type Role, type Session, type StaffPage } from '../../src/staff/index.ts'
import { newToken, tokenHash } from '../../src/staff/secrets.ts'
import { csrfToken } from '../../src/staff/sessions.ts'

export type Reply = { status: number; body: Record<string, unknown> }

/** On the parts of a running bot; all pages, or some. */
export async function startStaff(parts: Parts, pages: StaffPage[] = staffPages(parts)) {
  const { database, knowledge, log, publicUrl } = parts
  const app = await createHttpServer({
    log,
    trustProxy: false,
    health: async () => ({ ready: true, checks: {} }),
  })
  const options = {
    ...{ database, publicUrl, log, city: knowledge().content.city },
    translator: (language: 'sr' | 'bs' | 'en') => knowledge().sentences(language),
    waiting: (session: Session) => waitingFor(parts, session),
  }
  addConsole(app, options, pages)
  addApi(app, parts, apiRoutes(parts))
  await app.ready()
  let count = 0

  async function account(role: Role): Promise<{ id: string; email: string }> {
    const email = `${role}${++count}@grad.rs`
    const id = (await createAccount(database.sql, { email, role })) ?? ''
    await database.sql`UPDATE staff_account SET password_hash = 'x' WHERE id = ${id}`
    return { id, email }
  }

  return {
    app,
    account,
    /** Somebody with a key for programs. */
    async program(role: Role = 'editor') {
      const { id, email } = await account(role)
      const key = await createApiToken(database.sql, { accountId: id, name: 'test' })
      const ask = async (method: InjectOptions['method'], path: string, payload?: object): Promise<Reply> => {
        const headers = { authorization: `Bearer ${key}` }
        const response = await app.inject({
          method,
          url: `/api/v1${path}`,
          headers,
          ...(payload && { payload }),
        })
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
      const { id, email } = await account(role)
      const token = newToken()
      await database.sql`
        INSERT INTO staff_session (hash, account_id, stage, device) VALUES (${tokenHash(token)}, ${id}, 'full', '')`
      const cookies = { komsija_console: token }
      return {
        id,
        email,
        token,
        get: (url: string) => app.inject({ method: 'GET', url, cookies }),
        post(url: string, fields: Record<string, string | string[]> = {}) {
          const form = new URLSearchParams([['_csrf', csrfToken(token)]])
          for (const [name, value] of Object.entries(fields))
            for (const one of [value].flat()) form.append(name, one)
          const headers = {
            'content-type': 'application/x-www-form-urlencoded',
            'sec-fetch-site': 'same-origin',
          }
          return app.inject({ method: 'POST', url, cookies, headers, payload: form.toString() })
        },
        /** Sends a file that was chosen in a form. */
        async upload(url: string, field: string, bytes: Buffer) {
          const form = new FormData()
          form.append('_csrf', csrfToken(token))
          form.append(field, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'picture.png')
          const encoded = new Response(form)
          const headers = {
            'content-type': encoded.headers.get('content-type') ?? '',
            'sec-fetch-site': 'same-origin',
          }
          const payload = Buffer.from(await encoded.arrayBuffer())
          return app.inject({ method: 'POST', url, cookies, headers, payload })
        },
      }
    },
    stop: () => app.close(),
  }
}

export type Staff = Awaited<ReturnType<typeof startStaff>>
