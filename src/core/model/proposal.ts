// What people propose to the city.
import type { Translated } from './poll.ts'

export const PROPOSAL_STATES = ['received', 'passed', 'answered', 'declined'] as const
export type ProposalState = (typeof PROPOSAL_STATES)[number]

/** What a person sends; the picture is fetched afterwards. */
export type NewProposal = {
  category: string
  text: string
  community?: string
  photo?: { ref: string }
}

/** One of the person's own proposals. */
export type ProposalItem = {
  reference: string
  category: string
  text: string
  state: ProposalState
  /** An ISO day. */
  day: string
  /** An id of the departments. */
  department?: string
  /** An id of the moderation reasons. */
  reason?: string
  answer?: Translated
  isPublished: boolean
}
