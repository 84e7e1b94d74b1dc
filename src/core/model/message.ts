// What the bot says, before any channel renders it. The kinds and fields are the public contract.

export type Span = { from: number; to: number; style: 'bold' | 'italic' | 'link'; href?: string }

/** A button either comes back as a token (≤ 24 ASCII characters) or opens a link. */
export type Button = { label: string; token: string } | { label: string; href: string }

export type Block =
  | { kind: 'text'; text: string; spans?: Span[] }
  | { kind: 'card'; text: string; title: string; body?: string; imageUrl?: string; buttons?: Button[] }
  | { kind: 'list'; text: string; items: { title: string; body?: string; token?: string }[] }
  | {
      kind: 'video'
      text: string
      mediaId: string
      url: string
      posterUrl: string
      seconds: number
      bytes: number
      captionsUrl: string
      title: string
    }
  | { kind: 'image'; text: string; mediaId: string; url: string; alt: string }
  | { kind: 'file'; text: string; mediaId: string; url: string; name: string; bytes: number }
  | { kind: 'location'; text: string; lat: number; lon: number; label: string }
  | {
      kind: 'calendar'
      text: string
      id: string
      title: string
      start: string
      end: string
      place: string
      icsUrl: string
    }
  | {
      kind: 'poll'
      text: string
      id: string
      question: string
      options: { token: string; label: string }[]
      multi: boolean
      closesAt: string
    }

/** A file to fetch, under its name. */
export function fileBlock(file: { mediaId: string; url: string; name: string; bytes: number }): Block {
  return { kind: 'file', text: file.name, ...file }
}

/** One message to one address. `buttons` belong to the message as a whole. */
export type Outbound = { blocks: Block[]; buttons: Button[] }

/** What answers a message besides its own buttons: the options of its polls. A typed number counts them first. */
export function pollOptions(blocks: readonly Block[]): { token: string; label: string }[] {
  return blocks.flatMap(block => (block.kind === 'poll' ? block.options : []))
}

/** The longest token that every channel carries unchanged (Telegram: 64 bytes, deep links: 64 characters). */
export const TOKEN_MAX = 24
