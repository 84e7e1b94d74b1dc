// What an error of a request tells about the request: whether it can have arrived.

type SystemError = { code?: unknown; syscall?: unknown; cause?: unknown; errors?: unknown[] }

/** No address, no connection or no trusted certificate: nothing of the request was sent. */
export function neverLeft(error: unknown): boolean {
  const { code, syscall, cause, errors } = systemError(error)
  // All addresses of a host were tried.
  if (errors?.length) return errors.every(neverLeft)
  if (syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT') return true
  if (/CERT|^ERR_TLS|^ERR_SSL|UNABLE_TO_VERIFY/.test(String(code))) return true
  return cause !== undefined && neverLeft(cause)
}

/** The system's code of an error or of what caused it, for a log: `ECONNRESET`. */
export function codeOf(error: unknown): string | undefined {
  const { code, cause } = systemError(error)
  return typeof code === 'string' ? code : cause === undefined ? undefined : codeOf(cause)
}

function systemError(error: unknown): SystemError {
  return typeof error === 'object' && error !== null ? (error as SystemError) : {}
}
