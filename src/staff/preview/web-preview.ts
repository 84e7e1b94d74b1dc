// A message as the web chat shows it: the chat's own view, with nothing in it that could be pressed.
import type { Element, Node, Words } from '../../channels/web/browser/view.js'
import { viewMessage } from '../../channels/web/browser/view.js'
import { markup } from '../../channels/web/markup.ts'
import type { Outbound } from '../../core/model/message.ts'
import { longest, type Preview } from './preview.ts'

export function webPreview(message: Outbound, words: Words): Preview {
  const view = viewMessage({ ...message, seq: 0, at: '' }, words)
  const labels = labelsIn(view)
  const texts = message.blocks.map(({ text }) => text)
  return {
    channel: 'web',
    body: markup(still(view)),
    limits: [
      { what: 'text', used: longest(texts) },
      { what: 'buttons', used: labels.length },
      { what: 'label', used: longest(labels) },
    ],
    // The page has room for everything.
    losses: [],
  }
}

function labelsIn(node: Node): string[] {
  if (typeof node === 'string') return []
  const isChoice = /\b(?:choice|row)\b/.test(String(node.attributes.class ?? ''))
  return isChoice ? [textIn(node)] : node.children.flatMap(labelsIn)
}

function textIn(node: Node): string {
  return typeof node === 'string' ? node : node.children.map(textIn).join('')
}

/** Attributes that say how something looks or is called; all others do something. */
const KEPT = new Set(['class', 'lang', 'alt', 'aria-label'])
const STILL: Record<string, string> = {
  button: 'span',
  a: 'span',
  article: 'div',
  video: 'span',
  img: 'span',
}

function still(node: Node): Node {
  if (typeof node === 'string') return node
  const { tag, attributes, children } = node
  const kept = Object.entries(attributes).filter(([name]) => KEPT.has(name))
  const named = labelled({ tag, attributes: Object.fromEntries(kept), children: [] })
  return { ...named, children: [...named.children, ...children.filter(isShown).map(still)] }
}

function isShown(node: Node): boolean {
  return typeof node === 'string' || node.tag !== 'track'
}

/** A picture is a frame with its description. */
function labelled({ tag, attributes }: Element): Element {
  const { alt, 'aria-label': label, class: className, lang } = attributes
  const replaced = STILL[tag] ?? tag
  if (tag === 'img') return { tag: replaced, attributes: { class: 'medium' }, children: [`🖼 ${alt ?? ''}`] }
  if (tag === 'video')
    return { tag: replaced, attributes: { class: 'medium' }, children: [`▶ ${label ?? ''}`] }
  const pressed = tag === 'button' && !className ? 'key' : className
  return { tag: replaced, attributes: { class: pressed, lang }, children: [] }
}
