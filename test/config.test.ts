import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../src/config.ts'

const problems = (environment: NodeJS.ProcessEnv): string[] => {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({ port: 3000, host: '127.0.0.1', role: 'all', telegram: undefined })
  })

  it('names every problem at once', () => {
    const found = problems({
      PORT: 'abc',
      PUBLIC_URL: 'komsija',
      DATABASE_URL: 'mysql://x',
      CONTENT_DIR: '/nowhere/at/all',
      ROLE: 'boss',
      TELEGRAM_BOT_TOKEN: 'secret',
      TELEGRAM_MODE: 'webhook',
      TRUST_PROXY: 'maybe',
    })
    const named = found.map(line => line.split(':')[0]).sort()
    expect(named).toEqual([
      'CONTENT_DIR',
      'DATABASE_URL',
      'PORT',
      'PUBLIC_URL',
      'ROLE',
      'TELEGRAM_BOT_TOKEN',
      'TELEGRAM_WEBHOOK_SECRET',
      'TRUST_PROXY',
    ])
  })

  it('never repeats a secret in a problem', () => {
    expect(problems({ TELEGRAM_BOT_TOKEN: 'my-secret-token' }).join()).not.toContain('my-secret-token')
  })

  it('treats an empty value as absent', () => {
    expect(readConfig({ TELEGRAM_BOT_TOKEN: '', DATABASE_URL: ' ', PUBLIC_URL: '' })).toMatchObject({
      telegram: undefined,
      databaseUrl: undefined,
      publicUrl: undefined,
    })
  })

  it('refuses a webhook without its token or its secret', () => {
    expect(problems({ TELEGRAM_MODE: 'webhook' })).toHaveLength(2)
  })

  it.each([
    ['MICROSOFT_APP_PASSWORD', { MICROSOFT_APP_ID: 'app' }],
    ['MICROSOFT_APP_ID', { MICROSOFT_APP_PASSWORD: 'secret' }],
    ['MICROSOFT_APP_ID', { MICROSOFT_APP_TENANT_ID: 'tenant' }],
    ['MICROSOFT_APP_ID', { MICROSOFT_APP_TYPE: 'MultiTenant' }],
    [
      'MICROSOFT_APP_TENANT_ID',
      { MICROSOFT_APP_ID: 'app', MICROSOFT_APP_PASSWORD: 'secret', MICROSOFT_APP_TYPE: 'SingleTenant' },
    ],
    ['MICROSOFT_APP_TENANT_ID', { MICROSOFT_APP_ID: 'app', MICROSOFT_APP_TYPE: 'UserAssignedMSI' }],
    [
      'MICROSOFT_APP_PASSWORD',
      {
        MICROSOFT_APP_ID: 'app',
        MICROSOFT_APP_PASSWORD: 'secret',
        MICROSOFT_APP_TENANT_ID: 'tenant',
        MICROSOFT_APP_TYPE: 'UserAssignedMSI',
      },
    ],
    ['BOTFRAMEWORK_ALLOW_ANONYMOUS', { BOTFRAMEWORK_ALLOW_ANONYMOUS: 'yes' }],
  ])('names %s when Microsoft’s channels are half set', (name, environment) => {
    expect(problems(environment).map(line => line.split(':')[0])).toEqual([name])
  })

  it('turns Microsoft’s channels on with an app, and without one only by leave', () => {
    const app = { MICROSOFT_APP_ID: 'app', MICROSOFT_APP_PASSWORD: 'secret' }
    expect(readConfig(app).botFramework).toMatchObject({ appId: 'app', allowAnonymous: false })
    const trial = { BOTFRAMEWORK_ALLOW_ANONYMOUS: 'true' }
    expect(readConfig(trial).botFramework).toEqual({ allowAnonymous: true })
    expect(readConfig({}).botFramework).toBeUndefined()
  })

  it('is explained in .env.example and in the README, variable by variable', () => {
    const root = path.join(import.meta.dirname, '..')
    const source = readFileSync(path.join(root, 'src/config.ts'), 'utf8')
    const variables = [
      ...new Set(source.match(/^ {2}([A-Z][A-Z_]+):/gm)?.map(line => line.trim().slice(0, -1))),
    ]
    expect(variables.length).toBeGreaterThan(12)
    for (const file of ['.env.example', 'README.md']) {
      const text = readFileSync(path.join(root, file), 'utf8')
      expect(
        variables.filter(variable => !text.includes(variable)),
        file,
      ).toEqual([])
    }
  })
})
