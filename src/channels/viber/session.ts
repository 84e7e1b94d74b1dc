// What a message costs. Within a session, which a person opens by writing, messages are free; those the
// bot sends outside of one are paid for. The welcome is free. Source: Viber's commercial model for bots
// since 5 February 2024, https://help.viber.com. What it says of each message it took (billing_status,
// https://creators.viber.com/docs/bots-api/resources/messaging/send-message): 0 to 2 free as within a
// session, 3 and 4 free outside of one, 5 paid for.

/** A session lasts a day from the person's last message. */
export const SESSION_MS = 24 * 3_600_000

/** Whether a message sent now (ms) is free. `lastInboundAt` (ms): when the person last wrote, if ever. */
export function isSessionOpen(lastInboundAt: number | undefined, now: number): boolean {
  return lastInboundAt !== undefined && now - lastInboundAt < SESSION_MS
}
