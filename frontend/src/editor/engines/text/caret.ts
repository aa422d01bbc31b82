/** Returns the place in a document under a point of its window; `null` if there is none. */
export function caretAt(owner: Document, x: number, y: number): { node: Node; offset: number } | null {
  if (owner.caretPositionFromPoint) {
    const caret = owner.caretPositionFromPoint(x, y)
    return caret ? { node: caret.offsetNode, offset: caret.offset } : null
  }
  const range = owner.caretRangeFromPoint(x, y)
  return range ? { node: range.startContainer, offset: range.startOffset } : null
}
