// The types of files we keep and show: how their names end, and how their bytes begin.

type Kind = {
  /** The first is added to a name that has none of them. */
  endings: readonly string[]
  /** Shown in place; anything else is only ever saved, so that no file can act as a page of ours. */
  shown: boolean
  /** Whether bytes can be of this type; the beginning of a file is enough. */
  fits(head: Buffer): boolean
}

const KINDS: Readonly<Record<string, Kind>> = {
  'image/png': { endings: ['png'], shown: true, fits: startsWith('\x89PNG\r\n\x1a\n') },
  'image/jpeg': { endings: ['jpg', 'jpeg'], shown: true, fits: startsWith('\xff\xd8\xff') },
  'image/gif': { endings: ['gif'], shown: true, fits: head => /^GIF8[79]a/.test(latin(head, 0, 6)) },
  'image/webp': {
    endings: ['webp'],
    shown: true,
    fits: head => /^RIFF.{4}WEBP/s.test(latin(head, 0, 12)),
  },
  'video/mp4': { endings: ['mp4'], shown: true, fits: head => latin(head, 4, 8) === 'ftyp' },
  'text/vtt': {
    endings: ['vtt'],
    shown: true,
    fits: head => /^\ufeff?WEBVTT(\s|$)/.test(textOf(head) ?? ''),
  },
  'application/pdf': { endings: ['pdf'], shown: false, fits: startsWith('%PDF-') },
  'text/plain': { endings: ['txt'], shown: false, fits: head => textOf(head) !== undefined },
  'text/csv': { endings: ['csv'], shown: false, fits: head => textOf(head) !== undefined },
  'application/json': {
    endings: ['json'],
    shown: false,
    fits: head => /^\ufeff?\s*[[{]/.test(textOf(head) ?? ''),
  },
}

/** Bytes at the beginning of a file that tell its type and, in most pictures, its size. */
export const HEAD_BYTES = 64 * 1024

/** Whether the bytes are what the type says; `unknown` is a type we don't keep. */
export function judgeType(mime: string, bytes: Uint8Array): 'right' | 'wrong' | 'unknown' {
  const kind = kindOf(mime)
  if (!kind) return 'unknown'
  return kind.fits(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) ? 'right' : 'wrong'
}

/** Whether a browser shows the file in place instead of saving it. */
export function isShown(mime: string): boolean {
  return kindOf(mime)?.shown ?? false
}

/** The type as a header says it: our texts are UTF-8. */
export function contentTypeOf(mime: string): string {
  return /^text\/[^;]+$/.test(mime) ? `${mime}; charset=utf-8` : mime
}

const NAME_MAX = 150

/** A name that every system takes as a file's, with an ending of its type: phones open files by it. */
export function fileName(name: string, mime: string): string {
  const short = name.slice(-NAME_MAX).toWellFormed()
  const clean = short.replace(/[\p{Cc}/\\:*?"<>|]/gu, '_')
  const { endings = [] } = kindOf(mime) ?? {}
  const ends = endings.some(ending => clean.toLowerCase().endsWith(`.${ending}`))
  return ends || !endings[0] ? clean : `${clean || 'file'}.${endings[0]}`
}

function kindOf(mime: string): Kind | undefined {
  return Object.hasOwn(KINDS, mime) ? KINDS[mime] : undefined
}

function startsWith(magic: string): Kind['fits'] {
  return head => latin(head, 0, magic.length) === magic
}

function latin(head: Buffer, from: number, to: number): string {
  return head.toString('latin1', from, to)
}

/** Undefined for what is no text in UTF-8; a character may be cut off at the end. */
function textOf(head: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(head, { stream: true })
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
