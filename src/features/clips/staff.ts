// The clips in the console: what is published, what people do with it, each clip's question and files.

import type { Clip } from '../../core/model/content.ts'
import type { Knowledge } from '../../core/step.ts'
import { barChart } from '../../platform/charts/svg.ts'
import type { Database } from '../../platform/db/database.ts'
import { type Answer, EVERYONE, Refused, type StaffPage, type Visit, withAudit } from '../../staff/index.ts'
import { judge, keepOwnVideo, ownVideos, type Problem, removeOwnVideo, SPOKEN } from './own-videos.ts'
import { clipDetail, clipList } from './staff-views.ts'
import { clipCounts, clipFollowers } from './store.ts'

type Deps = { database: Database; knowledge(): Knowledge; publicUrl: string }

/** Files that are too large are refused with our own sentence up to this size. */
const UPLOAD_MAX = 32 * 1024 * 1024

/** The pages of the section; nothing on them is personal. */
export function clipStaffPages(deps: Deps): StaffPage[] {
  const page = (path: string, handle: (deps: Deps, visit: Visit) => Promise<Answer>): StaffPage => ({
    method: 'GET',
    path: `/console/clips${path}`,
    section: 'clips',
    roles: EVERYONE,
    handle: visit => handle(deps, visit),
  })
  const change = (path: string, handle: (deps: Deps, visit: Visit) => Promise<Answer>): StaffPage => ({
    ...page(path, handle),
    method: 'POST',
    roles: ['editor'],
    uploadMax: UPLOAD_MAX,
  })
  return [
    page('', showList),
    page('/chart.svg', showChart),
    page('/:id', showClip),
    change('/:id/video', takeVideo),
    change('/:id/video/remove', removeVideo),
  ]
}

async function showList({ database, knowledge }: Deps, visit: Visit): Promise<Answer> {
  const { clips } = knowledge().content
  const counts = await clipCounts(database.sql)
  const followers = await clipFollowers(
    database.sql,
    clips.map(({ id }) => id),
  )
  const body = clipList(visit, clips, counts, followers)
  return { kind: 'page', title: visit.t('console.section.clips'), body, wide: true }
}

async function showClip(
  { database, knowledge, publicUrl }: Deps,
  visit: Visit,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const clip = clipOf(knowledge(), visit)
  if (!clip) return { kind: 'missing' }
  const counts = (await clipCounts(database.sql)).get(clip.id)
  const own = await ownVideos(database.sql)
  const title = visit.inScript(clip.texts[visit.contentLanguage].title)
  const body = clipDetail(visit, clip, { counts, publicUrl, own, problems })
  return { kind: 'page', title, body, status: problems.length ? 422 : 200 }
}

function clipOf({ content }: Knowledge, { params }: Visit): Clip | undefined {
  return content.clips.find(({ id }) => id === params.id)
}

/** A video of the city's own takes the place of the rendered one, if every chat can show it. */
async function takeVideo(deps: Deps, visit: Visit): Promise<Answer> {
  const clip = clipOf(deps.knowledge(), visit)
  const variant = SPOKEN.find(variant => variant === visit.form.variant)
  if (!clip || !variant) return { kind: 'missing' }
  const bytesOf = (field: string) =>
    visit.uploads.find(upload => upload.field === field)?.bytes ?? Buffer.alloc(0)
  const chosen = { video: bytesOf('video'), captions: bytesOf('captions'), still: bytesOf('still') }
  const { problems, seconds } = judge(chosen)
  if (problems.length) return showClip(deps, visit, problems)
  await withAudit(deps.database, visit.account.email, async (sql, note) => {
    await keepOwnVideo(sql, { clipId: clip.id, variant, chosen, now: visit.now })
    const details = { variant, seconds, bytes: chosen.video.length }
    await note({ action: 'clips.video', target: `clip ${clip.id}`, details })
  })
  return { kind: 'redirect', to: `/console/clips/${clip.id}`, done: 'console.clips.done.video' }
}

async function removeVideo(deps: Deps, visit: Visit): Promise<Answer> {
  const clip = clipOf(deps.knowledge(), visit)
  const variant = SPOKEN.find(variant => variant === visit.form.variant)
  if (!clip || !variant) return { kind: 'missing' }
  const outcome = await withAudit(deps.database, visit.account.email, async (sql, note) => {
    if (!(await removeOwnVideo(sql, clip.id, variant))) return new Refused('gone')
    await note({ action: 'clips.video-remove', target: `clip ${clip.id}`, details: { variant } })
    return undefined
  })
  if (outcome instanceof Refused) return { kind: 'missing' }
  return { kind: 'redirect', to: `/console/clips/${clip.id}`, done: 'console.clips.done.removed' }
}

async function showChart(
  { database, knowledge }: Deps,
  { t, contentLanguage, inScript }: Visit,
): Promise<Answer> {
  const counts = await clipCounts(database.sql)
  const bars = knowledge().content.clips.map(({ id, order, texts }) => {
    const { answered = 0, correct = 0 } = counts.get(id) ?? {}
    const label = `${order}. ${inScript(texts[contentLanguage].title)}`
    return { label, value: answered, note: `${answered} (${t('console.clips.correct')}: ${correct})` }
  })
  const bytes = barChart({ title: t('console.clips.chart'), bars })
  return { kind: 'file', name: 'clips.svg', mime: 'image/svg+xml', bytes, inline: true }
}
