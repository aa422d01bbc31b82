// @vitest-environment jsdom
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FlowSurface } from './flowSurface'

/** A surface over paragraphs; `between` stands between two of them in the text. */
function surfaceOf(texts: readonly string[], between = '') {
  document.body.replaceChildren()
  const root = document.createElement('div')
  const pieces = texts.map((text) => {
    const paragraph = document.createElement('p')
    const node = document.createTextNode(text)
    paragraph.append(node)
    root.append(paragraph)
    return node
  })
  document.body.append(root)
  return { root, pieces, surface: new FlowSurface({ root, frame: document.body, pieces, between }) }
}

const select = (from: Node, start: number, to: Node, end: number) => {
  const range = document.createRange()
  range.setStart(from, start)
  range.setEnd(to, end)
  const selection = document.getSelection()
  selection?.removeAllRanges()
  selection?.addRange(range)
}

const manyTexts = fc.array(fc.string({ maxLength: 6 }), { minLength: 1, maxLength: 8 })

describe('a text in a document', () => {
  it('is all pieces joined', () => {
    expect(surfaceOf(['ab', '', 'c']).surface.text).toBe('abc')
    expect(surfaceOf(['ab', '', 'c'], '\n').surface.text).toBe('ab\n\nc')
  })

  it('has the same place for an offset, there and back', () =>
    fc.assert(
      fc.property(manyTexts, fc.constantFrom('', '\n'), (texts, between) => {
        const { pieces, surface } = surfaceOf(texts, between)
        pieces.forEach((piece, at) => {
          for (let offset = 0; offset <= piece.length; offset += 1)
            expect(surface.offsetOf(piece, offset)).toBe(surface.startOf(at) + offset)
        })
      }),
      { numRuns: 50 },
    ))

  it('covers exactly the characters of a part', () =>
    fc.assert(
      fc.property(manyTexts, fc.nat(30), fc.nat(30), (texts, from, length) => {
        const { surface } = surfaceOf(texts)
        const part = { start: from, end: from + length }
        const covered = surface.piecesOf(part).map(({ node, from: start, to }) => node.data.slice(start, to))
        expect(covered.join('')).toBe(surface.text.slice(part.start, part.end))
      }),
      { numRuns: 50 },
    ))

  it('finds places between elements: the beginning of the next piece', () => {
    const { root, surface } = surfaceOf(['ab', 'cd', 'ef'])
    expect([0, 1, 2, 3].map((child) => surface.offsetOf(root, child))).toEqual([0, 2, 4, 6])
  })

  it('reads selections, also those that begin or end outside or between pieces', () => {
    const { pieces, root, surface } = surfaceOf(['ab', 'cd', 'ef'], '\n')
    const [first, second] = pieces as [Text, Text]
    select(first, 1, second, 1)
    expect(surface.selectedRange()).toEqual({ start: 1, end: 4 })
    select(root, 1, root, 2)
    expect(surface.selectedRange()).toEqual({ start: 3, end: 5 })
    select(document.body, 0, first, 1)
    expect(surface.selectedRange()).toEqual({ start: 0, end: 1 })
    select(first, 1, first, 1)
    expect(surface.selectedRange()).toBeNull()
  })
})
