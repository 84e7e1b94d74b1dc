// QR codes: as markup for pages, as a picture for chats and documents.
import { toBuffer, toString as toText } from 'qrcode'
import { type Html, unsafe } from './html/html.ts'

/** The text as an SVG element; whoever shows it says beside it what it is. */
export async function qrSvg(text: string): Promise<Html> {
  return unsafe(await toText(text, { type: 'svg', margin: 1 }))
}

/** The text as a PNG with a quiet edge, `width` pixels wide. */
export function qrPng(text: string, width = 480): Promise<Buffer> {
  return toBuffer(text, { width, margin: 2 })
}
