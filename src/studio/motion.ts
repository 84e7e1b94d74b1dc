// How things come and go: calm, eased, nothing flashes.

/** Where a scene stands. Seconds are counted from its beginning. */
export type Clock = {
  t: number
  /** When each caption begins. */
  beats: readonly number[]
  /** When the scene ends. */
  end: number
}

/** From 0 to 1 in `seconds`, beginning at `start`; slow at both ends. */
export function gently({ t }: Pick<Clock, 't'>, start: number, seconds = 0.6): number {
  const share = Math.min(1, Math.max(0, (t - start) / seconds))
  return share * share * (3 - 2 * share)
}

/** From 0 to 1, fast first: for what arrives. */
export function arriving({ t }: Pick<Clock, 't'>, start: number, seconds = 0.55): number {
  const share = Math.min(1, Math.max(0, (t - start) / seconds))
  return 1 - (1 - share) ** 3
}

/** A swing moves so slowly that every third frame is enough; the others cost no bytes. */
const SWING_STEP_S = 0.12

/** A slow swing between -1 and 1. */
export function swing({ t }: Pick<Clock, 't'>, seconds = 4, offset = 0): number {
  const at = Math.floor(t / SWING_STEP_S) * SWING_STEP_S
  return Math.sin(((at + offset) / seconds) * 2 * Math.PI)
}

/** Between things that come with the same caption. */
const STAGGER_S = 0.5
/** The first thing waits until the scene has come in. */
const FIRST_S = 0.45

/**
 * When each of `count` things comes. `on` names the caption each comes with; without it, one comes per
 * caption if there are as many, else they are spread over the first two thirds of the scene.
 */
export function arrivals({ beats, end }: Clock, count: number, on?: readonly number[]): number[] {
  if (on) return withBeats(beats, on.slice(0, count))
  if (count <= beats.length) return withBeats(beats, [...Array(count).keys()])
  const span = Math.max(0, end * 0.66 - FIRST_S)
  return Array.from({ length: count }, (_, index) => FIRST_S + (index * span) / Math.max(1, count - 1))
}

function withBeats(beats: readonly number[], on: readonly number[]): number[] {
  return on.map((beat, index) => {
    const earlier = on.slice(0, index).filter(other => other === beat).length
    return Math.max(FIRST_S, (beats[beat] ?? 0) + 0.15) + earlier * STAGGER_S
  })
}
