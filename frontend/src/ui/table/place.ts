/** Browsers refuse elements that are higher; longer content is moved under the scroll bar in larger steps. */
export const MAX_HEIGHT = 12_000_000

/** How far the element is scrolled, and which pixel of the content is then at its top. */
export interface Place {
  readonly scrollTop: number
  readonly offset: number
}

export const START: Place = { scrollTop: 0, offset: 0 }

const clamp = (value: number, max: number): number => Math.min(Math.max(0, value), Math.max(0, max))

/** Returns how high the scrolled element is for content of that height. */
export const bodyHeight = (content: number): number => Math.min(content, MAX_HEIGHT)

/** Returns the place where pixel `offset` of the content is at the top. */
export const placeAt = (offset: number, content: number, view: number): Place => {
  const range = content - view
  const at = clamp(offset, range)
  if (content <= MAX_HEIGHT) return { scrollTop: at, offset: at }
  return { scrollTop: Math.round((at / range) * (MAX_HEIGHT - view)), offset: at }
}

/** Returns the place after the element was scrolled: a short way pixel by pixel, a long one in proportion. */
export const scrolledTo = (old: Place, scrollTop: number, content: number, view: number): Place => {
  if (content <= MAX_HEIGHT) return { scrollTop, offset: scrollTop }
  const room = MAX_HEIGHT - view
  const range = content - view
  const step = scrollTop - old.scrollTop
  const isAtEnd = scrollTop <= 0 || scrollTop >= room
  if (!isAtEnd && Math.abs(step) <= view * 1.5) return { scrollTop, offset: clamp(old.offset + step, range) }
  return { scrollTop, offset: clamp((scrollTop / room) * range, range) }
}

/** Returns the rows to draw, with some beyond both ends of what is in sight. */
export const rowsInSight = (
  offset: number,
  view: number,
  rowHeight: number,
  count: number,
  overscan: number,
): { first: number; last: number } => ({
  first: Math.max(0, Math.floor(offset / rowHeight) - overscan),
  last: Math.min(count - 1, Math.ceil((offset + view) / rowHeight) - 1 + overscan),
})

/** Returns the offset that brings a row into sight below a head of that height; the same if it is in sight. */
export const offsetShowing = (row: number, offset: number, view: number, rowHeight: number, head: number): number => {
  const top = row * rowHeight
  const room = view - head
  if (top < offset) return top
  return top + rowHeight > offset + room ? top + rowHeight - room : offset
}
