// Draws the comparison of the matcher with other engines as an SVG that a README can show.

export type Bar = { name: string; share: number; medianUs: number }

const WIDTH = 720
const ROW = 44
const LEFT = 190
const SCALE = 330

/** One group of bars per set of questions: share of right first answers, and the median time beside it. */
export function comparisonPicture(groups: readonly { title: string; bars: readonly Bar[] }[]): string {
  let y = 16
  const parts: string[] = []
  for (const { title, bars } of groups) {
    parts.push(`<text x="16" y="${y + 18}" class="title">${title}</text>`)
    y += 34
    for (const [index, { name, share, medianUs }] of bars.entries()) {
      const length = Math.round(share * SCALE)
      const label = `${(share * 100).toFixed(1)} %  ·  ${time(medianUs)}`
      parts.push(
        `<text x="${LEFT - 12}" y="${y + 21}" text-anchor="end">${name}</text>`,
        `<rect x="${LEFT}" y="${y + 4}" width="${length}" height="24" rx="3" class="${index === 0 ? 'ours' : 'other'}"/>`,
        `<text x="${LEFT + length + 10}" y="${y + 21}">${label}</text>`,
      )
      y += ROW - 10
    }
    y += 14
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" role="img" aria-label="Right first answers and median time of four engines">
<style>text{font:14px system-ui,sans-serif;fill:#1f2a2c}.title{font-weight:700}.ours{fill:#0f5e63}.other{fill:#c9b89b}</style>
<rect width="${WIDTH}" height="${y}" fill="#fffdf8"/>
${parts.join('\n')}
</svg>
`
}

function time(us: number): string {
  return us < 1000 ? `${Math.round(us)} µs` : `${(us / 1000).toFixed(us < 10_000 ? 1 : 0)} ms`
}
