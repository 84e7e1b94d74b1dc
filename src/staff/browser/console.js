// What pages of the console need a script for. Without it everything still works, unasked and unwarned.

// A form may ask before it is sent.
document.addEventListener('submit', event => {
  const form = event.target
  const question = form instanceof HTMLFormElement ? form.dataset.confirm : undefined
  if (question && !confirm(question)) event.preventDefault()
})

// What was typed is not lost by a click elsewhere.
let unsaved = false
document.addEventListener('input', event => {
  const form = event.target instanceof Element ? event.target.closest('form') : null
  if (form instanceof HTMLFormElement && form.dataset.keep !== undefined) unsaved = true
})
document.addEventListener('submit', event => {
  if (!event.defaultPrevented) unsaved = false
})
addEventListener('beforeunload', event => {
  if (unsaved) event.preventDefault()
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
