// Plays the conversations in this folder against the whole bot. How to write one: README.md beside this file.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Sendable } from '../../src/channels/channel.ts'
import type { Attachment, Event } from '../../src/core/model/event.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/model/settings.ts'
import { buttonsOf, startBot, textOf } from '../support/bot.ts'
import { aWorkshop, HOUR_MS } from '../support/workshops.ts'

const Turn = z.strictObject({
  me: z.string().optional(),
  press: z.string().optional(),
  start: z.string().optional(),
  attachment: z.string().optional(),
  position: z.tuple([z.number(), z.number()]).optional(),
  token: z.string().optional(),
  times: z.number().default(1),
  bot: z.array(z.string()).default([]),
  not: z.array(z.string()).default([]),
  buttons: z.array(z.string()).default([]),
  silent: z.boolean().default(false),
})
/** A published workshop; the first of a conversation is w:1. `taken`: seats that others have. */
const Workshop = z.strictObject({
  title: z.string(),
  place: z.string().default('Dom kulture'),
  community: z.string().default('mz-01'),
  starts: z.string(),
  capacity: z.number().default(30),
  taken: z.number().default(0),
  position: z.tuple([z.number(), z.number()]).optional(),
})
const Conversation = z.strictObject({
  title: z.string(),
  workshops: z.array(Workshop).default([]),
  language: z.enum(['sr', 'bs', 'en']).optional(),
  group: z.boolean().default(false),
  settings: z.record(z.string(), z.unknown()).default({}),
  chat: z.array(Turn).min(1),
})

const files = readdirSync(import.meta.dirname).filter(name => name.endsWith('.yaml'))
let bot: Awaited<ReturnType<typeof startBot>>
let settings: Settings = DEFAULT_SETTINGS
beforeAll(async () => {
  bot = await startBot({ settings: () => settings })
})
afterAll(() => bot.stop())

describe.each(files)('%s', file => {
  const conversations = z
    .array(Conversation)
    .parse(parse(readFileSync(path.join(import.meta.dirname, file), 'utf8')))

  it.each(conversations)('$title', async ({ title, language, group, workshops, chat, settings: decided }) => {
    settings = { ...DEFAULT_SETTINGS, ...decided }
    await announce(workshops)
    let shown: Sendable[] = []
    for (const turn of chat) {
      let said: Sendable[] = []
      for (let time = 0; time < turn.times; time++) {
        said = await bot.tell(`${file} ${title}`, eventOf(turn, shown), { language, group })
      }
      check(turn, said)
      if (buttonsOf(said).length) shown = said
    }
  })
})

/** `starts`: hours from now ("+30"), or a moment. */
function startOf(starts: string): number {
  return starts.startsWith('+') ? Date.now() + Number(starts) * HOUR_MS : Date.parse(starts)
}

async function announce(workshops: z.output<typeof Workshop>[]): Promise<void> {
  await bot.database.sql`TRUNCATE workshop RESTART IDENTITY CASCADE`
  for (const { title, starts, taken, position = [], ...rest } of workshops) {
    const [lat, lon] = position
    const startsAt = startOf(starts)
    const id = await aWorkshop(bot.database, { ...rest, title: { sr: title }, startsAt, lat, lon })
    await bot.database.sql`UPDATE workshop SET door_code = 'ADEF' WHERE id = ${id}`
    await bot.database.sql`
      INSERT INTO registration (workshop_id, status, guests, position, created_at, changed_at)
      SELECT ${id}, 'confirmed', 0, n, now(), now() FROM generate_series(1, ${taken}::int) n`
  }
}

function eventOf(turn: z.output<typeof Turn>, shown: Sendable[]): Event {
  if (turn.me !== undefined) return { kind: 'text', text: turn.me }
  if (turn.start !== undefined) return { kind: 'start', payload: turn.start || undefined }
  if (turn.attachment !== undefined) {
    const [lat = 0, lon = 0] = turn.position ?? []
    const position = turn.position && { lat, lon }
    return { kind: 'attachment', attachment: turn.attachment as Attachment, ...(position && { position }) }
  }
  if (turn.token !== undefined) return { kind: 'press', token: turn.token }
  const button = buttonsOf(shown).find(({ label }) => label === turn.press)
  if (!button || !('token' in button)) {
    throw new Error(`no button "${turn.press}" among ${buttonsOf(shown).map(({ label }) => `"${label}"`)}`)
  }
  return { kind: 'press', token: button.token }
}

function check(turn: z.output<typeof Turn>, said: Sendable[]): void {
  const text = textOf(said)
  if (turn.silent) expect(text).toBe('')
  else expect(text, 'every message is answered').not.toBe('')
  let from = 0
  for (const part of turn.bot) {
    const at = text.indexOf(part, from)
    expect(at, `"${part}" in:\n${text}`).toBeGreaterThanOrEqual(0)
    from = at + part.length
  }
  for (const part of turn.not) expect(text).not.toContain(part)
  const labels = buttonsOf(said).map(({ label }) => label)
  for (const label of turn.buttons) expect(labels).toContain(label)
}
