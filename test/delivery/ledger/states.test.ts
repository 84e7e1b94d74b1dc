// The ledger's states by themselves: whatever happens in whatever order, nobody gets a message twice unless
// staff say so.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DELIVERY_STATUSES,
  type DeliveryEvent,
  type DeliveryStatus,
  move,
  statusesBefore,
} from '../../../src/delivery/index.ts'

const EVENTS: DeliveryEvent[] = [
  ...(['claim', 'skip', 'return', 'take', 'refuse', 'lose', 'undeliver', 'confirm', 'again'] as const),
]
const events = fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 })

/** Follows the events that can happen; the rest is ignored, as the statements do. */
function follow(
  happenings: readonly DeliveryEvent[],
  each?: (event: DeliveryEvent, to: DeliveryStatus) => void,
) {
  let status: DeliveryStatus = 'planned'
  for (const event of happenings) {
    const next = move(status, event)
    if (!next) continue
    status = next
    each?.(event, next)
  }
  return status
}

describe('a delivery', () => {
  it('is claimed again only after it certainly was not sent, or when staff decide so', () => {
    fc.assert(
      fc.property(events, happenings => {
        let [claims, freed] = [0, 1]
        follow(happenings, event => {
          if (event === 'claim') claims++
          if (event === 'return' || event === 'again') freed++
        })
        expect(claims).toBeLessThanOrEqual(freed)
      }),
    )
  })

  it('that was sent is never on its way again', () => {
    fc.assert(
      fc.property(events, happenings => {
        let sent = false
        follow(happenings, (event, to) => {
          if (sent && to === 'sending') expect.unreachable('sent twice')
          if (to === 'sent') sent = true
          // What did not arrive after all may be sent again.
          if (event === 'undeliver') sent = false
        })
      }),
    )
  })

  it('of which nobody knows stays so until somebody knows or staff decide', () => {
    fc.assert(
      fc.property(events, happenings => {
        const quiet = happenings.filter(
          event => !['take', 'refuse', 'return', 'confirm', 'again'].includes(event),
        )
        if (follow(['claim', 'lose', ...quiet]) !== 'uncertain') expect.unreachable('moved by itself')
      }),
    )
  })

  it('ends settled, however it went, once it is claimed and told of', () => {
    fc.assert(
      fc.property(events, happenings => {
        const status = follow([...happenings, 'claim', 'take'])
        expect(['sent', 'failed', 'skipped', 'uncertain']).toContain(status)
      }),
    )
  })

  it.each<[DeliveryEvent, DeliveryStatus[]]>([
    ['claim', ['planned']],
    ['skip', ['planned']],
    ['return', ['sending', 'uncertain']],
    ['undeliver', ['sending', 'sent']],
    ['confirm', ['uncertain']],
    ['again', ['failed', 'skipped', 'uncertain']],
  ])('%s happens to what is %s', (event, statuses) => {
    expect(statusesBefore(event)).toEqual(statuses)
  })

  it('has no status that nothing leads to', () => {
    const reached = new Set<DeliveryStatus>(['planned'])
    for (let round = 0; round < DELIVERY_STATUSES.length; round++)
      for (const status of [...reached])
        for (const event of EVENTS) {
          const next = move(status, event)
          if (next) reached.add(next)
        }
    expect([...reached].sort()).toEqual([...DELIVERY_STATUSES].sort())
  })
})
