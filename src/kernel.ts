// Joins the arrows of a message's life: received → stored → answered → sent, and the sweep that
// repairs each of them from the rows after a crash.
import type { Channel, Receive } from './channels/channel.ts'
import { createStep, type Knowledge } from './core/step.ts'
import { type Bulk, type Claimed, createDelivery } from './delivery/index.ts'
import { effectHandlers, loaders, sweepFeatures } from './features/index.ts'
import type { Database } from './platform/db/database.ts'
import type { Log } from './platform/log.ts'
import { createIntake, createTurns, type Produced } from './turn/index.ts'

const SWEEP_MS = 2000
/** A stop is told within 5 s; what is not sent by then, the next start sends. */
const DRAIN_MS = 3500

export interface Kernel {
  /** Stores events; resolves once they are durable. What is said in return goes through the outbox. */
  receive: Receive
  /** Resolves when everything stored here so far is answered and sent. */
  idle(): Promise<void>
  /** Ends the sweep, answers and sends what is under way, within about four seconds. */
  stop(): Promise<void>
}

/** Starts answering. The database must be migrated; channels are not started here. */
export function startKernel(options: {
  database: Database
  channels: readonly Channel[]
  /** What the bot knows at this moment: content and settings change while it runs. */
  knowledge: () => Knowledge
  /** Where other instances are heard; without it this one takes no notice of them. */
  databaseUrl?: string
  /** Absent: what goes to many is sent by others. */
  bulk?: Bulk
  log: Log
}): Kernel {
  const { database, knowledge, log } = options
  const delivery = createDelivery(options)
  const turns = createTurns({
    database,
    step: (input, world) => createStep(knowledge())(input, world),
    effectHandlers,
    loaders,
    deliver(produced) {
      const claimed = claimedFrom(produced)
      if (claimed.length === produced.rows.length) delivery.deliver(claimed)
      else delivery.kick(produced.addressId)
    },
    sentences: language => knowledge().sentences(language),
    publicUrl: knowledge().publicUrl,
    log,
  })
  const store = createIntake(database.sql, turns.add)

  const repairs = [() => sweepFeatures(database.sql, knowledge()), delivery.sweep, turns.sweep]
  async function sweep(): Promise<void> {
    for (const repair of repairs) {
      await repair().catch(error => log.warn({ err: error }, 'the sweep was cut short'))
    }
  }
  const sweeper = setInterval(sweep, SWEEP_MS)
  void sweep()

  const idle = async () => {
    await turns.idle()
    await delivery.idle()
  }
  const drained = async () => {
    await turns.idle()
    await delivery.drained()
  }

  return {
    idle,
    async receive(batch) {
      await store(batch)
      return undefined
    },
    async stop() {
      clearInterval(sweeper)
      delivery.stopBulk()
      await Promise.race([drained(), new Promise(resolve => setTimeout(resolve, DRAIN_MS).unref())])
      await delivery.stop()
    },
  }
}

/** The turn's messages as the sender takes them; empty when earlier ones must go first. */
function claimedFrom({ chat, addressId, reference, rows, messages }: Produced): Claimed[] {
  return rows.flatMap(({ id, status }, index) => {
    const message = messages[index]
    if (status !== 'sending' || !message) return []
    const { channel, address: externalId } = chat
    return [{ id, addressId, channel, externalId, reference, lane: 'reply', attempts: 0, message }]
  })
}
