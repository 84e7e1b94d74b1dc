// A real PostgreSQL for a machine that has none: created on the first start, shared by every process
// that names the same data folder, adopted when its starter was killed, started again where it was when it
// dies itself, stopped by whoever leaves last.
import { type SpawnOptions, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { locateBinaries } from './binaries.ts'
import { choosePlace, makePrivateFolder, type Place } from './place.ts'

export interface Embedded {
  /** Connection string of the database `komsija`. */
  url: string
  /** Stops the server unless another process uses it. Close your own connections first. */
  stop(): Promise<void>
}

const USER = 'komsija'
/** Held while somebody decides whether the server is still needed. */
const LEAVING = 72707370
const START_PATIENCE_MS = 30_000

/**
 * Makes sure that the server of this data folder runs. `durable: false` gives up safety against power
 * loss for speed, for tests and the demo. Throws a sentence for the operator when it can't start.
 */
export async function startEmbedded(options: { dataDir: string; durable?: boolean }): Promise<Embedded> {
  const dataDir = path.resolve(options.dataDir)
  const place = choosePlace(dataDir, locateBinaries())
  const password = readOrCreatePassword(path.join(dataDir, 'postgres.password'))
  const cluster = new Cluster(place, password, options.durable ?? true)
  return keepRunning(cluster, await cluster.join())
}

/** Whoever uses the server notices when it dies, and starts it again under the address that others know. */
function keepRunning(cluster: Cluster, first: Guard): Embedded {
  let leaving = false
  let guard: Promise<Guard | undefined> = hold(first)

  /** The guard, and in its place the next one when the server dies. */
  async function hold(held: Guard): Promise<Guard> {
    held.client.once('end', () => {
      if (!leaving) guard = cluster.rejoin(held.port, () => leaving).then(next => next && hold(next))
    })
    return held
  }

  return {
    url: cluster.url(first.port, USER),
    async stop() {
      leaving = true
      const last = await guard
      if (last) await cluster.leave(last)
    },
  }
}

function readOrCreatePassword(file: string): string {
  try {
    writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8')
}

/** `guard.client` stays connected as long as this process needs the server: others count it. */
type Guard = { client: pg.Client; port: number }

class Cluster {
  private readonly folder: string
  private readonly place: Place
  private readonly password: string
  private readonly durable: boolean

  constructor(place: Place, password: string, durable: boolean) {
    this.folder = path.join(place.home, 'postgres')
    this.place = place
    this.password = password
    this.durable = durable
  }

  url(port: number, database: string): string {
    return `postgresql://${USER}:${this.password}@127.0.0.1:${port}/${database}`
  }

  /** Connects to the running server, or starts it; tries again while somebody else starts or stops it. */
  async join(): Promise<Guard> {
    const deadline = Date.now() + START_PATIENCE_MS
    for (;;) {
      const guard = await this.connectToRunning()
      if (guard) return guard
      if (Date.now() > deadline) throw new Error(`PostgreSQL did not start; its log: ${this.logFile()}`)
      await this.startIfAlone(await freePort())
      await sleep(50)
    }
  }

  /** Connects to the server after it died, however long that takes; undefined: nobody needs it any more. */
  async rejoin(port: number, isOver: () => boolean): Promise<Guard | undefined> {
    for (;;) {
      const guard = await this.connectToRunning()
      if (guard || isOver()) return guard
      // What keeps it from starting may pass; nobody is there to be told.
      await this.startIfAlone(port).catch(() => undefined)
      await sleep(50)
    }
  }

  async leave(guard: Guard): Promise<void> {
    await guard.client.query('SELECT pg_advisory_lock($1)', [LEAVING])
    if (!(await isUsed(guard.client))) await this.stopUnlessStarted()
    await guard.client.end().catch(() => undefined)
  }

  /** Nobody starts a server while it stops; who is about to start one needs it. */
  private async stopUnlessStarted(): Promise<void> {
    const release = this.takeStarterLock()
    if (!release) return
    try {
      await this.stopServer()
    } finally {
      release()
    }
  }

  private takeStarterLock(): (() => void) | undefined {
    return takeStarterLock(path.join(this.place.home, 'postgres.starting'))
  }

  /** Resolves once the process is gone: it removes its pid file a moment before it ends. */
  private async stopServer(): Promise<void> {
    const pid = this.serverPid()
    await this.run('pg_ctl', ['stop', '-D', this.folder, '-m', 'fast', '-w', '-t', '20'])
    for (let waited = 0; waited < 3000 && isAlive(pid); waited += 20) await sleep(20)
  }

  private serverPid(): number {
    return Number.parseInt(readFileSync(path.join(this.folder, 'postmaster.pid'), 'utf8'), 10)
  }

  private async connectToRunning(): Promise<Guard | undefined> {
    const port = this.runningPort()
    if (!port) return undefined
    const client = new pg.Client({
      connectionString: this.url(port, 'postgres'),
      application_name: 'komsija guard',
      connectionTimeoutMillis: 5000,
    })
    client.on('error', () => undefined)
    try {
      await client.connect()
      // Whoever is leaving holds this lock: once we have it, our connection has been counted or the server is gone.
      await client.query('SELECT pg_advisory_lock($1)', [LEAVING])
      await client.query('SELECT pg_advisory_unlock($1)', [LEAVING])
      await createDatabase(client)
      return { client, port }
    } catch (error) {
      await client.end().catch(() => undefined)
      if ((error as { code?: string }).code === '28P01') {
        throw new Error(`The password in ${path.dirname(this.folder)} does not fit the database beside it.`)
      }
      return undefined
    }
  }

  /** Port in the server's own pid file (line 4), if that process lives. */
  private runningPort(): number | undefined {
    const file = path.join(this.folder, 'postmaster.pid')
    if (!existsSync(file)) return undefined
    const lines = readFileSync(file, 'utf8').split('\n')
    return isAlive(Number(lines[0])) ? Number(lines[3]) || undefined : undefined
  }

  /** The server itself takes a dead process that nobody has reaped for a living one, and would refuse to start. */
  private forgetDeadServer(): void {
    const file = path.join(this.folder, 'postmaster.pid')
    if (existsSync(file) && isZombie(Number.parseInt(readFileSync(file, 'utf8'), 10))) rmSync(file)
  }

  private async startIfAlone(port: number): Promise<void> {
    const release = this.takeStarterLock()
    if (!release) return
    try {
      if (this.runningPort()) return
      this.forgetDeadServer()
      if (!existsSync(path.join(this.folder, 'PG_VERSION'))) await this.create()
      await this.launch(port)
    } finally {
      release()
    }
  }

  /** Created beside its place and moved there, so that an interrupted creation is never taken for a cluster. */
  private async create(): Promise<void> {
    const fresh = `${this.folder}.new`
    rmSync(fresh, { recursive: true, force: true })
    makePrivateFolder(fresh, this.place.identity)
    const passwordFile = path.join(fresh, '..', 'postgres.initial')
    writeFileSync(passwordFile, this.password, { mode: 0o600 })
    if (this.place.identity) chownSync(passwordFile, this.place.identity.uid, this.place.identity.gid)
    try {
      await this.run('initdb', [
        ...['-D', fresh, '-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'],
        ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
        ...(this.durable ? [] : ['--no-sync']),
      ])
    } finally {
      rmSync(passwordFile, { force: true })
    }
    renameSync(fresh, this.folder)
  }

  /** Starts the server detached, so that it outlives a killed application, and waits until it answers or dies. */
  private async launch(port: number): Promise<void> {
    const log = openSync(this.logFile(), 'a', 0o600)
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '100',
      shared_buffers: '64MB',
      log_min_messages: 'warning',
      ...(this.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    }
    const child = spawn(
      this.program('postgres'),
      [
        '-D',
        this.folder,
        '-p',
        String(port),
        ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
      ],
      { ...this.spawnOptions(), detached: true, stdio: ['ignore', log, log] },
    )
    let gone = false
    child.once('error', () => {
      gone = true
    })
    child.once('exit', () => {
      gone = true
    })
    child.unref()
    for (let waited = 0; waited < 10_000 && !gone; waited += 50) {
      if (await this.answers(port)) return
      await sleep(50)
    }
    // A server that was killed a moment ago still holds its memory: join() tries again.
    if (gone) await sleep(300)
  }

  private async answers(port: number): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url(port, 'postgres') })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  private run(program: string, args: string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.program(program), args, {
        ...this.spawnOptions(),
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let said = ''
      child.stderr?.on('data', chunk => {
        said += String(chunk)
      })
      child.once('error', reject)
      child.once('exit', code =>
        code === 0 ? resolve() : reject(new Error(`${program} failed: ${said.trim()}`)),
      )
    })
  }

  private program(name: string): string {
    return path.join(this.place.binaries, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  }

  /** From `/`, because the server's user may not enter the folder we were started in. */
  private spawnOptions(): SpawnOptions {
    const env = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' }
    return { ...this.place.identity, env, cwd: process.platform === 'win32' ? undefined : '/' }
  }

  private logFile(): string {
    return path.join(this.place.home, 'postgres.log')
  }
}

/** Connections that we closed a moment ago may still be counted, on a busy machine for longer. */
const CLOSING_MS = 1500

/** Whether anybody but this client is connected. */
async function isUsed(client: pg.Client): Promise<boolean> {
  const since = Date.now()
  for (;;) {
    const { rows } = await client.query<{ guard: boolean }>(
      `SELECT application_name = 'komsija guard' AS guard FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    )
    if (rows.length === 0) return false
    if (rows.some(({ guard }) => guard) || Date.now() - since > CLOSING_MS) return true
    await sleep(50)
  }
}

async function createDatabase(client: pg.Client): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [USER])
  if (found.rowCount) return
  await client.query(`CREATE DATABASE ${USER}`).catch((error: { code?: string }) => {
    // Another process was faster.
    if (error.code !== '42P04' && error.code !== '23505') throw error
  })
}

/** One starter at a time; a lock whose holder died counts as free. Undefined: somebody else is starting. */
function takeStarterLock(file: string): (() => void) | undefined {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return () => rmSync(file, { force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
    if (holder && !isAlive(holder)) rmSync(file, { force: true })
    return undefined
  }
}

/** Whether a process with this number runs (it may belong to another user). */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isZombie(pid: number): boolean {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return false
  const stat = readFileSync(file, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
