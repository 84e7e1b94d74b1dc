// Where everything stands in a frame, in pixels.

export const WIDTH = 720
export const HEIGHT = 1280
export const FPS = 25

/**
 * What no player covers: a title bar and a play button's corner above, a time line and buttons below, the
 * edges of phones that crop a little at the sides.
 */
export const SAFE = { left: 40, right: 680, top: 40, bottom: 1150 } as const

/** Pictures are drawn into this field; their own coordinates begin in its corner. */
export const STAGE = { x: 40, y: 150, width: 640, height: 676 } as const

/** The sheet with the caption, down to the bottom of the frame. */
export const PANEL = { top: 892, teeth: 18, tooth: 36 } as const

/** The caption: at most two lines, the first always at the same height. */
export const CAPTION = { x: 52, width: 616, top: 924, size: 50, smallest: 44, lines: 2, weight: 700 } as const

/** The law under the caption. */
export const LAW = { x: 52, width: 590, top: 1066, size: 25, smallest: 22, lines: 2, weight: 400 } as const

/** The line above the stage: who speaks, and about what. */
export const HEADER = { x: 48, right: 672, bar: 48, barHeight: 8, gap: 8, text: 100 } as const

/** Stills show the stage alone, since the words go along as text. */
export const STILL = { top: 132, height: 720, width: 432 } as const

/** The thumbnail chats show before a clip is loaded. */
export const THUMBNAIL = { width: 180, height: 320, bytesMax: 100_000 } as const
