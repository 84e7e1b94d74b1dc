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
  /** What somebody left by taking part: so long at most it is tied to them. */
  participation: 730,
} as const
