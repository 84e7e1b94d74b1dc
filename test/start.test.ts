// The two promises of the README's first command: it listens, and SIGTERM to npm leaves nothing behind.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isAlive } from '../src/platform/db/embedded/server.ts'
import { cookieOf, openStream, post } from './channels/web/client.ts'
import { ROOT, startProcess, whenListening } from './support/process.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-start-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

describe('npm start', () => {
  it('listens, says which channels are on, answers its health checks, and stops within five seconds', async () => {
    const child = spawn('npm', ['start'], {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        DATA_DIR: dataDir,
        PORT: '0',
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const app = await whenListening(child)
    expect(app.output()).toMatch(/telegram\s+off: TELEGRAM_BOT_TOKEN is not set/)
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200)
    const pids = [
      Number(readFileSync(path.join(dataDir, 'app.pid'), 'utf8')),
      Number.parseInt(readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10),
    ]
    expect(await app.stop()).toBeLessThan(5)
    expect(pids.map(isAlive)).toEqual([false, false])
    expect(existsSync(path.join(dataDir, 'app.pid'))).toBe(false)
  })

  it('lets accounts and keys be made beside it', async () => {
    const app = await startProcess({ DATA_DIR: dataDir })
    const staff = (input: string, ...args: string[]) =>
      execFileSync('npm', ['run', '-s', 'staff', '--', ...args], {
        cwd: ROOT,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: dataDir },
        input,
        encoding: 'utf8',
      })
    const account = ['--email', 'mira@grad.example']
    expect(staff('plavi slon pleše noću\n', 'add', ...account, '--role', 'monitor')).toContain('is added')
    expect(staff('', 'add', '--email', 'emir@grad.example', '--role', 'inbox')).toMatch(
      /\/console\/setup\/\S+\n$/,
    )
    const key = staff('', 'token', ...account)
      .trim()
      .split('\n')
      .at(-1)
    const answer = await fetch(`${app.url}/api/v1/audit`, { headers: { authorization: `Bearer ${key}` } })
    expect(answer.status).toBe(200)
    await app.stop()
  })

  it('refuses a second application on the same data and says who holds it', async () => {
    const app = await startProcess({ DATA_DIR: dataDir })
    await expect(startProcess({ DATA_DIR: dataDir })).rejects.toThrow(`process ${app.child.pid}`)
    await app.stop()
  })

  it('takes over the data of an application that was killed', async () => {
    const victim = await startProcess({ DATA_DIR: dataDir })
    await victim.kill()
    const app = await startProcess({ DATA_DIR: dataDir })
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200)
    await app.stop()
  })

  it('serves the files that the bot speaks of', async () => {
    const app = await startProcess({ DATA_DIR: dataDir })
    const cookie = cookieOf(await post(app.url, { text: '/moji_podaci' }))
    const stream = await openStream(app.url, { cookie })
    const [frame] = await stream.until(1)
    stream.close()
    const [, file] = /(\/media\/[\w-]+\/[\w.-]+)/.exec(JSON.stringify(frame)) ?? []
    const response = await fetch(`${app.url}${file}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('private, max-age=60')
    await app.stop()
  })

  it('names every problem of a bad configuration and starts nothing', async () => {
    const failed = startProcess({ DATA_DIR: dataDir, ROLE: 'boss', PORT: 'abc', TELEGRAM_MODE: 'webhook' })
    await expect(failed).rejects.toThrow(/ROLE[\s\S]*TELEGRAM_WEBHOOK_SECRET/)
    expect(existsSync(path.join(dataDir, 'postgres'))).toBe(false)
  })
})
