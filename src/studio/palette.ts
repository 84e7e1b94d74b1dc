// The colours of the city's page, and a few beside them. Nothing is drawn in any other.

export const INK = '#1c2829'
export const QUIET = '#56625f'
export const PAPER = '#f5f1e8'
export const SHEET = '#fffdf8'
export const LINE = '#e0d8c7'
export const STONE = '#bfb39b'
export const PETROL = '#0e5b60'
export const DEEP = '#0a4549'
export const LAGOON = '#4c9297'
export const MIST = '#cfe3df'
export const CLAY = '#a8451f'
export const BRICK = '#c65d35'
export const BLUSH = '#eec3a8'
export const OCHRE = '#dca136'
export const HONEY = '#f4d999'
export const LEAF = '#5d8a54'
export const NIGHT = '#173a47'

/** The ground a scene stands on: light, so that ink and petrol read well on each. */
export const TONES = { paper: '#f5f1e8', mint: '#dceae5', sand: '#f5e5cd', rose: '#f6e0d5' } as const
export type Tone = keyof typeof TONES
