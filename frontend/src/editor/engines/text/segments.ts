/** A highlighted piece of the text, in UTF-16 units. */
export interface Span {
  readonly id: string
  readonly start: number
  readonly end: number
  readonly color: string
  readonly label: string
  readonly isSelected: boolean
  /** A model suggests it; it is no region yet. */
  readonly isSuggested?: boolean
}

/** A piece of a line over which the same spans lie. */
export interface Segment {
  readonly start: number
  readonly end: number
  readonly spans: readonly Span[]
}

/** Returns the pieces into which spans cut the part of a text from `start` to `end`, in order. */
export function segmentsOf(start: number, end: number, spans: readonly Span[]): Segment[] {
  const here = spans.filter((span) => span.start < end && span.end > start)
  const cuts = new Set([start, end])
  for (const span of here) {
    if (span.start > start) cuts.add(span.start)
    if (span.end < end) cuts.add(span.end)
  }
  const places = [...cuts].sort((a, b) => a - b)
  return places.slice(0, -1).map((from, at) => {
    const to = places[at + 1] as number
    return { start: from, end: to, spans: here.filter((span) => span.start < to && span.end > from) }
  })
}

/** Returns the spans over a place, the shortest first: that is the one a click means. */
export const spansAt = (spans: readonly Span[], offset: number): Span[] =>
  spans
    .filter((span) => span.start <= offset && offset < span.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start) || b.start - a.start)
