// What the channels behind Microsoft's connector show and accept. Sources: the channel reference
// https://learn.microsoft.com/azure/bot-service/bot-service-channels-reference, Teams' card reference
// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference and
// the documentation of the services behind the channels. Lengths are UTF-16 units unless they say bytes.
import type { Capabilities } from '../channel.ts'

export type Surface = {
  textMax: number
  labelMax: number
  /**
   * `adaptive`: every button is in a card, six in a row. `hero`: buttons of blocks are in a card, the
   * message's own are suggested below it. `quick`: all are suggested. `none`: all are said in the text.
   */
  buttons: 'adaptive' | 'hero' | 'quick' | 'none'
  /** Buttons in one card, or under one message where there are no cards. */
  buttonsMax: number
  /** Buttons that are suggested below a message beside its card. */
  suggestedMax: number
  /** Pictures are shown, and only over https where that is said. */
  images: 'any' | 'https' | 'none'
  videos: boolean
}

/**
 * Teams refuses messages of more than 28 kB: 3,000 units are at most 9 kB, 20 buttons 12 kB. Its hero
 * cards end at six buttons and it doesn't show suggestions reliably, so it gets adaptive cards.
 */
const TEAMS: Surface = {
  textMax: 3000,
  labelMax: 40,
  buttons: 'adaptive',
  buttonsMax: 20,
  suggestedMax: 0,
  images: 'https',
  videos: false,
}

/** Direct Line takes 256 kB; the page shows everything. */
const PAGE: Surface = {
  textMax: 8000,
  labelMax: 60,
  buttons: 'hero',
  buttonsMax: 30,
  suggestedMax: 30,
  images: 'any',
  videos: true,
}

/** Messenger takes 2,000 characters and ten suggestions with labels of 20; the others take more. */
const MESSENGER: Surface = {
  textMax: 2000,
  labelMax: 20,
  buttons: 'quick',
  buttonsMax: 10,
  suggestedMax: 0,
  images: 'none',
  videos: false,
}

/** GroupMe takes 1,000 characters, text messages 1,600; e-mail takes everything but has no buttons. */
const TEXT_ONLY: Surface = {
  textMax: 1000,
  labelMax: 20,
  buttons: 'none',
  buttonsMax: 0,
  suggestedMax: 0,
  images: 'none',
  videos: false,
}

const SURFACES: Record<string, Surface> = {
  msteams: TEAMS,
  webchat: PAGE,
  directline: PAGE,
  directlinespeech: PAGE,
  emulator: PAGE,
  skype: MESSENGER,
  facebook: MESSENGER,
  telegram: MESSENGER,
  line: MESSENGER,
  kik: MESSENGER,
}

/** How the channel with this id shows messages; one we don't know gets what every channel has: text. */
export function surfaceOf(channelId: string): Surface {
  return Object.hasOwn(SURFACES, channelId) ? (SURFACES[channelId] ?? TEXT_ONLY) : TEXT_ONLY
}

/** What is true on each of the channels that show more than text. */
export const BOTFRAMEWORK_CAPABILITIES: Capabilities = {
  textMax: MESSENGER.textMax,
  captionMax: MESSENGER.textMax,
  labelMax: MESSENGER.labelMax,
  buttonsMax: MESSENGER.buttonsMax,
  spans: false,
  edit: false,
  receipts: false,
}

/** Longer links are written into the text: a card full of them would burst the message. */
export const BUTTON_URL_MAX = 300
export const MEDIA_URL_MAX = 2000
export const TOKEN_LENGTH_MAX = 64

/** Bytes of a request; Direct Line's activities end at 256 kB. */
export const BODY_LIMIT = 512 * 1024
