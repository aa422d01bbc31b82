import { describe, expect, it } from 'vitest'
import { bind } from '../testing/openEditor'
import { findWord, type TagNode, upward } from './taskConfig'

const TEXT = '<Text name="t" value="$text"/>'
const control = (config: string, data = {}, name = 'c') => {
  const found = bind(config, data).controls.get(name)
  if (!found) throw new Error(name)
  return found
}
const tree = (node: TagNode): unknown => [node.tag, node.attrs.name ?? node.attrs.value ?? '', node.children.map(tree)]

describe('bindConfig', () => {
  it('puts the data of the task in, with its type', () => {
    const { objects } = bind(
      '<Text name="a" value="$n"/><Text name="b" value="No. $n"/><Image name="c" valueList="$l"/>',
      {
        n: 5,
        l: ['x', 'y'],
      },
    )
    expect([...objects.values()].map(({ node }) => node.data)).toEqual([5, 'No. 5', ['x', 'y']])
    expect(objects.get('a')?.node.attrs.value).toBe('5')
  })

  it('puts numbers of the task in where a tag takes them', () => {
    const { root } = bind('<Chat name="c" toName="c" value="$m" minMessages="$least" maxMessages="4"/>', { least: 2 })
    expect(root.children[0]?.attrs).toMatchObject({ minMessages: '2', maxMessages: '4' })
  })

  it('leaves dollar signs in markup and styles alone', () => {
    const { nodes } = bind('<Style>.a { content: "$x" }</Style><HyperText name="h"><p>$x</p></HyperText>', { x: 'no' })
    expect(nodes.map((node) => node.data).slice(1)).toEqual(['.a { content: "$x" }', '<p>$x</p>'])
  })

  it('adds words that the task brings after those of the config', () => {
    const { words } = control(`${TEXT}<Choices name="c" toName="t" value="$more"><Choice value="a"/></Choices>`, {
      more: [{ value: 'b' }, { value: 'C', alias: 'c', html: '<b>C</b>' }, 'no object', null],
    })
    expect(words.map(({ word, shown, path }) => [word, shown, path])).toEqual([
      ['a', 'a', ['a']],
      ['b', 'b', ['b']],
      ['c', 'C', ['c']],
    ])
  })

  it('unfolds nested words where the tag allows them', () => {
    const more = [{ value: 'a', children: [{ value: 'b', children: [{ value: 'c' }] }] }]
    const paths = (config: string) => control(`${TEXT}${config}`, { more }).words.map((word) => word.path.join('/'))
    expect(paths('<Choices name="c" toName="t" value="$more" allowNested="true"/>')).toEqual(['a', 'a/b', 'a/b/c'])
    expect(paths('<Choices name="c" toName="t" value="$more"/>')).toEqual(['a'])
    expect(paths('<Taxonomy name="c" toName="t" value="$more"/>')).toEqual(['a', 'a/b', 'a/b/c'])
  })

  it('makes labels of a list', () => {
    const { words, isLabels } = control(`${TEXT}<Labels name="c" toName="t" value="$more"/>`, {
      more: [{ value: 'PER', background: 'red' }],
    })
    expect([isLabels, words.map(({ word, node }) => [word, node.tag, node.attrs.background])]).toEqual([
      true,
      [['PER', 'Label', 'red']],
    ])
  })

  it('repeats tags for every entry, with the index put in', () => {
    const { root, controls } = bind(
      '<Repeater on="$items"><Text name="t_{{idx}}" value="$items[{{idx}}].text"/><Rating name="r_{{idx}}" toName="t_{{idx}}"/></Repeater>',
      { items: [{ text: 'one' }, { text: 'two' }] },
    )
    expect([...controls.values()].map(({ name, toName }) => [name, toName])).toEqual([
      ['r_0', ['t_0']],
      ['r_1', ['t_1']],
    ])
    expect(tree(root)).toEqual([
      'View',
      '',
      [
        [
          'Repeater',
          '',
          [
            [
              'View',
              '',
              [
                ['Text', 't_0', []],
                ['Rating', 'r_0', []],
              ],
            ],
            [
              'View',
              '',
              [
                ['Text', 't_1', []],
                ['Rating', 'r_1', []],
              ],
            ],
          ],
        ],
      ],
    ])
  })

  it('repeats within repeats by different placeholders, and nothing without a list', () => {
    const config =
      '<Repeater on="$rows" indexFlag="{{i}}"><Repeater on="$rows[{{i}}].cells" indexFlag="{{j}}">' +
      '<Text name="c{{i}}{{j}}" value="$rows[{{i}}].cells[{{j}}]"/></Repeater></Repeater>'
    const { objects } = bind(config, { rows: [{ cells: ['a', 'b'] }, { cells: ['c'] }] })
    expect([...objects.values()].map(({ name, node }) => [name, node.data])).toEqual([
      ['c00', 'a'],
      ['c01', 'b'],
      ['c10', 'c'],
    ])
    expect(bind(config, { rows: 'none' }).objects.size).toBe(0)
  })

  it('gives every tag its own key, the same each time', () => {
    const keys = () =>
      bind(`${TEXT}<Choices name="c" toName="t" value="$more"><Choice value="a"/></Choices>`, {
        more: [{ value: 'b' }],
      }).nodes.map((node) => node.key)
    expect(new Set(keys()).size).toBe(keys().length)
    expect(keys()).toEqual(keys())
  })

  it('knows what kind of answers a control gives', () => {
    const { controls } = bind(
      `${TEXT}<TextArea name="a" toName="t" perRegion="true"/><Taxonomy name="b" toName="t" labeling="true"/>
       <Image name="i" value="$i"/><Rectangle name="c" toName="i"/><RectangleLabels name="d" toName="i"/>`,
    )
    const facts = [...controls.values()].map((c) => [c.type, c.valueKey, c.isPerRegion, c.isRegion, c.isLabels])
    expect(facts).toEqual([
      ['textarea', 'text', true, false, false],
      ['taxonomy', 'taxonomy', false, true, true],
      ['rectangle', 'rectangle', false, true, false],
      ['rectanglelabels', 'rectanglelabels', false, true, true],
    ])
  })
})

it('words are found by what is stored, then by what is shown', () => {
  const choices = control(
    `${TEXT}<Choices name="c" toName="t"><Choice value="B" alias="A"/><Choice value="A" alias="X"/></Choices>`,
  )
  expect(findWord(choices, 'A')?.shown).toBe('B')
  expect(findWord(choices, 'B')?.word).toBe('A')
  expect(findWord(choices, 'none')).toBeUndefined()
})

it('tags above a tag come nearest first', () => {
  const { nodes } = bind(`<View><Collapse><Panel value="p">${TEXT}</Panel></Collapse></View>`)
  const text = nodes.find((node) => node.tag === 'Text') as TagNode
  expect([...upward(text)].map((node) => node.tag)).toEqual(['Text', 'Panel', 'Collapse', 'View', 'View'])
})
