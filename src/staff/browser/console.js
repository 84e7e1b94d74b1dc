// What pages of the console need a script for. Without it everything still works, unasked and unwarned.

// A form may ask before it is sent.
document.addEventListener('submit', event => {
  const form = event.target
  const question = form instanceof HTMLFormElement ? form.dataset.confirm : undefined
  if (question && !confirm(question)) event.preventDefault()
})

// What was typed is not lost by a click elsewhere or by sending another form; nor is a draft that came back
// with the page.
/** @type {Set<Element>} */
const unsaved = new Set(document.querySelectorAll('form[data-keep=dirty]'))
document.addEventListener('input', event => {
  const form = event.target instanceof Element ? event.target.closest('form') : null
  if (form instanceof HTMLFormElement && form.dataset.keep !== undefined) unsaved.add(form)
})
document.addEventListener('submit', event => {
  if (!event.defaultPrevented && event.target instanceof Element) unsaved.delete(event.target)
})
addEventListener('beforeunload', event => {
  if ([...unsaved].some(form => form.isConnected)) event.preventDefault()
})

// How long a text is, beside the longest that is allowed.
document.addEventListener('input', event => {
  const field = event.target
  if (!(field instanceof HTMLTextAreaElement) || !field.dataset.count) return
  const counter = field.parentElement?.nextElementSibling
  const shown = counter?.querySelector('span')
  if (shown) shown.textContent = String(field.value.trim().length)
  counter?.classList.toggle('over', field.value.trim().length > Number(field.dataset.count))
})

// An open menu closes with Escape or a click elsewhere.
const menu = document.querySelector('details.me')
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') menu?.removeAttribute('open')
})
document.addEventListener('click', event => {
  if (event.target instanceof Node && !menu?.contains(event.target)) menu?.removeAttribute('open')
})

// Pages that read codes with the camera load the script for it.
const scanning = document.querySelector('[data-scan]')
if (scanning instanceof HTMLElement) {
  void import('./scan.js').then(({ offerScanning }) => offerScanning(scanning))
}

// On a narrow screen the navigation is wider than the page: the section one is in must be seen. Not
// `scrollIntoView`: the keyboard would then begin there instead of at the top.
const sections = document.querySelector('.sections')
const current = sections?.querySelector('[aria-current]')
if (sections && current instanceof HTMLElement) {
  sections.scrollLeft = current.offsetLeft - (sections.clientWidth - current.offsetWidth) / 2
}

// A part of the page that can't be fetched stays as it was; whoever asked for it is told.
document.addEventListener('htmx:response:error', event => {
  if (!(event instanceof CustomEvent) || event.detail?.ctx?.response?.status === 422) return
  const said =
    document.querySelector('#failed') ??
    document.querySelector('main')?.insertAdjacentElement('afterbegin', failure())
  if (said) said.textContent = document.body.dataset.failed ?? ''
})

function failure() {
  const said = document.createElement('p')
  said.id = 'failed'
  said.className = 'problem'
  said.setAttribute('role', 'alert')
  return said
}
