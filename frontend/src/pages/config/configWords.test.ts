import { describe, expect, it } from 'vitest'
import {
  readGroups,
  type WordGroup,
  withAttribute,
  withMoved,
  withoutWord,
  withWords,
  wordsInList,
} from './configWords'

const CONFIG = `<View>
  <!-- what we look for -->
  <RectangleLabels name="box" toName="img">
    <Label value="Car" background="#ff0000" hotkey='c'/>
    <Label value="Bus &amp; Co"   />
  </RectangleLabels>
  <Image name="img" value="$image"/>
  <Choices name="kind" toName="img"><Choice value="Day"/><Choice value="Night" alias="n"></Choice></Choices>
  <Labels name="free" toName="img" value="$labels"/>
</View>`

const groups = (source: string) => readGroups(source) as WordGroup[]
const group = (source: string, name: string) => groups(source).find((one) => one.name === name) as WordGroup
const word = (source: string, name: string, at: number) => group(source, name).words[at] as WordGroup['words'][number]
const values = (source: string, name: string) => group(source, name).words.map(({ value }) => value)

describe('reading', () => {
  it('finds the controls with their words', () => {
    expect(
      groups(CONFIG).map(({ name, tag, wordTag, isDynamic, words }) => [name, tag, wordTag, isDynamic, words.length]),
    ).toEqual([
      ['box', 'RectangleLabels', 'Label', false, 2],
      ['kind', 'Choices', 'Choice', false, 2],
      ['free', 'Labels', 'Label', true, 0],
    ])
    expect(word(CONFIG, 'box', 0)).toMatchObject({ value: 'Car', background: '#ff0000', hotkey: 'c', depth: 0 })
    expect(word(CONFIG, 'box', 1).value).toBe('Bus & Co')
    expect(word(CONFIG, 'kind', 1)).toMatchObject({ value: 'Night', alias: 'n' })
  })

  it('finds words inside of layout, in any case, and trees', () => {
    const source =
      '<View><taxonomy name="t" toName="x"><View><choice value="A"><Choice value="B"/></choice></View></taxonomy></View>'
    expect(group(source, 't').words.map(({ value, depth }) => [value, depth])).toEqual([
      ['A', 0],
      ['B', 1],
    ])
  })

  it('a text that is no config has none', () => {
    expect(readGroups('<View><Labels')).toBeNull()
    expect(readGroups('')).toBeNull()
  })
})

describe('changing', () => {
  it('an attribute is replaced, added or taken away; all else stays', () => {
    const red = withAttribute(CONFIG, word(CONFIG, 'box', 0), 'background', '#00ff00')
    expect(red).toBe(CONFIG.replace('#ff0000', '#00ff00'))
    const keyed = withAttribute(CONFIG, word(CONFIG, 'box', 1), 'hotkey', 'b')
    expect(keyed).toBe(CONFIG.replace('&amp; Co"   />', '&amp; Co" hotkey="b"/>'))
    expect(withAttribute(CONFIG, word(CONFIG, 'box', 0), 'hotkey', '')).toBe(CONFIG.replace(" hotkey='c'", ''))
    const renamed = withAttribute(CONFIG, word(CONFIG, 'kind', 0), 'value', 'a "b" <c> & $&')
    expect(values(renamed, 'kind')).toEqual(['a "b" <c> & $&', 'Night'])
    expect(values(withAttribute(CONFIG, word(CONFIG, 'kind', 0), 'value', ''), 'kind')).toEqual(['', 'Night'])
  })

  it('a word goes with its line, or alone', () => {
    expect(withoutWord(CONFIG, word(CONFIG, 'box', 1))).toBe(CONFIG.replace(/\n *<Label value="Bus.*/, ''))
    expect(withoutWord(CONFIG, word(CONFIG, 'kind', 0))).toBe(CONFIG.replace('<Choice value="Day"/>', ''))
  })

  it('words change places with their neighbors', () => {
    expect(values(withMoved(CONFIG, group(CONFIG, 'box'), word(CONFIG, 'box', 0), 1), 'box')).toEqual([
      'Bus & Co',
      'Car',
    ])
    expect(values(withMoved(CONFIG, group(CONFIG, 'kind'), word(CONFIG, 'kind', 1), -1), 'kind')).toEqual([
      'Night',
      'Day',
    ])
    expect(withMoved(CONFIG, group(CONFIG, 'kind'), word(CONFIG, 'kind', 1), 1)).toBe(CONFIG)
  })

  it('in a tree only those of the same branch', () => {
    const tree =
      '<View><Taxonomy name="t" toName="x"><Choice value="A"><Choice value="a"/><Choice value="b"/></Choice><Choice value="B"/></Taxonomy></View>'
    const moved = withMoved(tree, group(tree, 't'), word(tree, 't', 2), 1)
    expect(moved).toBe(tree)
    expect(values(withMoved(tree, group(tree, 't'), word(tree, 't', 0), 1), 't')).toEqual(['B', 'A', 'a', 'b'])
  })
})

describe('adding', () => {
  it('stands after the last word, indented like it; known ones are left out', () => {
    const added = withWords(CONFIG, group(CONFIG, 'box'), [
      { value: 'Car' },
      { value: 'Van', background: 'blue', hotkey: 'v' },
    ])
    expect(added).toBe(CONFIG.replace('Co"   />', 'Co"   />\n    <Label value="Van" background="blue" hotkey="v"/>'))
    expect(withWords(CONFIG, group(CONFIG, 'box'), [{ value: 'Car' }])).toBe(CONFIG)
  })

  it.each([
    '<View>\n  <Labels name="l" toName="t"/>\n</View>',
    '<View>\n  <Labels name="l" toName="t"></Labels>\n</View>',
    '<View>\n  <Labels name="l" toName="t">\n  </Labels>\n</View>',
  ])('opens a control that had none: %j', (source) => {
    expect(withWords(source, group(source, 'l'), [{ value: 'A' }, { value: 'B' }])).toBe(
      '<View>\n  <Labels name="l" toName="t">\n    <Label value="A"/>\n    <Label value="B"/>\n  </Labels>\n</View>',
    )
  })

  it.each([
    ['Car\nBus\n\n  Van  \nCar', [{ value: 'Car' }, { value: 'Bus' }, { value: 'Van' }]],
    [
      'Car\t#ff0000\tc\r\nBus;blue',
      [
        { value: 'Car', background: '#ff0000', hotkey: 'c' },
        { value: 'Bus', background: 'blue' },
      ],
    ],
    ['A, B and C', [{ value: 'A, B and C' }]],
    ['', []],
  ])('a pasted list %j becomes words', (text, words) => {
    expect(wordsInList(text)).toEqual(words)
  })
})
