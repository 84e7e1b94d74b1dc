// The tree that view.js makes of a message, as markup.
import { escapeHtml, type Html, unsafe } from '../../platform/html/html.ts'
import type { Attributes, Node } from './browser/view.js'

const VOID = new Set(['br', 'img', 'track'])

/** Everything that came from outside the program is escaped here. */
export function markup(node: Node): Html {
  return unsafe(render(node))
}

function render(node: Node): string {
  if (typeof node === 'string') return escapeHtml(node)
  const open = `<${node.tag}${attributesOf(node.attributes)}>`
  return VOID.has(node.tag) ? open : `${open}${node.children.map(render).join('')}</${node.tag}>`
}

function attributesOf(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`))
    .join('')
}
