import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { createHttpServer, type HttpServerOptions } from '../../../src/platform/http/server.ts'
import { createLog } from '../../../src/platform/log.ts'

const lines: string[] = []
const log = createLog('debug', { write: line => lines.push(line) })
const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
  lines.length = 0
})

async function server(options: Partial<HttpServerOptions> = {}) {
  const health = async () => ({ ready: true, checks: { database: 'ok' } })
  const app = await createHttpServer({ log, trustProxy: false, health, ...options })
  open.push(() => app.close())
  app.post('/api/v1/echo', async request => request.body)
  app.get('/api/v1/broken', async () => {
    throw new Error('the password is hunter2')
  })
  app.get('/media/:id', async () => 'file')
  return app
}

describe('errors', () => {
  const json = { 'content-type': 'application/json' }
  test.each([
    ['malformed JSON', { payload: '{"a":', headers: json }, 400],
    ['a body over the limit', { payload: JSON.stringify('x'.repeat(1024 * 1024)), headers: json }, 413],
    ['an unknown kind of body', { payload: '<a/>', headers: { 'content-type': 'text/xml' } }, 415],
  ])('%s is refused as a problem in JSON', async (_name, request, status) => {
    const app = await server()
    const response = await app.inject({ method: 'POST', url: '/api/v1/echo', ...request })
    expect(response.statusCode).toBe(status)
    expect(response.headers['content-type']).toMatch('application/problem+json')
    expect(response.json()).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) })
  })

  test('a fault of ours says nothing about itself to the caller', async () => {
    const app = await server()
    const response = await app.inject('/api/v1/broken')
    expect(response.statusCode).toBe(500)
    expect(response.body).not.toContain('hunter2')
    expect(lines.join()).not.toContain('hunter2')
  })

  test('a browser gets a page, a program JSON', async () => {
    const app = await server()
    const page = await app.inject({ url: '/nothing', headers: { accept: 'text/html,*/*' } })
    const problem = await app.inject('/nothing')
    expect([page.statusCode, problem.statusCode]).toEqual([404, 404])
    expect(page.headers['content-type']).toMatch('text/html')
    expect(problem.json().status).toBe(404)
  })
})

describe('health', () => {
  test('live even when not ready', async () => {
    const app = await server({ health: async () => ({ ready: false, checks: { database: 'unreachable' } }) })
    expect((await app.inject('/healthz')).statusCode).toBe(200)
    const ready = await app.inject('/readyz')
    expect(ready.statusCode).toBe(503)
    expect(ready.json()).toEqual({ status: 'not-ready', checks: { database: 'unreachable' } })
  })

  test('ready when everything is', async () => {
    const app = await server()
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'ready', checks: { database: 'ok' } })
  })
})

describe('metrics', () => {
  test('are open without a token and count requests by route, not by address', async () => {
    const app = await server()
    await app.inject('/media/unguessable-one')
    const { body } = await app.inject('/metrics')
    expect(body).toMatch(/http_request_seconds_count\{method="GET",route="\/media\/:id",status="200"\} \d+/)
    expect(body).not.toContain('unguessable-one')
    expect(body).toContain('process_cpu_seconds_total')
  })

  test.each([
    ['no token', {}, 401],
    ['another token', { authorization: 'Bearer secreT' }, 401],
    ['the token', { authorization: 'Bearer secret' }, 200],
  ])('with a token set, %s gives the right status', async (_name, headers, status) => {
    const app = await server({ metricsToken: 'secret' })
    expect((await app.inject({ url: '/metrics', headers })).statusCode).toBe(status)
  })
})

test('every answer carries the security headers', async () => {
  const app = await server()
  const { headers } = await app.inject('/healthz')
  expect(headers['content-security-policy']).toMatch("default-src 'none'")
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['referrer-policy']).toBe('same-origin')
  expect(headers['strict-transport-security']).toBeUndefined()
})

test('behind a trusted proxy that speaks HTTPS, browsers are told to stay there', async () => {
  const app = await server({ trustProxy: true })
  const { headers } = await app.inject({ url: '/healthz', headers: { 'x-forwarded-proto': 'https' } })
  expect(headers['strict-transport-security']).toMatch('max-age=')
})

test('the log holds neither addresses, nor query strings, nor bodies', async () => {
  const app = await server()
  const payload = { note: 'a private sentence' }
  await app.inject({
    method: 'POST',
    url: '/api/v1/echo?q=0641234567',
    payload,
    remoteAddress: '10.11.12.13',
  })
  await app.inject({ url: '/media/unguessable-two' })
  const written = lines.join()
  expect(written).toContain('/api/v1/echo')
  for (const secret of ['0641234567', 'private', '10.11.12.13', 'unguessable-two'])
    expect(written).not.toContain(secret)
})

test('a stop answers who waits and cuts connections on which nothing was asked', async () => {
  const app = await server()
  app.get('/api/v1/slow', async () => {
    await sleep(300)
    return 'answered'
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const spare = connect({ port: Number(new URL(url).port), host: '127.0.0.1' })
  const cut = new Promise(resolve => spare.once('close', resolve))
  const slow = fetch(`${url}/api/v1/slow`)
  await sleep(100)
  const from = Date.now()
  await app.close()
  await cut
  expect(Date.now() - from).toBeLessThan(1500)
  expect(await (await slow).text()).toBe('answered')
})
