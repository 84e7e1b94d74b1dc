// How a message looks: a tree of elements, made into markup by the server and into nodes by the
// browser. Pure; the one place that knows every kind of block.

/** @import {Block, Button, Span} from '../../../core/model/message.ts' */
/** @import {Attributes, Element, Node, Words} from './view.js' */

/** The id of the form that carries every button's token. */
const FORM = 'composer'
const MARK =
  /(https?:\/\/[^\s<>"„“”]*[^\s<>"„“”.,;:!?)\]])|((?<![\p{L}\p{N}/_.])\/[a-z][a-z_]{1,20}(?![\p{L}\p{N}/_]))/gu

/** @type {typeof import('./view.js').viewMessage} */
export function viewMessage(message, words) {
  const { seq, at, blocks } = message
  const cyrillic = blocks.some(block => /\p{Script=Cyrillic}/u.test(block.text))
  const attributes = {
    class: 'message bot',
    id: `m${seq}`,
    'data-seq': seq,
    'data-at': at,
    // So that a screen reader speaks it right in a page of another script.
    lang: cyrillic ? 'sr-Cyrl' : undefined,
  }
  const notices = blocks.filter(block => isNotice(block.text, words))
  const answer = blocks.filter(block => !notices.includes(block))
  return h(
    'article',
    attributes,
    h('span', { class: 'visually-hidden' }, `${words.bot}: `),
    ...answer.map(block => viewBlock(block, words)),
    viewButtons(message.buttons, words, 'choices numbered'),
    ...notices.map(({ text }) => h('p', { class: 'small notice' }, ...marked(text))),
  )
}

/**
 * @param {string} text
 * @param {Words} words
 */
function isNotice(text, { privacyUrl }) {
  const [, query] = text.split(privacyUrl)
  return query !== undefined && !/\s/.test(query)
}

/** @type {typeof import('./view.js').viewDay} */
export function viewDay(at, words) {
  return h('p', { class: 'day', 'data-day': dayOf(at, words) }, dayOf(at, words))
}

/** @type {typeof import('./view.js').dayOf} */
export function dayOf(at, { locale, timeZone }) {
  return new Date(at).toLocaleDateString(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone })
}

/** @type {typeof import('./view.js').viewOwn} */
export function viewOwn(text, words) {
  const bubble = h(
    'div',
    { class: 'bubble' },
    h('span', { class: 'visually-hidden' }, `${words.you}: `),
    text,
  )
  return h('article', { class: 'message own' }, bubble)
}

/**
 * @param {Block} block
 * @param {Words} words
 * @returns {Element}
 */
function viewBlock(block, words) {
  switch (block.kind) {
    case 'text':
      return h('div', { class: 'bubble' }, ...paragraphs(block.text, block.spans ?? [], words))
    case 'card':
      return h(
        'div',
        { class: 'bubble card' },
        block.imageUrl ? h('img', { src: safeUrl(block.imageUrl), alt: '', class: 'cover' }) : undefined,
        h('p', { class: 'title' }, h('strong', {}, block.title)),
        ...paragraphs(block.body ?? '', [], words),
        viewButtons(block.buttons ?? [], words, 'choices'),
      )
    case 'list':
      return h('ul', { class: 'bubble list' }, ...block.items.map(viewItem))
    case 'image':
      return viewImage(block, words)
    case 'video':
      return viewVideo(block, words)
    case 'file':
      return viewLink({
        href: block.url,
        label: block.name,
        detail: size(block.bytes),
        icon: 'file',
        download: true,
      })
    case 'location':
      return viewLink({ href: mapUrl(block), label: block.label, detail: words.map, icon: 'place' })
    case 'calendar':
      return viewLink({
        href: block.icsUrl,
        label: block.title,
        detail: `${period(block, words)} · ${block.place} · ${words.calendar}`,
        icon: 'date',
        download: true,
      })
    case 'poll':
      return h(
        'div',
        { class: 'bubble poll' },
        h('p', { class: 'title' }, h('strong', {}, block.question)),
        viewButtons(block.options, words, 'choices column numbered'),
        block.closesAt
          ? h('p', { class: 'small' }, `${words.openUntil} ${moment(block.closesAt, words)}`)
          : undefined,
      )
  }
}

