// The rights to see and to erase, for proposals. Erasing takes everything, published or not; when the time of the
// consent is over, what was published stays without its author.
import type { Translated } from '../../core/model/poll.ts'
import { textIn } from '../../core/model/poll.ts'
import type { ProposalState } from '../../core/model/proposal.ts'
import { asIs, channel, moment, type PersonalTable } from '../../people/index.ts'
import { categoryName } from './messages.ts'
import { shownReference } from './tokens.ts'

export const proposalTable: PersonalTable<{
  reference: string
  category: string
  text: string | null
  community: string | null
  state: ProposalState
  answer: Translated | null
  published: string | null
  photo: boolean
  channel: string
  created_at: Date
  changed_at: Date
}> = {
  table: 'proposal',
  title: 'data.proposal.title',
  columns: {
    reference: { label: 'data.proposal.reference', say: shownReference },
    category: { label: 'data.proposal.category', say: (category, { t }) => categoryName(category, t) },
    text: { label: 'data.proposal.text', say: text => text ?? '' },
    community: {
      label: 'data.vote.community',
      say: (id, { content, write }) =>
        write(content.communities.find(known => known.id === id)?.name || (id ?? '')),
    },
    state: { label: 'data.proposal.state', say: (state, { t }) => t(`feedback.state.${state}`) },
    answer: {
      label: 'data.proposal.answer',
      say: (answer, { language }) => (answer ? textIn(answer, language) : ''),
    },
    published: { ...asIs('data.proposal.published'), say: text => text ?? '' },
    photo: { label: 'data.proposal.photo', say: (has, { t }) => t(has ? 'answer.yes' : 'answer.no') },
    channel: channel('data.channel.title'),
    created_at: moment('data.proposal.created'),
    changed_at: moment('data.vote.changed'),
  },
  export: (sql, personId) => sql`
    SELECT reference, category, text, community, state, answer, published,
      photo_id IS NOT NULL OR photo_ref IS NOT NULL AS photo, channel, created_at, changed_at
    FROM proposal WHERE person_id = ${personId} ORDER BY id`,
  async erase(sql, personId) {
    await sql`DELETE FROM proposal WHERE person_id = ${personId}`
  },
  async expire(sql, before) {
    await sql`
      WITH untied AS (
        UPDATE proposal SET person_id = NULL, text = NULL, community = NULL, photo_ref = NULL,
          photo_id = CASE WHEN photo_published THEN photo_id END,
          created_at = date_trunc('day', created_at, 'UTC'), changed_at = date_trunc('day', changed_at, 'UTC')
        FROM (SELECT id AS old_id, photo_id AS old_photo FROM proposal
          WHERE person_id IS NOT NULL AND created_at < ${before}) old
        WHERE id = old.old_id RETURNING old.old_photo, photo_published
      ), kept AS (
        UPDATE media SET person_id = NULL FROM untied WHERE media.id = untied.old_photo AND untied.photo_published
      )
      DELETE FROM media USING untied WHERE media.id = untied.old_photo AND NOT untied.photo_published`
  },
  async move(sql, from, to) {
    await sql`UPDATE proposal SET person_id = ${to} WHERE person_id = ${from}`
  },
}
