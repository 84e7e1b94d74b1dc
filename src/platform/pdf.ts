// PDF documents with the fonts of our pictures, Latin and Cyrillic. A document holds everything it shows: nothing
// is loaded from the network or from other files.
import { createRequire } from 'node:module'
import { FONT_FILES } from './charts/png.ts'

type Style = {
  fontSize?: number
  bold?: boolean
  color?: string
  lineHeight?: number
  characterSpacing?: number
  alignment?: 'left' | 'center' | 'right'
  /** Left, top, right, bottom; in points like every length. */
  margin?: [number, number, number, number]
  pageBreak?: 'before' | 'after'
  unbreakable?: boolean
  width?: number | 'auto' | '*'
}

/** What a document is made of. */
export type Piece =
  | string
  | ({ text: string | Piece[] } & Style)
  | ({ stack: Piece[] } & Style)
  | ({ columns: Piece[]; columnGap?: number } & Style)
  | ({ svg: string; fit: [number, number] } & Style)
  | ({
      table: { headerRows?: number; widths: (number | 'auto' | '*')[]; body: Piece[][] }
      layout?: 'lightHorizontalLines' | 'noBorders'
    } & Style)

export type PdfDocument = {
  content: Piece[]
  pageMargins?: [number, number, number, number]
  footer?: Piece
  info?: { title: string }
}

/** As far as it is used here; the package's own types bring those of the browser along. */
interface PdfMaker {
  setFonts(fonts: Record<string, Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>): void
  setUrlAccessPolicy(allows: (url: string) => boolean): void
  setLocalAccessPolicy(allows: (path: string) => boolean): void
  createPdf(document: object): { getBuffer(): Promise<Buffer> }
}

let maker: PdfMaker | undefined

/** Loaded with the first document: most processes never print one. */
function pdfMaker(): PdfMaker {
  if (maker) return maker
  const loaded: PdfMaker = createRequire(import.meta.url)('pdfmake')
  const [normal = '', bold = ''] = FONT_FILES
  loaded.setFonts({ Noto: { normal, bold, italics: normal, bolditalics: bold } })
  loaded.setUrlAccessPolicy(() => false)
  loaded.setLocalAccessPolicy(file => FONT_FILES.includes(file))
  maker = loaded
  return loaded
}

/** The document's bytes, on A4. */
export function pdfOf(document: PdfDocument): Promise<Buffer> {
  const defaultStyle = { font: 'Noto', fontSize: 12, lineHeight: 1.2 }
  return pdfMaker()
    .createPdf({ pageSize: 'A4', defaultStyle, ...document })
    .getBuffer()
}
