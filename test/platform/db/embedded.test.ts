import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isAlive, startEmbedded } from '../../../src/platform/db/embedded/server.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'komsija-embedded-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const serverPid = (home = folder) =>
  Number.parseInt(readFileSync(path.join(home, 'postgres/postmaster.pid'), 'utf8'), 10)
const asRoot = process.getuid?.() === 0

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Another process that uses the same server until it is killed or told to leave. */
async function otherProcess(): Promise<{ leave(): Promise<void>; kill(): Promise<void> }> {
  const script = path.join(import.meta.dirname, 'use-embedded.ts')
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.once('exit', code => reject(new Error(`exited with ${code}`)))
  })
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  return {
    leave: () => {
      child.stdin.end()
      return exited
    },
    kill: () => {
      child.kill('SIGKILL')
      return exited
    },
  }
}

describe('the built-in PostgreSQL', () => {
  it('is created once, keeps its rows, and leaves no process behind', async () => {
    const first = await startEmbedded({ dataDir: folder })
    await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)')
    const pid = serverPid()
    await first.stop()
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(path.join(folder, 'postgres/postmaster.pid'))).toBe(false)

    const second = await startEmbedded({ dataDir: folder })
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
    await second.stop()
  })

  it('listens on loopback alone, with fsync on and a password only its owner may read', async () => {
    const server = await startEmbedded({ dataDir: folder })
    const [row] = await query(
      server.url,
      `SELECT current_setting('listen_addresses') AS listen, current_setting('fsync') AS fsync`,
    )
    expect(row).toEqual({ listen: '127.0.0.1', fsync: 'on' })
    expect(statSync(path.join(folder, 'postgres.password')).mode & 0o777).toBe(0o600)
    await expect(query(server.url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/)
    await server.stop()
  })

  it('is shared by a second process and stops only when the last one leaves', async () => {
    const server = await startEmbedded({ dataDir: folder })
    const pid = serverPid()
    const other = await otherProcess()
    expect(serverPid()).toBe(pid)
    await server.stop()
    expect(isAlive(pid)).toBe(true)
    await other.leave()
    expect(isAlive(pid)).toBe(false)
  })

  it('survives a killed application and is adopted by the next', async () => {
    const victim = await otherProcess()
    const pid = serverPid()
    await victim.kill()
    expect(isAlive(pid)).toBe(true)
    const server = await startEmbedded({ dataDir: folder })
    expect(serverPid()).toBe(pid)
    await server.stop()
    expect(isAlive(pid)).toBe(false)
  })

  it('starts again after the server itself was killed', async () => {
    const first = await startEmbedded({ dataDir: folder })
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n')
    process.kill(serverPid(), 'SIGKILL')
    await sleep(50)
    const second = await startEmbedded({ dataDir: folder })
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
    await second.stop()
    await first.stop()
  })

  it('is started again, under the same address, by who uses it when it is killed', async () => {
    const server = await startEmbedded({ dataDir: folder })
    await query(server.url, 'CREATE TABLE kept AS SELECT 1 AS n')
    for (let kill = 0; kill < 2; kill++) {
      const pid = serverPid()
      process.kill(pid, 'SIGKILL')
      const answer = async () => query(server.url, 'SELECT n FROM kept').catch(() => undefined)
      for (let waited = 0; waited < 15_000 && !(await answer()); waited += 100) await sleep(100)
      expect(await answer()).toEqual([{ n: 1 }])
      expect(serverPid()).not.toBe(pid)
    }
    const pid = serverPid()
    await server.stop()
    expect(isAlive(pid)).toBe(false)
  })

  it.runIf(asRoot)('works in a folder that only root may enter, and says where it went', async () => {
    const closed = path.join(folder, 'closed')
    const dataDir = path.join(closed, 'data')
    mkdirSync(dataDir, { recursive: true })
    execFileSync('chmod', ['700', closed])
    const server = await startEmbedded({ dataDir })
    const home = readFileSync(path.join(dataDir, 'postgres.location'), 'utf8').trim()
    expect(home).toMatch(/^\/var\/lib\/komsija\//)
    const pid = serverPid(home)
    await server.stop()
    expect(isAlive(pid)).toBe(false)
    rmSync(home, { recursive: true })
  })

  it.runIf(asRoot)('opens a closed data folder just enough for the server to pass', async () => {
    execFileSync('chmod', ['700', folder])
    const server = await startEmbedded({ dataDir: folder })
    expect(statSync(folder).mode & 0o777).toBe(0o711)
    await server.stop()
  })
})
