import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError } from './problems'
import { parseXml, type XmlElement } from './xml'

const brief = ({ name, attrs, children }: XmlElement): unknown => [name, Object.fromEntries(attrs), children.map(brief)]

function faultOf(source: string) {
  try {
    parseXml(source)
  } catch (error) {
    if (error instanceof ConfigError) return [error.problem.code, error.problem.line, error.problem.column]
    throw error
  }
  return null
}

describe('parseXml', () => {
  it('reads elements, attributes and text', () => {
    const { root, comments } = parseXml(
      `\ufeff<?xml version="1.0"?>\n<!-- one --><View a="1" b='"2"'>x<Text\n/>y<![CDATA[<z>&]]></View><!--two-->\n`,
    )
    expect(brief(root)).toEqual(['View', { a: '1', b: '"2"' }, [['Text', {}, []]]])
    expect(root.text).toBe('xy<z>&')
    expect(root.markup).toBe('x<Text\n/>y<![CDATA[<z>&]]>')
    expect(comments).toEqual([' one ', 'two'])
  })

  it('replaces references to characters', () => {
    const { root } = parseXml('<a b="&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;">&lt;&#10;</a>')
    expect(root.attrs.get('b')).toBe('<&>"\'A😀')
    expect(root.text).toBe('<\n')
  })

  it('normalizes line ends in text, and white space in attributes', () => {
    const { root } = parseXml('<a b="1\r\n2\t3\r4">5\r\n6\r7</a>')
    expect(root.attrs.get('b')).toBe('1 2 3 4')
    expect(root.text).toBe('5\n6\n7')
  })

  it('counts lines and columns in code points, whatever the line ends', () => {
    const { root } = parseXml('<a>\r\n<b/>\r<c/>\n😀<d/></a>')
    expect(root.children.map(({ name, line, column }) => [name, line, column])).toEqual([
      ['b', 2, 1],
      ['c', 3, 1],
      ['d', 4, 2],
    ])
  })

  it.each([
    ['', ['malformed', 1, 1]],
    ['<a>', ['malformed', 1, 4]],
    ['<a></b>', ['malformed', 1, 6]],
    ['</a>', ['malformed', 1, 3]],
    ['<a/><b/>', ['malformed', 1, 5]],
    ['<a/>text', ['malformed', 1, 5]],
    ['<a b=1/>', ['malformed', 1, 6]],
    ['<a b="1" b="2"/>', ['malformed', 1, 10]],
    ['<a b="1"c="2"/>', ['malformed', 1, 9]],
    ['<a b="<"/>', ['malformed', 1, 7]],
    ['<a b="1/>', ['malformed', 1, 1]],
    ['<a>\n&nbsp;</a>', ['malformed', 2, 1]],
    ['<a>&#0;</a>', ['malformed', 1, 8]],
    ['<a>&#xD800;</a>', ['malformed', 1, 12]],
    ['<a>]]></a>', ['malformed', 1, 4]],
    ['<a><!-- x -- y --></a>', ['malformed', 1, 13]],
    ['<a><![CDATA[x</a>', ['malformed', 1, 4]],
    ['<a', ['malformed', 1, 1]],
    ['<1/>', ['malformed', 1, 2]],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a/>', ['doctype', 1, 1]],
    ['<a><?php x ?></a>', ['instruction', 1, 4]],
    ['<a><!ELEMENT b></a>', ['malformed', 1, 4]],
  ])('refuses %s', (source, expected) => expect(faultOf(source)).toEqual(expected))

  it('refuses tags nested too deep, at the tag that is too deep', () => {
    expect(faultOf(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`)).toBeNull()
    expect(faultOf(`${'<a>'.repeat(101)}${'</a>'.repeat(101)}`)).toEqual(['too_deep', 1, 301])
  })

  it('reads back whatever was escaped', () => {
    const escaped = (text: string) =>
      [...text].map((char) => (/[\w ]/.test(char) ? char : `&#${char.codePointAt(0)};`)).join('')
    const text = fc.string({ unit: 'grapheme-composite' }).filter((value) => !/[\p{Cc}\ufffe\uffff]/u.test(value))
    fc.assert(
      fc.property(text, text, (attribute, inside) => {
        const { root } = parseXml(`<a b="${escaped(attribute)}">${escaped(inside)}</a>`)
        expect([root.attrs.get('b'), root.text]).toEqual([attribute, inside])
      }),
    )
  })

  it('either reads a text or says where it is broken', () => {
    const pieces = fc.constantFrom(
      '<a>',
      '</a>',
      '<b c="d"/>',
      '&amp;',
      '&',
      '<',
      '"',
      ' ',
      '\n',
      '<!--',
      '-->',
      ']]>',
      'x',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const fault = faultOf(parts.join(''))
        if (fault) expect(fault[1]).toBeGreaterThan(0)
      }),
    )
  })
})
