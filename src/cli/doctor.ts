// npm run doctor: what is wrong with this installation, one line per check.
import { statfs } from 'node:fs/promises'
import { type Config, ConfigError, loadEnvFile, readConfig } from '../config.ts'
import { readKnowledge } from '../knowledge.ts'
import { openDatabase } from '../platform/db/database.ts'
import { startEmbedded } from '../platform/db/embedded/server.ts'
import { migrate } from '../platform/db/migrate.ts'

type Finding = { ok: boolean; text: string }
type Check = [name: string, run: (config: Config) => Promise<Finding>]

const PATIENCE_MS = 8000
const FREE_MIN_MB = 500
const CLOCK_MAX_S = 30

const CHECKS: Check[] = [
  ['database', checkDatabase],
  ['content', checkContent],
  ['disk', checkDisk],
  ['public address', checkPublicUrl],
  ['telegram', checkTelegram],
]

async function checkDatabase({ databaseUrl, dataDir }: Config): Promise<Finding> {
  const server = databaseUrl ? undefined : await startEmbedded({ dataDir })
  const url = databaseUrl ?? server?.url ?? ''
  try {
    await migrate(url)
    const database = openDatabase({ url, poolSize: 1 })
    const [row] = await database.sql<{ version: number; create: boolean; skew: number }>`
      SELECT current_setting('server_version_num')::int / 10000 AS version,
        has_database_privilege(current_database(), 'CREATE') AS "create",
        abs(extract(epoch FROM now()) - ${Date.now() / 1000}::float8)::float8 AS skew`
    await database.close()
    if (!row || row.version < 15) return bad(`PostgreSQL ${row?.version} is too old: 15 or newer is needed`)
    if (!row.create)
      return bad('the user may not create schemas, which the job queue needs: GRANT CREATE ON DATABASE')
    if (row.skew > CLOCK_MAX_S) return bad(`its clock differs from ours by ${Math.round(row.skew)} s`)
    return good(`PostgreSQL ${row.version}, migrations applied${server ? ' (built-in)' : ''}`)
  } finally {
    await server?.stop()
  }
}

async function checkContent({ contentDir }: Config): Promise<Finding> {
  const { content } = await readKnowledge({ contentDir, publicUrl: 'http://localhost' })
  return good(`${content.entries.length} answers, ${content.negatives.length} redirects and small talk`)
}

async function checkDisk({ dataDir }: Config): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir).catch(() => statfs('.'))
  const free = Math.round((bavail * bsize) / 1e6)
  return free < FREE_MIN_MB ? bad(`only ${free} MB free`) : good(`${free} MB free`)
}

async function checkPublicUrl({ publicUrl }: Config): Promise<Finding> {
  if (!publicUrl)
    return good('PUBLIC_URL is not set: links point to this machine, webhooks stay unregistered')
  if (!publicUrl.startsWith('https:')) return bad('PUBLIC_URL is not https: messengers refuse its webhooks')
  const response = await fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(PATIENCE_MS) })
  return response.ok
    ? good(`${publicUrl} answers, its certificate is valid`)
    : bad(`it answers ${response.status}`)
}

async function checkTelegram({ telegram, publicUrl }: Config): Promise<Finding> {
  if (!telegram) return good('off')
  const ask = async (method: string) => {
    const url = `${telegram.apiRoot}/bot${telegram.token}/${method}`
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) })
    return (await response.json()) as {
      ok: boolean
      description?: string
      result?: { url?: string; username?: string }
    }
  }
  const me = await ask('getMe')
  if (!me.ok) return bad(`the token is refused: ${me.description}`)
  const webhook = (await ask('getWebhookInfo')).result?.url ?? ''
  const expected = telegram.mode === 'webhook' ? `${publicUrl}/webhooks/telegram` : ''
  if (publicUrl && webhook !== expected)
    return bad(`the webhook is "${webhook}" instead of "${expected}": start once`)
  return good(`@${me.result?.username}, ${telegram.mode}`)
}

function good(text: string): Finding {
  return { ok: true, text }
}

function bad(text: string): Finding {
  return { ok: false, text }
}

/** Secrets stand in the addresses that errors quote. */
function withoutSecrets(text: string, { telegram, databaseUrl }: Config): string {
  return [telegram?.token, databaseUrl].reduce<string>(
    (said, secret) => (secret ? said.replaceAll(secret, '…') : said),
    text,
  )
}

function readConfigOrExit(): Config {
  try {
    return readConfig()
  } catch (error) {
    console.log(error instanceof ConfigError ? error.message : String(error))
    process.exit(1)
  }
}

loadEnvFile()
const config = readConfigOrExit()
console.log('ok   configuration')
for (const [name, run] of CHECKS) {
  const finding = await run(config).catch((error: Error) => bad(withoutSecrets(error.message, config)))
  console.log(`${finding.ok ? 'ok  ' : 'BAD '} ${name}: ${finding.text}`)
  if (!finding.ok) process.exitCode = 1
}
