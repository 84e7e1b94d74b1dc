// The tree that view.js makes of a message, as nodes of the page.

/** @import {Node as ViewNode} from './view.js' */

/**
 * @param {ViewNode} view
 * @returns {Node}
 */
export function toDom(view) {
  if (typeof view === 'string') return document.createTextNode(view)
  const element = document.createElement(view.tag)
  for (const [name, value] of Object.entries(view.attributes)) {
    if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...view.children.map(toDom))
  return element
}

/**
 * An element of the page that the server always writes.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const element = document.getElementById(id)
  if (!(element instanceof type)) throw new Error(`the page has no ${id}`)
  return element
}
