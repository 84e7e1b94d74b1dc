// Finding guides, deadlines and questions in the content.
import type { ChooserQuestion, Content, Guide, GuideDeadline } from '../../core/model/content.ts'

/** The guide a button means. */
export function guideByCode({ guides }: Content, code: string): Guide | undefined {
  return guides.find(guide => guide.code === code)
}

export function guideById({ guides }: Content, id: string): Guide | undefined {
  return guides.find(guide => guide.id === id)
}

export function deadlineOf(guide: Guide | undefined, deadlineId: string): GuideDeadline | undefined {
  return guide?.deadlines.find(({ id }) => id === deadlineId)
}

/** The question with this id; an empty id is the first one. */
export function questionById({ chooser }: Content, id: string): ChooserQuestion | undefined {
  return chooser.questions.find(question => question.id === (id || chooser.start))
}
