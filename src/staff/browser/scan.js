// Reads QR codes with the camera and sends what they say as if it had been typed. Only where the browser itself
// can read codes; elsewhere the section stays hidden and people type.

/** @typedef {{detect(source: HTMLVideoElement): Promise<{rawValue: string}[]>}} Detector */

const LOOK_EVERY_MS = 250
/** The same code is still held before the camera. */
const SAME_FOR_MS = 4000

/** @param {HTMLElement} section The part of the page with the camera. */
export function offerScanning(section) {
  /** @type {(new (options: {formats: string[]}) => Detector) | undefined} */
  const BarcodeDetector = Reflect.get(window, 'BarcodeDetector')
  const start = section.querySelector('[data-scan-start]')
  if (!BarcodeDetector || !navigator.mediaDevices || !(start instanceof HTMLElement)) return
  const detector = new BarcodeDetector({ formats: ['qr_code'] })
  section.hidden = false
  start.addEventListener('click', async () => {
    const video = await openCamera(section)
    if (!video) return
    start.hidden = true
    watch(detector, video)
  })
}

/** @param {HTMLElement} section */
async function openCamera(section) {
  const video = section.querySelector('[data-scan-video]')
  if (!(video instanceof HTMLVideoElement)) return undefined
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
    await video.play()
    return video
  } catch {
    // Refused, or there is no camera: people type.
    const said = section.querySelector('[data-scan-status]')
    if (said instanceof HTMLElement) said.textContent = said.dataset.blocked ?? ''
    return undefined
  }
}

/**
 * @param {Detector} detector
 * @param {HTMLVideoElement} video
 */
function watch(detector, video) {
  let last = ''
  let seenAt = 0
  setInterval(async () => {
    const [found] = await detector.detect(video).catch(() => [])
    if (!found) return
    const isSame = found.rawValue === last && Date.now() - seenAt < SAME_FOR_MS
    last = found.rawValue
    seenAt = Date.now()
    if (!isSame) send(codeIn(found.rawValue))
  }, LOOK_EVERY_MS)
}

/**
 * Tickets hold a link whose `code` it is.
 * @param {string} text
 */
function codeIn(text) {
  return URL.parse(text)?.searchParams.get('code') ?? text
}

/** @param {string} code */
function send(code) {
  const form = document.querySelector('[data-scan-form]')
  const field = form?.querySelector('input[name=code]')
  if (!(form instanceof HTMLFormElement) || !(field instanceof HTMLInputElement)) return
  field.value = code
  form.requestSubmit()
}
