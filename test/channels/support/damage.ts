import fc from 'fast-check'

/** Bodies with bytes changed wherever they stand, cut short, or replaced by any JSON. */
export function damagedBodies(bodies: readonly string[]): fc.Arbitrary<string | Buffer> {
  const body = fc.constantFrom(...bodies)
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 6,
  })
  const damaged = fc.tuple(body, changes).map(([text, list]) => {
    const bytes = Buffer.from(text)
    for (const [at, byte] of list) bytes[at % bytes.length] = byte
    return bytes
  })
  const cut = fc.tuple(body, fc.nat()).map(([text, at]) => text.slice(0, at % text.length))
  return fc.oneof(damaged, cut, fc.json())
}
