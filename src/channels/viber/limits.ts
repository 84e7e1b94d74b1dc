// What Viber accepts. Unless another source is named: https://creators.viber.com/docs/bots-api
// (data models, sending, keyboards). Lengths are UTF-16 units unless they say bytes.
import type { Capabilities } from '../channel.ts'
import { SESSION_MS } from './session.ts'

/**
 * The caption is Viber's older limit (its page says 768, resellers 512). A key of full width shows
 * about 40 characters; 24 keys are 12 rows of two.
 */
export const VIBER_CAPABILITIES: Capabilities = {
  textMax: 7000,
  captionMax: 512,
  labelMax: 40,
  buttonsMax: 24,
  spans: false,
  edit: false,
  receipts: true,
  sessionMs: SESSION_MS,
}

/** People in one broadcast: https://creators.viber.com/docs/bots-api/resources/messaging/broadcast-message */
export const BROADCAST_MAX = 300
/** Bytes of one request. */
export const REQUEST_MAX = 30_000
/** Bytes of a text in a request, so that a full keyboard fits beside it. */
export const TEXT_BYTES_MAX = 14_000
/** Bytes of cards in a request, for the same reason. */
export const CARDS_BYTES_MAX = 14_000

export const SENDER_NAME_MAX = 28
export const URL_MAX = 2000
/** Longer links are written into the text: 24 keys with long links would burst the request. */
export const KEY_URL_MAX = 300
export const KEY_TEXT_MAX = 250
/** Columns of a keyboard and of a card. */
export const COLUMNS = 6
/** In portrait: https://developers.viber.com/docs/faq */
export const KEYBOARD_ROWS_MAX = 12
export const CARD_ROWS_MAX = 7
export const CARDS_MAX = 6
/** The version in which apps know silent keys and cards; declared, so that Viber refuses what older ones can't show. */
export const API_VERSION = 2

/** Bytes; Android shows up to 3 MB, iOS only this much. */
export const IMAGE_BYTES_MAX = 1024 * 1024
/** Of the still of a video. */
export const THUMBNAIL_BYTES_MAX = 100 * 1000
export const VIDEO_BYTES_MAX = 26 * 1024 * 1024
export const VIDEO_SECONDS_MAX = 180
export const FILE_BYTES_MAX = 50 * 1024 * 1024
export const FILE_NAME_MAX = 256

/** Files that Viber delivers to nobody. */
export const FORBIDDEN_FILES = new Set(
  (
    'action apk app bat bin cmd com command cpl csh exe gadget inf1 ins inx ipa isu job jse ksh lnk msc msi ' +
    'msp mst osx out paf pif ps1 reg rgs run sct shb shs u3p vb vbe vbs vbscript workflow ws wsf'
  ).split(' '),
)
