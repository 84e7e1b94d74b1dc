// Passwords, one-time codes, recovery codes and the tokens of cookies and links. What the database holds of
// them can't be turned back, but for the secret of the one-time codes: who checks a code must know it.
import {
  type Argon2Parameters,
  argon2,
  createHash,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto'
import { promisify } from 'node:util'
import { generateSecret, generateSync, generateURI, verifySync } from 'otplib'

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2)

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const TAG_LENGTH = 32
/** Nobody's password is longer; a longer text costs no more than this. */
const JUDGED_MAX = 1000

/** The password as a PHC string. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const { memory, passes, parallelism } = COST
  const tag = await tagOf(password, salt, COST)
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

/** Whether the password is the one behind the hash. Takes as long for an account that has none. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(hash ?? '') ?? []
  if (!salt || !tag) {
    await tagOf(password, randomBytes(16), COST)
    return false
  }
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  return timingSafeEqual(await tagOf(password, Buffer.from(salt, 'base64'), cost), Buffer.from(tag, 'base64'))
}

function tagOf(password: string, nonce: Buffer, cost: typeof COST): Promise<Buffer> {
  const message = password.slice(0, JUDGED_MAX).normalize('NFKC')
  return derive('argon2id', { message, nonce, tagLength: TAG_LENGTH, ...cost })
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

/** A secret for a cookie, a link or a program: 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database holds of a token; its bits are random, so a plain hash is enough. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** A new secret for a one-time code app, in Base32. */
export function newTotpSecret(): string {
  return generateSecret()
}

/** The address that the QR code holds. */
export function totpUri(issuer: string, email: string, secret: string): string {
  return generateURI({ issuer, label: email, secret })
}

/** What an app with this secret shows now. */
export function totpCode(secret: string): string {
  return generateSync({ secret })
}

/** A phone's clock may be off by this much (s). */
const CLOCK_TOLERANCE_S = 30

/** The time step of a right code that is newer than the last one used; undefined for any other code. */
export function totpStep(
  secret: string,
  code: string,
  options: { afterStep: number; now: number },
): number | undefined {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const { afterStep: afterTimeStep, now } = options
  const epoch = Math.floor(now / 1000)
  const result = verifySync({ secret, token, epoch, epochTolerance: CLOCK_TOLERANCE_S, afterTimeStep })
  return result.valid && 'timeStep' in result ? result.timeStep : undefined
}

/** Letters that nobody takes for another. */
const CLEAR = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const RECOVERY_CODES = 10

/** Codes to write down, each for one sign-in without the phone: XXXXX-XXXXX. */
export function newRecoveryCodes(): string[] {
  const part = () => Array.from({ length: 5 }, () => CLEAR[randomInt(CLEAR.length)]).join('')
  return Array.from({ length: RECOVERY_CODES }, () => `${part()}-${part()}`)
}

/** What the database holds of a recovery code, however it was typed. */
export function recoveryHash(code: string): string {
  return tokenHash(code.toUpperCase().replace(/[^A-Z0-9]/g, ''))
}
