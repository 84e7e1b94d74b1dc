// Who may reach what: every route of the console and of the interface, compared with routes.table.yaml.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ROLES, type Role } from '../../src/staff/roles.ts'
import { type Browser, type Route, startConsole, type TestConsole } from '../support/console.ts'

const table = parse(readFileSync(path.join(import.meta.dirname, 'routes.table.yaml'), 'utf8')) as Record<
  string,
  string
>

let console_: TestConsole
let routes: Route[]
const browsers = new Map<Role, Browser>()
const keys = new Map<Role, string>()
beforeAll(async () => {
  console_ = await startConsole()
  routes = console_.routes.filter(
    ({ path, method }) => /^\/(console|api\/v1)(\/|$)/.test(path) && method !== 'HEAD',
  )
  for (const role of ROLES) {
    browsers.set(role, await console_.signIn(role))
    keys.set(role, await console_.key(role))
  }
})
afterAll(() => console_.stop())

/** As the table says it: the roles beside admin, who may always. */
function wordsFor(roles: Route['roles']): string {
  if (roles === undefined) return 'NOT SAID'
  if (roles === 'open') return 'open'
  const others = ROLES.filter(role => role !== 'admin' && roles.includes(role))
  if (others.length === ROLES.length - 1) return 'everyone'
  return others.join(' ') || 'admin'
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`
const isOpen = ({ roles }: Route) => roles === 'open'
/** An address under the route; nothing there exists. */
const addressOf = ({ path }: Route) =>
  path.replace(/:\w+/g, '00000000-0000-0000-0000-000000000000').replace('*', 'x')
const mayReach = ({ roles }: Route, role: Role) =>
  role === 'admin' || roles === 'open' || roles?.includes(role) === true

describe('the table', () => {
  it('says of every route who may reach it', () => {
    const named = Object.fromEntries(routes.map(route => [nameOf(route), wordsFor(route.roles)]))
    expect(named).toEqual(table)
  })
})

describe('pages of the console', () => {
  const pages = () => routes.filter(route => route.path.startsWith('/console') && !isOpen(route))

  it('ask strangers to sign in', async () => {
    for (const route of pages()) {
      const browser = console_.browser()
      const answer =
        route.method === 'GET' ? await browser.get(addressOf(route)) : await browser.post(addressOf(route))
      expect([answer.statusCode, answer.headers.location], nameOf(route)).toEqual([
        303,
        expect.stringMatching(/^\/console\/sign-in/),
      ])
    }
  })

  it('refuse roles they don’t name', async () => {
    for (const route of pages()) {
      for (const [role, browser] of browsers) {
        if (mayReach(route, role)) continue
        const answer =
          route.method === 'GET' ? await browser.get(addressOf(route)) : await browser.post(addressOf(route))
        expect(answer.statusCode, `${role}: ${nameOf(route)}`).toBe(403)
      }
    }
  })

  it('change nothing without a form token', async () => {
    const admin = browsers.get('admin')
    for (const route of pages().filter(({ method }) => method !== 'GET')) {
      expect((await admin?.post(addressOf(route), { _csrf: '' }))?.statusCode, nameOf(route)).toBe(403)
    }
  })
})

describe('forms for strangers', () => {
  it('need a form token too', async () => {
    const forms = routes.filter(
      route => route.path.startsWith('/console') && isOpen(route) && route.method !== 'GET',
    )
    expect(forms.length).toBeGreaterThan(3)
    for (const route of forms) {
      const answer = await console_.browser().post(addressOf(route), { _csrf: '' })
      expect(answer.statusCode, nameOf(route)).toBe(403)
    }
  })
})

describe('routes of the interface', () => {
  const closed = () => routes.filter(route => route.path.startsWith('/api/v1') && !isOpen(route))
  const ask = ({ method, ...route }: Route, key?: string) =>
    console_.app.inject({
      method: method as 'GET',
      url: addressOf({ method, ...route }),
      headers: key ? { authorization: `Bearer ${key}` } : {},
    })

  it('need a key', async () => {
    for (const route of closed()) expect((await ask(route)).statusCode, nameOf(route)).toBe(401)
  })

  it('refuse roles they don’t name, and no others', async () => {
    for (const route of closed()) {
      for (const [role, key] of keys) {
        const { statusCode } = await ask(route, key)
        if (mayReach(route, role)) expect(statusCode, `${role}: ${nameOf(route)}`).not.toBe(403)
        else expect(statusCode, `${role}: ${nameOf(route)}`).toBe(403)
      }
    }
  })
})
