/**
 * Days after which what is kept goes; enforced every night (src/retention.ts), stated by the privacy notice
 * and by the question for consent. What is not named here stays until the person erases it.
 */
export const RETENTION_DAYS = {
  /** Messages sent: long enough to see one's chat again on the web page. */
  outbox: 30,
  /** Numbers of messages received, by which a repeat is recognised; their texts go once answered. */
  inbox: 30,
  /** Who got which announcement; afterwards it is only counted. */
  delivery: 365,
  /** Questions nobody could answer, redacted and without identity. */
  miss: 90,
  /** A question sent to the city, after it was closed or its asker stopped answering. */
  case: 365,
  /** What somebody left by taking part: so long at most it is tied to them. */
  participation: 730,
} as const

export type Kept = keyof typeof RETENTION_DAYS

/**
 * What staff may choose. The law names no days, but says: not longer than needed. Less than the least would
 * break what people were promised or what recognises a repeat; more than the most nobody could explain.
 */
export const RETENTION_LIMITS: Record<Kept, { least: number; most: number }> = {
  outbox: { least: 7, most: 90 },
  inbox: { least: 7, most: 90 },
  miss: { least: 30, most: 180 },
  case: { least: 90, most: 1825 },
  delivery: { least: 90, most: 1825 },
  participation: { least: 90, most: 1825 },
}
