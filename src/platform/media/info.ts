// What is known about a file without reading it, and where it is served.

/** A file that can be sent or shown. */
export type MediaInfo = {
  id: string
  name: string
  mime: string
  /** Its size. */
  bytes: number
  /** Of the bytes, in hexadecimal. */
  sha256: string
  seconds?: number
  width?: number
  height?: number
  /** The still of a video, a file of its own. */
  thumbnailId?: string
  /** Whose file it is, if somebody's. */
  personId?: string
  expiresAt?: Date
}

/** Positions of bytes, both included. */
export type Range = { from: number; to: number }

/** Where files are. */
export interface MediaSource {
  /** A file that exists and is not expired. */
  find(id: string): Promise<MediaInfo | undefined>
  /**
   * The file or a part of it, in pieces; nothing is read before the first is asked for. Throws when the file
   * has gone since it was found.
   */
  read(info: MediaInfo, range?: Range): AsyncIterable<Uint8Array>
}

/** Somebody's own, or only for a while: no cache shared with others keeps it. */
export function isPersonal({ personId, expiresAt }: MediaInfo): boolean {
  return personId !== undefined || expiresAt !== undefined
}

/** The path under which the file is served; it ends with the name, and so with the ending of its type. */
export function urlOf({ id, name }: Pick<MediaInfo, 'id' | 'name'>): string {
  return `/media/${id}/${encodeURIComponent(name)}`
}
