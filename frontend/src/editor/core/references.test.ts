import { describe, expect, it } from 'vitest'
import { asText, findReferences, resolvePath, resolveTemplate, steps, wholeReference } from './references'

const data = {
  text: 'Bob',
  'a.b': 'whole name',
  a: { b: 'inner', list: [{ x: 1 }, { x: 2 }] },
  n: 5,
  no: false,
  empty: null,
  object: { k: 'v' },
}

describe('references', () => {
  it('are found where they stand', () => {
    expect(findReferences('$a and $b.c[0].d, costs 5$')).toEqual(['a', 'b.c[0].d'])
    expect(wholeReference(' $text ')).toBe('text')
    expect(wholeReference('$a $b')).toBeNull()
    expect(wholeReference('text')).toBeNull()
  })

  it.each([
    ['a', ['a']],
    ['a.b', ['a', 'b']],
    ['a[0].b[12]', ['a', 0, 'b', 12]],
  ])('%s leads through %o', (path, expected) => expect(steps(path)).toEqual(expected))

  it.each([
    ['text', 'Bob'],
    ['a.list[1].x', 2],
    ['a.b', 'whole name'],
    ['a.list[5].x', undefined],
    ['text.length', undefined],
    ['a.list.length', undefined],
    ['constructor', undefined],
    ['a.toString', undefined],
    ['none', undefined],
  ])('%s leads to %o', (path, expected) => expect(resolvePath(data, path)).toBe(expected))

  it.each([
    ['$text', 'Bob'],
    ['$n', 5],
    ['$no', false],
    ['$none', ''],
    ['$empty', ''],
    ['$a.list', [{ x: 1 }, { x: 2 }]],
    ['Hi $text, $n!', 'Hi Bob, 5!'],
    ['$object is', '{"k":"v"} is'],
    ['$none and $empty.', ' and .'],
    ['plain', 'plain'],
  ])('%s becomes %o', (text, expected) => expect(resolveTemplate(text, data)).toEqual(expected))

  it('values become text', () => {
    expect([asText(undefined), asText(null), asText(0), asText([1])]).toEqual(['', '', '0', '[1]'])
  })
})
