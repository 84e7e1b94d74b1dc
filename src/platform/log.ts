import { type Logger, pino } from 'pino'

export type Log = Logger

/** Words in a record under which something personal or secret could hide; their values are never written. */
const REDACTED = [
  'text',
  'token',
  'secret',
  'password',
  'authorization',
  'cookie',
  'payload',
  'message',
  'state',
  'received',
]

/** A structured log on standard output: one JSON object per line, no personal data, no secrets. */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const paths = REDACTED.flatMap(word => [word, `*.${word}`])
  const options = {
    level,
    base: undefined,
    redact: { paths, censor: '[redacted]' },
    serializers: { err: briefError },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** Errors of libraries quote what they were given; the kind and the place are enough to find the fault. */
function briefError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as { code?: string }
  const where = error.stack
    ?.split('\n')
    .filter(line => line.trimStart().startsWith('at '))
    .slice(0, 8)
  return { type: error.name, ...(code ? { code } : {}), where: where?.map(line => line.trim()) }
}