/** @param {{title: string, body?: string, token?: string}} item */
function viewItem({ title, body, token }) {
  const content = [h('strong', {}, title), body ? h('span', { class: 'small' }, body) : undefined]
  return h('li', {}, token ? press(token, 'row', ...content) : h('div', { class: 'row' }, ...content))
}

/**
 * @param {Extract<Block, {kind: 'video'}>} block
 * @param {Words} words
 */
function viewVideo(block, words) {
  const captions = block.captionsUrl
    ? h('track', {
        kind: 'captions',
        src: safeUrl(block.captionsUrl),
        srclang: 'sr',
        label: words.captions,
        default: true,
      })
    : undefined
  const player = {
    controls: true,
    preload: 'none',
    playsinline: true,
    poster: safeUrl(block.posterUrl) || undefined,
  }
  const src = safeUrl(block.url)
  return h(
    'figure',
    { class: 'bubble media' },
    // Browsers without videos show what stands inside.
    h('video', { ...player, src, 'aria-label': block.title }, captions, h('a', { href: src }, block.title)),
    h('figcaption', {}, `${block.title} · ${clock(block.seconds)} · ${size(block.bytes)}`),
  )
}

/**
 * A picture whose description is what it says is shown with its words, as messengers show captions.
 * @param {Extract<Block, {kind: 'image'}>} block
 * @param {Words} words
 */
function viewImage({ url, alt, text }, words) {
  const src = safeUrl(url)
  if (alt !== text || !text.trim()) return h('div', { class: 'bubble media' }, h('img', { src, alt }))
  const caption = h('figcaption', { class: 'words' }, ...paragraphs(text, [], words))
  return h('figure', { class: 'bubble media' }, h('img', { src, alt: '' }), caption)
}

/** @param {{href: string, label: string, detail: string, icon: string, download?: boolean}} link */
function viewLink({ href, label, detail, icon, download }) {
  const attributes = {
    class: `bubble link ${icon}`,
    href: safeUrl(href),
    ...(download ? { download: true } : elsewhere),
  }
  return h('a', attributes, h('strong', {}, label), ' ', h('span', { class: 'small' }, detail))
}

/**
 * @param {readonly Button[]} buttons
 * @param {Words} words
 * @param {string} className
 */
function viewButtons(buttons, words, className) {
  if (buttons.length === 0) return undefined
  const views = buttons.map(button =>
    'token' in button
      ? press(button.token, 'choice', button.label)
      : h('a', { class: 'choice', href: safeUrl(button.href) || undefined, ...elsewhere }, button.label),
  )
  return h('div', { class: className, role: 'group', 'aria-label': words.choices }, ...views)
}

/**
 * A button that comes back as a token; it works without a script.
 * @param {string} token
 * @param {string} className
 * @param {(Node | undefined)[]} content
 */
function press(token, className, ...content) {
  const attributes = { type: 'submit', form: FORM, formnovalidate: true, name: 'token', value: token }
  return h('button', { ...attributes, class: className }, ...content)
}

/**
 * A text as paragraphs and lists; blank lines part them.
 * @param {string} text
 * @param {readonly Span[]} spans
 * @param {Words} words
 * @returns {Element[]}
 */
function paragraphs(text, spans, words) {
  /** @type {Line[]} */
  const lines = []
  let from = 0
  for (const line of text.split('\n')) {
    lines.push({ from, to: from + line.length, text: line, bullet: /^[•–-] /.test(line) })
    from += line.length + 1
  }
  return groups(lines).map(group => viewGroup(group, text, spans, words))
}

/** @typedef {{from: number, to: number, text: string, bullet: boolean}} Line */

/**
 * Neighbouring lines of one sort.
 * @param {Line[]} lines
 */
function groups(lines) {
  /** @type {Line[][]} */
  const found = []
  let open = false
  for (const line of lines) {
    const last = found.at(-1)
    const blank = !line.text.trim()
    if (!blank && open && last?.[0]?.bullet === line.bullet) last.push(line)
    else if (!blank) found.push([line])
    open = !blank
  }
  return found
}

/**
 * @param {Line[]} group
 * @param {string} text
 * @param {readonly Span[]} spans
 * @param {Words} words
 * @returns {Element}
 */
