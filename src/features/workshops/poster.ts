// What is printed: the poster that invites, and the sheets for the door.
import type { Translate } from '../../core/model/topic.ts'
import { type LocalText, textIn } from '../../core/model/workshop.ts'
import { type Piece, pdfOf } from '../../platform/pdf.ts'
import { qrSvg } from '../../platform/qr.ts'
import type { RegistrationRow } from './registrations.ts'
import type { WorkshopRecord } from './store.ts'
import { doorPayload, linkPayload } from './tokens.ts'
import { deepLinks, languageWords, placeWords, type Speaker, whenWords } from './words.ts'

const PETROL = '#0e5b60'
const QUIET = '#56625f'

export type Printing = {
  speaker: Speaker
  /** Brings Serbian texts into the reader's script. */
  inScript(text: string): string
  publicUrl: string
}

/** An A4 poster with everything one must know, and a picture that opens the workshop. */
export async function posterOf(workshop: WorkshopRecord, printing: Printing): Promise<Buffer> {
  const { speaker, inScript, publicUrl } = printing
  const { content } = speaker
  const say = sayer(printing)
  const text = (local: LocalText) => inScript(textIn(local, speaker.language))
  const link = deepLinks(content.city, publicUrl, linkPayload(workshop.id)).web
  return pdfOf({
    pageMargins: [48, 48, 48, 40],
    info: { title: text(workshop.title) },
    content: [
      top(printing, say('workshopPrint.workshop')),
      {
        text: text(workshop.title),
        fontSize: titleSize(text(workshop.title)),
        bold: true,
        lineHeight: 1.1,
        margin: [0, 18, 0, 18],
      },
      { text: inScript(whenWords(workshop, speaker)), fontSize: 22, bold: true, color: PETROL },
      { text: inScript(placeWords(workshop, speaker)), fontSize: 20, margin: [0, 4, 0, 16] },
      paragraph(text(workshop.description)),
      labelled(say('workshop.agenda'), text(workshop.agenda)),
      labelled(say('workshop.accessibility'), text(workshop.accessibility)),
      labelled(say('workshop.spoken'), inScript(languageWords(workshop.languages, speaker.t))),
      {
        columns: [
          { svg: String(await qrSvg(link)), fit: [190, 190], width: 200 },
          {
            stack: [
              { text: say('workshopPrint.signUp'), fontSize: 18, bold: true },
              { text: say('workshopPrint.scan'), margin: [0, 6, 0, 6] },
              { text: link, color: PETROL },
              { text: say('workshopPrint.anywhere', { number: workshop.id }), margin: [0, 6, 0, 0] },
            ],
          },
        ],
        columnGap: 20,
        margin: [0, 22, 0, 0],
        unbreakable: true,
      },
    ],
    footer: footer(say('workshopPrint.bot')),
  })
}

/** A long title still fits. */
function titleSize(title: string): number {
  if (title.length > 80) return 26
  return title.length > 40 ? 32 : 40
}

/** The sheet that hangs at the door, and the list for whoever stands there. */
export async function doorSheetOf(
  workshop: WorkshopRecord,
  registrations: readonly RegistrationRow[],
  printing: Printing,
): Promise<Buffer> {
  const { speaker, inScript, publicUrl } = printing
  const say = sayer(printing)
  const title = inScript(textIn(workshop.title, speaker.language))
  const link = deepLinks(speaker.content.city, publicUrl, doorPayload(workshop.id, workshop.doorCode)).web
  return pdfOf({
    pageMargins: [48, 48, 48, 40],
    info: { title },
    content: [
      top(printing, say('workshopPrint.door')),
      { text: title, fontSize: 26, bold: true, margin: [0, 14, 0, 4] },
      { text: inScript(whenWords(workshop, speaker)), fontSize: 16 },
      { text: say('workshopPrint.here'), fontSize: 20, margin: [0, 36, 0, 12], alignment: 'center' },
      {
        text: workshop.doorCode,
        fontSize: 96,
        bold: true,
        characterSpacing: 12,
        color: PETROL,
        alignment: 'center',
      },
      { svg: String(await qrSvg(link)), fit: [240, 240], alignment: 'center', margin: [0, 12, 0, 12] },
      { text: say('workshopPrint.hereText'), alignment: 'center' },
      ...list(workshop, registrations, title, say),
    ],
  })
}

function list(
  { capacity }: WorkshopRecord,
  registrations: readonly RegistrationRow[],
  title: string,
  say: Translate,
): Piece[] {
  const coming = registrations.filter(({ status }) => status !== 'cancelled' && status !== 'waiting')
  const seats = coming.reduce((sum, { guests }) => sum + guests + 1, 0)
  const head = ['number', 'code', 'seats', 'state', 'came'] as const
  const rows = coming.map(({ id, code, guests, status }) => [
    id,
    { text: code ?? '', bold: true, characterSpacing: 1 },
    String(guests + 1),
    say(`workshop.status.${status}`),
    '',
  ])
  return [
    { text: title, fontSize: 16, bold: true, pageBreak: 'before', margin: [0, 0, 0, 4] },
    { text: say('workshopPrint.listText', { seats, capacity }), color: QUIET, margin: [0, 0, 0, 10] },
    {
      table: {
        headerRows: 1,
        widths: ['auto', 'auto', 'auto', '*', 60],
        body: [head.map(name => ({ text: say(`workshopPrint.${name}`), bold: true })), ...rows],
      },
      layout: 'lightHorizontalLines',
    },
  ]
}

/** Sentences in the reader's script. */
function sayer({ speaker, inScript }: Printing): Translate {
  return (key, values) => inScript(speaker.t(key, values))
}

function top({ speaker, inScript }: Printing, what: string): Piece {
  const city = inScript(speaker.content.city.name[speaker.language])
  return { text: `${city} · ${what}`, color: QUIET, fontSize: 14 }
}

function footer(text: string): Piece {
  return { text, color: QUIET, fontSize: 10, margin: [48, 8, 48, 0] }
}

function paragraph(text: string): Piece {
  return { text, margin: [0, 0, 0, text ? 8 : 0] }
}

function labelled(label: string, text: string): Piece {
  if (!text) return ''
  const between = text.includes('\n') ? '\n' : ' '
  return { text: [{ text: `${label}${between}`, bold: true }, text], margin: [0, 0, 0, 8] }
}
