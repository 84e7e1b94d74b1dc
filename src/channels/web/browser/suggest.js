// Offers questions that have an answer while one is being typed. Arrow keys choose, Enter sends the
// chosen one, Escape closes; without a choice Enter sends what was typed.

/** @typedef {{id: string, title: string}} Suggestion */

const LENGTH_MIN = 3
const LENGTH_MAX = 80
const QUIET_MS = 150

/**
 * @param {{input: HTMLTextAreaElement, list: HTMLUListElement, lang: string,
 *   announce: (count: number) => void, onChoose: (suggestion: Suggestion) => void}} options
 */
export function createSuggestions({ input, list, lang, announce, onChoose }) {
  /** @type {Suggestion[]} */
  let offered = []
  let active = -1
  let request = new AbortController()

  function close() {
    request.abort()
    list.hidden = true
    offered = []
    highlight(-1)
    input.removeAttribute('aria-controls')
  }

  /** @param {number} index */
  function highlight(index) {
    active = index
    for (const [at, item] of [...list.children].entries())
      item.setAttribute('aria-selected', String(at === index))
    const item = list.children[index]
    if (item) input.setAttribute('aria-activedescendant', item.id)
    else input.removeAttribute('aria-activedescendant')
    item?.scrollIntoView({ block: 'nearest' })
  }

  /** @param {Suggestion[]} suggestions */
  function show(suggestions) {
    offered = suggestions
    list.replaceChildren(...suggestions.map(viewOption))
    list.hidden = suggestions.length === 0
    highlight(-1)
    if (!list.hidden) input.setAttribute('aria-controls', list.id)
    announce(suggestions.length)
  }

  /** @param {number} index */
  function choose(index) {
    const suggestion = offered[index]
    close()
    if (suggestion) onChoose(suggestion)
  }

  async function ask() {
    const query = input.value.trim()
    close()
    if (query.length < LENGTH_MIN || query.length > LENGTH_MAX || /^\/|\n/.test(query)) return
    request = new AbortController()
    const { signal } = request
    await new Promise(resolve => setTimeout(resolve, QUIET_MS))
    if (signal.aborted) return
    try {
      const response = await fetch(`/chat/suggest?${new URLSearchParams({ q: query, lang })}`, { signal })
      if (response.ok && document.activeElement === input) show(await response.json())
    } catch {
      // Suggestions are a convenience: without a connection there are none.
    }
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (list.hidden || event.isComposing) return
    const { key } = event
    if (key === 'Escape') close()
    else if (key === 'ArrowDown') highlight(active + 1 < offered.length ? active + 1 : -1)
    else if (key === 'ArrowUp') highlight(active === -1 ? offered.length - 1 : active - 1)
    else if (key === 'Enter' && active !== -1) choose(active)
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-haspopup', 'listbox')
  input.addEventListener('input', () => void ask())
  input.addEventListener('keydown', onKey)
  input.addEventListener('blur', close)
  // A press on an option must not take the focus from the field, or the list would close before it.
  list.addEventListener('mousedown', event => event.preventDefault())
  list.addEventListener('click', ({ target }) => {
    const item = target instanceof Element ? target.closest('li') : null
    if (item) choose([...list.children].indexOf(item))
  })
  return { close }
}

/**
 * @param {Suggestion} suggestion
 * @param {number} index
 */
function viewOption({ title }, index) {
  const item = document.createElement('li')
  item.id = `suggestion-${index}`
  item.setAttribute('role', 'option')
  item.textContent = title
  return item
}
