// The only reader of the environment. A start with a bad configuration names every problem at once.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const optional = z
  .string()
  .trim()
  .transform(value => value || undefined)
  .optional()
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be a link that begins with http:// or https://' })
const optionalUrl = optional.pipe(httpUrl.optional())

/** Requests per second. */
const rate = (usual: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .min(0.1, 'must be at least 0.1')
    .max(1000, 'must be at most 1000')
    .default(usual)

const Environment = z.object({
  PORT: z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(0, 'must be 0–65535')
    .max(65_535, 'must be 0–65535')
    .default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: optionalUrl,
  DATABASE_URL: optional.pipe(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
      .optional(),
  ),
  DATA_DIR: z.string().default('./data'),
  CONTENT_DIR: z
    .string()
    .default(path.join(import.meta.dirname, '../content'))
    .refine(existsSync, 'is not a folder'),
  ROLE: z.enum(['all', 'web', 'worker'], { error: 'must be all, web or worker' }).default('all'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  TRUST_PROXY: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
  TELEGRAM_BOT_TOKEN: optional.pipe(
    z
      .string()
      .regex(/^\d+:[\w-]{20,}$/, 'does not look like a token from @BotFather (digits, colon, letters)')
      .optional(),
  ),
  TELEGRAM_MODE: z.enum(['polling', 'webhook'], { error: 'must be polling or webhook' }).default('polling'),
  TELEGRAM_WEBHOOK_SECRET: optional.pipe(
    z
      .string()
      .regex(/^[\w-]{1,256}$/, 'may hold 1–256 letters, digits, _ and - only')
      .optional(),
  ),
  TELEGRAM_API_ROOT: httpUrl.default('https://api.telegram.org'),
  TELEGRAM_RATE: rate(25),
  VIBER_AUTH_TOKEN: optional.pipe(
    z
      .string()
      .regex(/^[\x21-\x7e]{20,}$/, 'does not look like a token of Viber')
      .optional(),
  ),
  VIBER_API_ROOT: httpUrl.default('https://chatapi.viber.com/pa'),
  VIBER_RATE: rate(20),
  VIBER_SENDER_NAME: z
    .string()
    .trim()
    .min(1, 'may not be empty')
    .max(28, 'may have 28 characters')
    .default('Komšija'),
  MICROSOFT_APP_ID: optional.pipe(
    z
      .string()
      .regex(/^[\w-]{1,100}$/, 'does not look like the id of an app')
      .optional(),
  ),
  MICROSOFT_APP_PASSWORD: optional,
  MICROSOFT_APP_TENANT_ID: optional.pipe(
    z
      .string()
      .regex(/^[\w.-]{1,100}$/, 'does not look like the id of a tenant')
      .optional(),
  ),
  MICROSOFT_APP_TYPE: optional.pipe(
    z
      .enum(['MultiTenant', 'SingleTenant', 'UserAssignedMSI'], {
        error: 'must be SingleTenant, UserAssignedMSI or MultiTenant',
      })
      .optional(),
  ),
  BOTFRAMEWORK_ALLOW_ANONYMOUS: z
    .enum(['true', 'false', ''], { error: 'must be true or false' })
    .default('false'),
  WEB_CHAT_ORIGINS: z
    .string()
    .default('')
    .transform(list => list.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(httpUrl.transform(url => new URL(url).origin))),
  METRICS_TOKEN: optional,
})

export type Config = {
  port: number
  host: string
  publicUrl?: string
  databaseUrl?: string
  dataDir: string
  contentDir: string
  role: 'all' | 'web' | 'worker'
  logLevel: string
  trustProxy: boolean
  telegram?: { token: string; mode: 'polling' | 'webhook'; secret?: string; apiRoot: string }
  viber?: { token: string; apiRoot: string; senderName: string }
  botFramework?: {
    appId?: string
    password?: string
    tenantId?: string
    type?: 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI'
    allowAnonymous: boolean
  }
  /** Requests per second for what goes to many, by channel. */
  rates: { telegram: number; viber: number }
  webChatOrigins: string[]
  metricsToken?: string
}

/** Every problem of the environment in one sentence each. */
export class ConfigError extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map(line => `  • ${line}`).join('\n')}`,
    )
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** Reads `.env` of the working folder into the environment; what is set already wins. */
export function loadEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env')
}

/** Checks the environment. Throws a ConfigError that lists every problem. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(environment)
  const problems = parsed.error?.issues.map(issue => `${issue.path[0]?.toString()}: ${issue.message}`) ?? []
  problems.push(...halfSet(environment))
  if (!parsed.success || problems.length) throw new ConfigError(problems)
  return configFrom(parsed.data)
}

function halfSet(environment: NodeJS.ProcessEnv): string[] {
  const problems: string[] = []
  if (environment.TELEGRAM_MODE === 'webhook' && !environment.TELEGRAM_WEBHOOK_SECRET) {
    problems.push('TELEGRAM_WEBHOOK_SECRET: is needed when TELEGRAM_MODE is webhook')
  }
  if (environment.TELEGRAM_MODE === 'webhook' && !environment.TELEGRAM_BOT_TOKEN) {
    problems.push('TELEGRAM_BOT_TOKEN: is needed when TELEGRAM_MODE is webhook')
  }
  return [...problems, ...halfSetMicrosoft(environment)]
}

function halfSetMicrosoft(environment: NodeJS.ProcessEnv): string[] {
  const [id, password, tenant, type] = ['ID', 'PASSWORD', 'TENANT_ID', 'TYPE'].map(name =>
    environment[`MICROSOFT_APP_${name}`]?.trim(),
  )
  if (!id) {
    const others = password || tenant || type
    return others ? ['MICROSOFT_APP_ID: is needed when another MICROSOFT_APP_… is set'] : []
  }
  const managed = type === 'UserAssignedMSI'
  const problems: string[] = []
  if (!password && !managed) problems.push('MICROSOFT_APP_PASSWORD: is needed when MICROSOFT_APP_ID is set')
  if (password && managed) {
    problems.push('MICROSOFT_APP_PASSWORD: must not be set when MICROSOFT_APP_TYPE is UserAssignedMSI')
  }
  if (!tenant && (managed || type === 'SingleTenant')) {
    problems.push(`MICROSOFT_APP_TENANT_ID: is needed when MICROSOFT_APP_TYPE is ${type}`)
  }
  return problems
}

function configFrom(env: z.output<typeof Environment>): Config {
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
    databaseUrl: env.DATABASE_URL,
    dataDir: path.resolve(env.DATA_DIR),
    contentDir: path.resolve(env.CONTENT_DIR),
    role: env.ROLE,
    logLevel: env.LOG_LEVEL,
    trustProxy: env.TRUST_PROXY === 'true',
    telegram: env.TELEGRAM_BOT_TOKEN
      ? {
          token: env.TELEGRAM_BOT_TOKEN,
          mode: env.TELEGRAM_MODE,
          secret: env.TELEGRAM_WEBHOOK_SECRET,
          apiRoot: env.TELEGRAM_API_ROOT.replace(/\/+$/, ''),
        }
      : undefined,
    viber: env.VIBER_AUTH_TOKEN
      ? {
          token: env.VIBER_AUTH_TOKEN,
          apiRoot: env.VIBER_API_ROOT.replace(/\/+$/, ''),
          senderName: env.VIBER_SENDER_NAME,
        }
      : undefined,
    botFramework: botFrameworkFrom(env),
    rates: { telegram: env.TELEGRAM_RATE, viber: env.VIBER_RATE },
    webChatOrigins: env.WEB_CHAT_ORIGINS,
    metricsToken: env.METRICS_TOKEN,
  }
}

function botFrameworkFrom(env: z.output<typeof Environment>): Config['botFramework'] {
  const allowAnonymous = env.BOTFRAMEWORK_ALLOW_ANONYMOUS === 'true'
  if (!env.MICROSOFT_APP_ID && !allowAnonymous) return undefined
  return {
    appId: env.MICROSOFT_APP_ID,
    password: env.MICROSOFT_APP_PASSWORD,
    tenantId: env.MICROSOFT_APP_TENANT_ID,
    type: env.MICROSOFT_APP_TYPE,
    allowAnonymous,
  }
}
