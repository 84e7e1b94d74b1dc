// A message as activities for one of the channels behind the connector. Pure: no conversation, no network.
import type { Block, Button, Outbound } from '../../core/model/message.ts'
import { type Choice, numberOwn, placeButtons, shorten } from '../shared/buttons.ts'
import { choicesOf, labelList, type Media, type Part, partsOf, spreadButtons } from '../shared/parts.ts'
import { EMPTY, joinRich, plain, type Rich, spellOutLinks, splitRich } from '../shared/rich.ts'
import {
  type Attachment,
  accepts,
  adaptiveCard,
  type CardAction,
  cardAction,
  heroCard,
  type Image,
  imageUrl,
  type Video,
  videoCard,
  webUrl,
} from './cards.ts'
import { MEDIA_URL_MAX, type Surface, surfaceOf } from './limits.ts'

/** The whole of it stands in the text. */
const ALT_MAX = 100

/** What is said, without who says it to whom. */
export type Said = {
  type: 'message'
  text?: string
  /** Otherwise what looks like Markdown in a text would be taken for it. */
  textFormat: 'plain'
  attachments?: Attachment[]
  suggestedActions?: { to: string[]; actions: CardAction[] }
}

/** The activities that show a message, in order. Only the last one carries the message's own buttons. */
export function render(message: Outbound, channelId: string): Said[] {
  const surface = surfaceOf(channelId)
  const inCards = surface.buttons === 'adaptive' || surface.buttons === 'hero'
  const parts = partsOf(message)
    .map(part => shownPart(part, message.blocks, surface))
    .flatMap(part => (inCards ? spreadButtons(part, surface.buttonsMax) : [part]))
  return parts.flatMap((part, index) => {
    const own = index === parts.length - 1 ? numberOwn(message) : []
    return activitiesOf(part, own, surface)
  })
}

/** A part whose medium is a picture or a video that the channel shows, or nothing. */
type Shown = Omit<Part, 'media'> & { image?: Image; video?: Video }

function shownPart(
  { rich, buttons, firstNumber, media, fallback = EMPTY }: Part,
  blocks: readonly Block[],
  surface: Surface,
): Shown {
  if (!media) return { rich, buttons, firstNumber }
  const link = linkOf(media, blocks)
  // The text of a file may be its name, which the link says.
  if (link)
    return { rich: joinRich([media.kind === 'location' ? fallback : rich]), buttons: [link, ...buttons] }
  if (media.kind === 'image') {
    const url = imageUrl(media.url, surface)
    if (url) return { rich, buttons, image: { url, alt: shorten(rich.text, ALT_MAX) } }
  }
  if (media.kind === 'video' && surface.videos) {
    const url = webUrl(media.url, MEDIA_URL_MAX)
    const posterUrl = media.posterUrl && imageUrl(media.posterUrl, surface)
    if (url) return { rich, buttons, video: { url, posterUrl, seconds: media.seconds } }
  }
  return { rich: fallback, buttons }
}

/** What is no picture and no film is opened by a button. */
function linkOf(media: Media, blocks: readonly Block[]): Button | undefined {
  if (media.kind === 'location') {
    const place = `${media.lat.toFixed(6)}/${media.lon.toFixed(6)}`
    const [lat, lon] = place.split('/')
    const href = `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=17/${place}`
    return { label: `📍 ${media.label}`, href }
  }
  const block = blocks.find(({ kind, ...rest }) => kind === 'file' && 'url' in rest && rest.url === media.url)
  return media.kind === 'file' && block?.kind === 'file'
    ? { label: `📄 ${block.name}`, href: media.url }
    : undefined
}

function activitiesOf(part: Shown, own: Choice[], surface: Surface): Said[] {
  const ofBlock = choicesOf(part)
  switch (surface.buttons) {
    case 'adaptive':
      return inAdaptiveCard(part, [...ofBlock, ...own], surface)
    case 'hero':
      return inHeroCard(part, ofBlock, own, surface)
    case 'quick':
      return suggested(part, [...ofBlock, ...own], surface)
    case 'none':
      return texts(joinRich([part.rich, place([...ofBlock, ...own], surface, 0).listed]), surface, {})
  }
}

function place(choices: readonly Choice[], { labelMax }: Surface, buttonsMax: number) {
  return placeButtons(choices, { labelMax, buttonsMax, accepts })
}

function inAdaptiveCard({ rich, image }: Shown, choices: Choice[], surface: Surface): Said[] {
  const { shown, listed } = place(choices, surface, surface.buttonsMax)
  const attachments = image || shown.length ? [adaptiveCard(shown, image)] : []
  return texts(said(joinRich([rich, listed]), shown), surface, withAttachments(attachments))
}

function inHeroCard(
  { rich, image, video }: Shown,
  ofBlock: Choice[],
  own: Choice[],
  surface: Surface,
): Said[] {
  const inCard = place(ofBlock, surface, surface.buttonsMax)
  const below = place(own, surface, surface.suggestedMax)
  const attachments = [
    ...(video ? [videoCard(video, rich.text)] : []),
    ...(image || inCard.shown.length ? [heroCard(inCard.shown, image)] : []),
  ]
  return texts(
    said(joinRich([rich, inCard.listed, below.listed]), [...inCard.shown, ...below.shown]),
    surface,
    { ...withAttachments(attachments), ...withSuggestions(below.shown, true) },
  )
}

/** Links can't be suggested everywhere. */
function suggested({ rich }: Shown, choices: Choice[], surface: Surface): Said[] {
  const { shown, listed } = placeButtons(choices, {
    labelMax: surface.labelMax,
    buttonsMax: surface.buttonsMax,
    accepts: button => 'token' in button && accepts(button),
  })
  return texts(said(joinRich([rich, listed]), shown), surface, withSuggestions(shown, false))
}

/** Buttons alone would have nothing to stand under, and nothing to be read out. */
function said(rich: Rich, buttons: readonly Button[]): Rich {
  return rich.text.trim() ? rich : labelList(buttons)
}

function withAttachments(attachments: Attachment[]): Pick<Said, 'attachments'> {
  return attachments.length ? { attachments } : {}
}

function withSuggestions(buttons: readonly Button[], echo: boolean): Pick<Said, 'suggestedActions'> {
  const actions = buttons.map(button => cardAction(button, echo))
  return actions.length ? { suggestedActions: { to: [], actions } } : {}
}

function texts(rich: Rich, { textMax }: Surface, rest: Partial<Said>): Said[] {
  // Plain texts have no links of their own; apps make addresses clickable.
  const pieces = splitRich(
    spellOutLinks(plain(rich.text, rich.spans), () => false),
    textMax,
  )
  if (pieces.length === 0) return Object.keys(rest).length ? [activity(undefined, rest)] : []
  return pieces.map(({ text }, index) => activity(text, index === pieces.length - 1 ? rest : {}))
}

function activity(text: string | undefined, rest: Partial<Said>): Said {
  return { type: 'message', ...(text && { text }), textFormat: 'plain', ...rest }
}
