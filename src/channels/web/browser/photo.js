// The button for a picture: chosen, it is sent at once. Without a script the page's form sends it.

/**
 * @param {{input: HTMLInputElement, url: string, onSending: () => void,
 *   onSent: (id: string, name: string) => void, onRefused: (problem: string) => void}} options
 */
export function createPhotoButton({ input, url, onSending, onSent, onRefused }) {
  async function send() {
    const file = input.files?.[0]
    if (!file) return
    const id = crypto.randomUUID()
    const body = new FormData()
    // The text before the file, so that the server reads it first.
    body.append('id', id)
    body.append('photo', file)
    input.value = ''
    onSending()
    try {
      const response = await fetch(url, { method: 'POST', headers: { accept: 'application/json' }, body })
      if (response.ok) return onSent(id, file.name)
      const problem = await response.json().catch(() => ({}))
      onRefused(String(problem.detail ?? ''))
    } catch {
      onRefused('')
    }
  }

  input.addEventListener('change', send)
}