function viewGroup(group, text, spans, words) {
  const [first] = group
  if (first?.bullet) {
    return h('ul', {}, ...group.map(({ from, to }) => h('li', {}, ...inline(text, from + 2, to, spans))))
  }
  const lines = group.flatMap(({ from, to }, index) => [
    ...(index > 0 ? [h('br', {})] : []),
    ...inline(text, from, to, spans),
  ])
  return h('p', { class: kindOf(group, spans, words) }, ...lines)
}

/**
 * A heading or small print shows what it is.
 * @param {Line[]} group
 * @param {readonly Span[]} spans
 * @param {Words} words
 */
function kindOf([first, ...rest], spans, { sourceLabels }) {
  if (!first) return undefined
  if (sourceLabels.some(label => first.text.startsWith(label))) return 'small'
  const heading = spans.some(span => span.style === 'bold' && span.from <= first.from && span.to >= first.to)
  return heading && rest.length === 0 ? 'title' : undefined
}

/**
 * A part of a text with its styles, addresses and commands.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @param {readonly Span[]} spans
 * @returns {Node[]}
 */
function inline(text, from, to, spans) {
  const inside = spans.filter(span => span.from < to && span.to > from)
  const edges = inside.flatMap(span => [span.from, span.to]).filter(edge => edge > from && edge < to)
  const cuts = [...new Set([from, ...edges, to])].sort((a, b) => a - b)
  return cuts.slice(0, -1).flatMap((start, index) => {
    const end = cuts[index + 1] ?? to
    return styled(
      text.slice(start, end),
      inside.filter(span => span.from <= start && span.to >= end),
    )
  })
}

/**
 * @param {string} piece
 * @param {Span[]} spans
 * @returns {Node[]}
 */
function styled(piece, spans) {
  const href = safeUrl(spans.find(span => span.style === 'link')?.href ?? '')
  /** @type {Node[]} */
  let nodes = href ? [h('a', { href, ...elsewhere }, piece)] : marked(piece)
  if (spans.some(span => span.style === 'italic')) nodes = [h('em', {}, ...nodes)]
  if (spans.some(span => span.style === 'bold')) nodes = [h('strong', {}, ...nodes)]
  return nodes
}

/**
 * Addresses become links, commands become buttons.
 * @param {string} piece
 * @returns {Node[]}
 */
function marked(piece) {
  /** @type {Node[]} */
  const nodes = []
  let at = 0
  for (const { 0: mark, 1: url, index } of piece.matchAll(MARK)) {
    if (index > at) nodes.push(piece.slice(at, index))
    nodes.push(url ? h('a', { href: url, ...elsewhere }, url) : command(mark))
    at = index + mark.length
  }
  if (at < piece.length) nodes.push(piece.slice(at))
  return nodes
}

/** @param {string} text */
function command(text) {
  return h(
    'button',
    { type: 'submit', form: FORM, formnovalidate: true, name: 'command', value: text, class: 'command' },
    text,
  )
}

const elsewhere = { target: '_blank', rel: 'noopener' }

/**
 * An address that may be followed, else nothing.
 * @param {string} url
 */
function safeUrl(url) {
  return /^(https?:\/\/|mailto:|tel:|\/(?!\/))/i.test(url) ? url : ''
}

/** @param {{lat: number, lon: number}} place */
function mapUrl({ lat, lon }) {
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=17/${lat}/${lon}`
}

/** @param {number} bytes */
function size(bytes) {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** @param {number} seconds */
function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`
}

/**
 * @param {string} at
 * @param {Words} words
 */
function moment(at, { locale, timeZone }) {
  // Month names stand in a case of their own in Serbian and Bosnian: a number is always right.
  const month = locale.startsWith('en') ? 'long' : 'numeric'
  return new Date(at).toLocaleString(locale, {
    day: 'numeric',
    month,
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  })
}

/**
 * @param {{start: string, end: string}} event
 * @param {Words} words
 */
function period({ start, end }, words) {
  const { locale, timeZone } = words
  const until = new Date(end).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', timeZone })
  return `${moment(start, words)}–${until}`
}

/**
 * @param {string} tag
 * @param {Attributes} attributes
 * @param {(Node | undefined)[]} children
 * @returns {Element}
 */
function h(tag, attributes, ...children) {
  return { tag, attributes, children: children.filter(child => child !== undefined) }
}
