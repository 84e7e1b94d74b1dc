import type { Database } from '../platform/db/database.ts'
import { createLink, hasAdmin } from './accounts.ts'

/** The path of a one-time link that makes the first admin; undefined once there is one. */
export async function firstAdminLink({ sql }: Database): Promise<string | undefined> {
  return (await hasAdmin(sql)) ? undefined : `/console/setup/${await createLink(sql, null)}`
}
