import type { Block, Button } from '../../../src/core/model/message.ts'

/** What a block itself offers to press, besides the buttons of its message. */
export function buttonsOf(block: Block): Button[] {
  switch (block.kind) {
    case 'card':
      return block.buttons ?? []
    case 'poll':
      return block.options
    case 'list':
      return block.items.flatMap(({ title, token }) => (token ? [{ label: title, token }] : []))
    default:
      return []
  }
}
