import { describe, expect, it } from 'vitest'
import { TAG_SPECS } from '../tags/specs.gen'
import { flag, isDynamic, objectPath, parseConfig, splitNames } from './labelConfig'
import { ConfigError } from './problems'

const parse = (source: string) => parseConfig(source, TAG_SPECS)
const codeOf = (source: string) => {
  try {
    parse(source)
    return null
  } catch (error) {
    return error instanceof ConfigError ? error.problem.code : error
  }
}
const TEXT = '<Text name="t" value="$text"/>'

describe('parseConfig', () => {
  it('gives tags and attributes their canonical names, whatever the case', () => {
    const { root } = parse('<view><text NAME="t" Value="$text"/><rectanglelabels toname="t" name="r"/></view>')
    expect(root.children.map(({ tag, written, attrs }) => [tag, written, attrs])).toEqual([
      ['Text', 'text', { name: 't', value: '$text' }],
      ['RectangleLabels', 'rectanglelabels', { toName: 't', name: 'r' }],
    ])
  })

  it('lets the canonical spelling of an attribute win over another one', () => {
    expect(parse('<View><Text NAME="b" name="a" value="$t"/></View>').root.children[0]?.attrs.name).toBe('a')
  })

  it('takes text inside a tag for its value, unless it has one', () => {
    const [header, other, style] = parse(
      '<View><Header> Hello </Header><Header value="a">b</Header><Style> .x { } </Style></View>',
    ).root.children
    expect([header?.attrs.value, other?.attrs.value, style?.attrs.value]).toEqual(['Hello', 'a', ' .x { } '])
  })

  it('keeps markup inside HyperText letter by letter', () => {
    const node = parse('<View><HyperText name="h"><p>a &amp; <b>b</b></p></HyperText></View>').root.children[0]
    expect([node?.attrs.value, node?.children]).toEqual(['<p>a &amp; <b>b</b></p>', []])
  })

  it('finds objects and controls; a control without toName belongs to the only object', () => {
    const config = parse(
      `<View>${TEXT}<Choices name="c"><Choice value="a"/></Choices><Rating name="r" toName="t"/></View>`,
    )
    expect([...config.objects.keys()]).toEqual(['t'])
    expect([...config.controls.values()].map(({ name, toName, isInferred }) => [name, toName, isInferred])).toEqual([
      ['c', ['t'], true],
      ['r', ['t'], false],
    ])
  })

  it('does not guess among two objects', () => {
    const config = parse(`<View>${TEXT}<Text name="u" value="$u"/><Rating name="r"/></View>`)
    expect([...config.controls.keys()]).toEqual([])
  })

  it.each([
    ['', 'empty'],
    ['   \n', 'empty'],
    [`<View>${'x'.repeat(1_000_001)}</View>`, 'too_large'],
    ['<View>', 'malformed'],
  ])('refuses what is no config', (source, code) => expect(codeOf(source)).toBe(code))
})

it('names in a comma list are trimmed', () => {
  expect(splitNames(' a, b ,,c')).toEqual(['a', 'b', 'c'])
  expect(splitNames(undefined)).toEqual([])
})

it('a boolean that is neither true nor false has its default', () => {
  const nodes = parse('<View><Rectangle canRotate="false"/><Rectangle canRotate="yes"/><Rectangle/></View>').root
    .children
  expect(nodes.map((node) => flag(node, 'canRotate'))).toEqual([false, true, true])
})

it('words are dynamic when they come from the task or from an address', () => {
  const source = `<View>${TEXT}<Choices name="a" value="$list"/><Choices name="b"/><Taxonomy name="c" apiUrl="x"/>
    <Text name="d" value="$x"/></View>`
  expect(parse(source).root.children.map(isDynamic)).toEqual([false, true, false, true, false])
})

it('an object tells the field it shows', () => {
  const source =
    '<View><Image name="a" valueList="$pages"/><Image name="b" value="$p"/><Image name="c" value="x $p"/></View>'
  expect(parse(source).root.children.map(objectPath)).toEqual(['pages', 'p', null])
})
