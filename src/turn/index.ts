// What others may use of the turn.
export type { EffectHandlers, Loaders } from './handlers.ts'
export { type Chat, createIntake } from './intake.ts'
export { createTurns, type Produced, type Turns } from './turns.ts'
