// The chat in another site's page, where this line stands:
//   <script src="https://…/embed.js" data-lang="sr-Cyrl" data-height="600" async></script>
// `data-lang` is the language until the reader chooses another one; without it the page's own. A scope of its
// own, because the page may use the same names.

;(() => {
  const script = document.currentScript
  if (!(script instanceof HTMLScriptElement)) return
  /** @type {Record<string, {title: string, skip: string}>} */
  const words = JSON.parse('{{words}}')
  const lang = script.dataset.lang || document.documentElement.lang
  const said = words[lang] ?? words[lang.split('-')[0] ?? ''] ?? words.sr
  const height = /^\d+$/.test(script.dataset.height ?? '') ? `${script.dataset.height}px` : '38rem'

  const frame = document.createElement('iframe')
  frame.src = new URL(`/?embed=1&prefer=${encodeURIComponent(lang)}`, script.src).href
  frame.title = said?.title ?? ''
  frame.loading = 'lazy'
  frame.style.cssText = `display:block;box-sizing:border-box;width:100%;height:${height};max-height:85vh;border:1px solid #d9d2c3;border-radius:12px`

  // Whoever goes by keyboard need not walk through the whole chat. Styled by hand, as the page's policy may
  // forbid style sheets; seen while it has the focus.
  const end = document.createElement('span')
  end.tabIndex = -1
  const skip = document.createElement('button')
  skip.type = 'button'
  skip.textContent = said?.skip ?? ''
  skip.style.cssText =
    'all:initial;position:absolute;top:8px;left:8px;padding:12px 16px;border-radius:8px;background:#0e5b60;color:#fff;font:600 16px/1.25 sans-serif;cursor:pointer;clip-path:inset(50%)'
  skip.onfocus = () => {
    skip.style.clipPath = 'none'
    skip.style.outline = '3px solid #a8451f'
  }
  skip.onblur = () => {
    skip.style.clipPath = 'inset(50%)'
  }
  skip.onclick = () => end.focus()

  const place = document.createElement('div')
  place.style.cssText = 'position:relative;max-width:46rem'
  place.append(skip, frame, end)
  script.after(place)
})()
