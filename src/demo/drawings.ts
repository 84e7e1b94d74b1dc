// Pictures that people of the demo send along: plain shapes, so that they are nobody’s.
import sharp from 'sharp'
import type { FetchedFile } from '../channels/channel.ts'

export type Drawing = 'lamp' | 'bench' | 'crossing' | 'bins'

const SHAPES: Record<Drawing, string> = {
  lamp: `<rect width="800" height="600" fill="#1d2b46"/><rect y="470" width="800" height="130" fill="#333a45"/>
    <circle cx="640" cy="110" r="44" fill="#e8e4cf"/><rect x="240" y="150" width="16" height="330" fill="#0d1320"/>
    <path d="M248 150h110v22H248z" fill="#0d1320"/><path d="M330 172h56l-10 34h-36z" fill="#5b6270"/>`,
  bench: `<rect width="800" height="600" fill="#bcd9e8"/><rect y="380" width="800" height="220" fill="#7da35a"/>
    <circle cx="170" cy="220" r="120" fill="#4f7f46"/><rect x="156" y="320" width="28" height="110" fill="#6b4a2f"/>
    <rect x="330" y="330" width="330" height="26" fill="#8a5a33"/><path d="M330 400h190l-24 26H330z" fill="#8a5a33"/>
    <path d="M350 300h22v190h-22zM620 300h22v190h-22z" fill="#444"/>`,
  crossing: `<rect width="800" height="600" fill="#c9d3d8"/><rect y="240" width="800" height="360" fill="#4a4d52"/>
    <path d="M60 260h80v320H60zM220 260h80v320h-80zM380 260h80v150h-80zM540 470h80v110h-80z" fill="#d9d9d2"/>
    <rect x="690" y="60" width="14" height="190" fill="#666"/><rect x="650" y="50" width="94" height="94" fill="#2a62a8"/>`,
  bins: `<rect width="800" height="600" fill="#d6cfc2"/><rect y="430" width="800" height="170" fill="#8f8b84"/>
    <path d="M110 230h180v220H110zM330 230h180v220H330z" fill="#39754a"/><path d="M96 200h208v34H96zM316 200h208v34H316z" fill="#2c5b39"/>
    <path d="M560 400l50-70 60 40 30 90H570z" fill="#33343a"/><circle cx="720" cy="430" r="34" fill="#55565d"/>`,
}

/** The picture behind a reference, as if the platform had kept it. */
export async function fetchDrawing(ref: string): Promise<FetchedFile> {
  const shapes = Object.entries(SHAPES).find(([name]) => name === ref)?.[1]
  if (!shapes) return { status: 'refused', reason: 'gone' }
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600">${shapes}</svg>`
  return { status: 'fetched', bytes: await sharp(Buffer.from(drawn)).jpeg().toBuffer() }
}
