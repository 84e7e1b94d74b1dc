// A workshop as the blocks of an announcement: the card, the place on the map, the way into a calendar, and the
// button that opens it in the chat.
import type { Outbound } from '../../core/model/message.ts'
import type { WorkshopView } from '../../core/model/workshop.ts'
import { calendarBlock, cardBlock, locationBlocks, type Voice } from './messages.ts'
import { openToken } from './tokens.ts'

/** What everybody may be sent about a workshop; nobody's own state is in it. */
export function announcementOf(workshop: WorkshopView, voice: Voice): Outbound {
  const { own: _own, ...everybodys } = workshop
  return {
    blocks: [
      cardBlock(everybodys, voice),
      ...locationBlocks(everybodys, voice),
      calendarBlock(everybodys, voice),
    ],
    buttons: [{ label: voice.t('workshop.button.open'), token: openToken(workshop.id) }],
  }
}
