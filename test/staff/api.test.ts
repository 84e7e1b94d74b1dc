// The interface for programs: keys, roles, and problems as RFC 9457.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { apiRoute, success } from '../../src/staff/index.ts'
import { startConsole, type TestConsole } from '../support/console.ts'

const seen: unknown[] = []
const trial = apiRoute({
  method: 'POST',
  path: '/trial/:id',
  roles: ['editor'],
  summary: 'A trial.',
  query: z.object({ page: z.coerce.number().int().optional() }),
  body: z.object({ text: z.string().max(10), more: z.array(z.number()).optional() }).optional(),
  reply: z.object({}),
  status: 201,
  async handle({ params, query, body, account }) {
    seen.push({ params, query, body, role: account.role })
    return success({ ok: true })
  },
})

let console_: TestConsole
beforeAll(async () => {
  console_ = await startConsole({ routes: [trial] })
})
afterAll(() => console_.stop())

async function ask(key: string | undefined, payload?: unknown, headers: Record<string, string> = {}) {
  return console_.app.inject({
    method: 'POST',
    url: '/api/v1/trial/7?page=2',
    headers: { ...(key && { authorization: `Bearer ${key}` }), ...headers },
    ...(payload !== undefined && { payload: payload as object }),
  })
}

describe('a key', () => {
  test('opens what its account’s role may, and is noted as used', async () => {
    const key = await console_.key('editor')
    const answer = await ask(key, { text: 'zdravo' })
    expect([answer.statusCode, answer.json()]).toEqual([201, { ok: true }])
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(seen.at(-1)).toEqual({
      params: { id: '7' },
      query: { page: 2 },
      body: { text: 'zdravo' },
      role: 'editor',
    })
    const rows = await console_.database.sql`SELECT 1 FROM api_token WHERE last_used_at IS NOT NULL`
    expect(rows.length).toBeGreaterThan(0)
  })

  test('an admin’s opens everything', async () => {
    expect((await ask(await console_.key('admin'), {})).statusCode).toBe(422)
  })

  test.each([
    ['none', undefined],
    ['nonsense', 'nonsense'],
    ['one that looks right', `kms_${'A'.repeat(43)}`],
  ])('%s is refused', async (_name, key) => {
    const answer = await ask(key, { text: 'x' })
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer')
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ status: 401, code: 'key-required' })
  })

  test.each([
    ['revoked', 'UPDATE api_token SET revoked_at = now()'],
    ['of a disabled account', 'UPDATE staff_account SET disabled_at = now()'],
  ])('one that is %s is refused', async (_name, change) => {
    const key = await console_.key('editor')
    await console_.database.prisma.$executeRawUnsafe(change)
    expect((await ask(key, { text: 'x' })).statusCode).toBe(401)
  })

  test('of the wrong role is refused, and another role counts at once', async () => {
    const key = await console_.key('monitor')
    const answer = await ask(key, { text: 'x' })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'role'])
    await console_.database.sql`UPDATE staff_account SET role = 'editor' WHERE role = 'monitor'`
    expect((await ask(key, { text: 'x' })).statusCode).toBe(201)
  })

  test('the cookie of the console is none', async () => {
    const browser = await console_.signIn('admin')
    expect((await browser.get('/api/v1/audit')).statusCode).toBe(401)
  })

  test('is asked for before anything that was sent is read', async () => {
    const broken = { 'content-type': 'application/json' }
    expect((await ask(undefined, '{"text":', broken)).statusCode).toBe(401)
    expect((await ask(await console_.key('monitor'), '{"text":', broken)).statusCode).toBe(403)
  })
})

describe('what is sent', () => {
  test('is told with all problems and where they are', async () => {
    const answer = await ask(await console_.key('editor'), { text: 'much too long', more: ['x'] })
    expect(answer.statusCode).toBe(422)
    const { code, detail, errors } = answer.json()
    expect(code).toBe('invalid')
    expect(errors.map(({ at }: { at: string }) => at)).toEqual(['text', 'more.0'])
    expect(detail).toContain('text:')
  })

  test.each([
    ['broken JSON', '{"text":', 400],
    ['no JSON', 'text', 400],
  ])('%s is a problem of the caller', async (_name, payload, status) => {
    const answer = await ask(await console_.key('editor'), payload, { 'content-type': 'application/json' })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })

  test('may be nothing, also with a content type', async () => {
    const key = await console_.key('editor')
    const bodyless = await ask(key, '', { 'content-type': 'application/json' })
    expect(bodyless.json().code, 'the schema decides, not the parser').toBe('invalid')
  })

  test('reaches a route without characters the database can’t hold', async () => {
    await ask(await console_.key('editor'), { text: 'a\0b\ud800c' })
    expect(seen.at(-1)).toMatchObject({ body: { text: 'ab\ufffdc' } })
  })
})

test('the audit log is read page by page', async () => {
  const { sql } = console_.database
  await sql`
    INSERT INTO audit (actor, action, target) SELECT 'a@b.c', 'trial.change', 'thing ' || n FROM generate_series(1, 150) n`
  const key = await console_.key('monitor')
  const read = async (cursor = '') => {
    const url = `/api/v1/audit${cursor && `?cursor=${cursor}`}`
    return (await console_.app.inject({ url, headers: { authorization: `Bearer ${key}` } })).json()
  }
  const first = await read()
  expect(first.items).toHaveLength(100)
  expect(first.items[0]).toEqual({
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    actor: 'a@b.c',
    action: 'trial.change',
    target: 'thing 150',
    details: {},
  })
  const second = await read(first.next)
  expect(second.items.length).toBeGreaterThanOrEqual(50)
  expect(second.next).toBeUndefined()
})

test('everything is described in OpenAPI, which needs no key', async () => {
  const answer = await console_.app.inject('/api/v1/openapi.json')
  const { openapi, paths, components } = answer.json()
  expect([answer.statusCode, openapi]).toEqual([200, '3.1.0'])
  expect(components.securitySchemes.key.scheme).toBe('bearer')
  const named = Object.entries(paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} /api/v1${path}`),
  )
  const served = console_.routes
    .filter(({ path, method, roles }) => path.startsWith('/api/v1/') && method !== 'HEAD' && roles !== 'open')
    .map(({ path, method }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  expect(named.sort()).toEqual(served.sort())
  expect(paths['/trial/{id}'].post).toMatchObject({
    description: expect.stringContaining('admin, editor'),
    parameters: [
      { name: 'id', in: 'path', required: true },
      { name: 'page', in: 'query', required: false },
    ],
  })
})
