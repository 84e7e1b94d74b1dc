// The chat in another site's page: <script src="https://…/embed.js" async></script> puts it where the script stands.
const script = document.currentScript
if (script instanceof HTMLScriptElement) {
  const frame = document.createElement('iframe')
  frame.src = new URL('/?embed=1', script.src).href
  frame.title = 'Komšija'
  frame.style.cssText =
    'width:100%;max-width:46rem;height:38rem;max-height:85vh;border:1px solid #d9d2c3;border-radius:12px'
  script.after(frame)
}
