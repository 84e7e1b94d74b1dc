// Tells once that the clip of this page was started.
const player = document.querySelector('video[data-clip]')
player?.addEventListener(
  'play',
  () => void fetch(`/clips/${player.dataset.clip}/started`, { keepalive: true }).catch(() => {}),
  { once: true },
)
