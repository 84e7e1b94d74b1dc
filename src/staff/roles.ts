// Who may do what in the console. Each page and each route of the interface names its roles.
import type {} from 'fastify'

export const ROLES = ['admin', 'editor', 'events', 'inbox', 'monitor'] as const

/**
 * `editor` curates answers, clips, polls and announcements; `events` runs workshops and announces them;
 * `inbox` answers people; `monitor` only reads, and nothing personal. An `admin` may do everything.
 */
export type Role = (typeof ROLES)[number]

/** Every role; for pages that show nothing personal. */
export const EVERYONE: readonly Role[] = ROLES

/** Whether the role is among the allowed ones. */
export function mayEnter(role: Role, allowed: readonly Role[]): boolean {
  return role === 'admin' || allowed.includes(role)
}

/** The text as a role, if it is one. */
export function asRole(text: string): Role | undefined {
  return ROLES.find(role => role === text)
}

/** What a route of the server says of who may ask for it: `open` asks for nobody in particular. */
declare module 'fastify' {
  interface FastifyContextConfig {
    roles?: readonly Role[] | 'open'
  }
}
