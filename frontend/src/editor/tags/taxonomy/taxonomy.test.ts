import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { regionColor } from '../../core/labeling'
import { findSubmitProblem } from '../../core/validation'
import { labelSelection } from '../../engines/text/spanSource'
import { controlOf, openEditor } from '../../testing/openEditor'
import { textSource } from '../text/source'
import { pickedPaths, togglePath } from './picking'
import { colorAt, type Item, itemsOf, keyOf, readItems, rowsOf, shownPath, withChildren, withOwnItems } from './tree'
import { requestFor } from './useTree'

const TREE =
  '<Choice value="Europe" alias="Eu" color="#0000ff"><Choice value="France" alias="FR"><Choice value="Paris"/></Choice></Choice><Choice value="Asia" alias="As"/>'

function open(attrs = '', children = TREE, data: object = {}) {
  const editor = openEditor({
    config: `<Text name="t" value="$text"/><Taxonomy name="x" toName="t" ${attrs}>${children}</Taxonomy>`,
    data: { text: 'Alice met Bob', ...data },
  })
  const control = controlOf(editor, 'x')
  return {
    editor,
    control,
    items: itemsOf(control.node),
    toggle: (...path: string[]) => togglePath(editor, control, path),
  }
}

describe('the tree', () => {
  it('has paths of aliases; of siblings with one name the first counts', () => {
    const { items } = open('', `${TREE}<Choice value="Other" alias="As"/>`)
    expect(items.map((item) => [item.path, item.shown, item.isLeaf])).toEqual([
      [['Eu'], 'Europe', false],
      [['As'], 'Asia', true],
    ])
    expect(shownPath(items, ['Eu', 'FR', 'Lyon'])).toEqual(['Europe', 'France', 'Lyon'])
    expect(colorAt(items, ['Eu', 'FR', 'Paris'])).toBe('#0000ff')
  })

  it('may come from task data, as a list or as one root', () => {
    const data = { tree: { value: 'Root', children: [{ value: 'a' }, { value: 'b', children: [{ value: 'c' }] }] } }
    const { items } = open('value="$tree"', '', data)
    expect(
      rowsOf(items, new Set(['Root', keyOf(['Root', 'b'])]), '').map(({ item, depth }) => [item.shown, depth]),
    ).toEqual([
      ['Root', 0],
      ['a', 1],
      ['b', 1],
      ['c', 2],
    ])
  })

  it('is searched with everything above what is found', () => {
    const { items } = open()
    expect(rowsOf(items, new Set(), 'par').map(({ item }) => item.shown)).toEqual(['Europe', 'France', 'Paris'])
    expect(rowsOf(items, new Set(), 'nowhere')).toEqual([])
    expect(rowsOf(items, new Set(), '').map(({ item }) => item.shown)).toEqual(['Europe', 'Asia'])
  })

  it('shows every item once when all is open, 10,000 of them', () => {
    const items = readItems(
      Array.from({ length: 100 }, (_, a) => ({
        value: `a${a}`,
        children: Array.from({ length: 99 }, (__, b) => ({ value: `b${b}` })),
      })),
    )
    const open = new Set(items.map((item) => keyOf(item.path)))
    expect(rowsOf(items, open, '').length).toBe(10_000)
    expect(rowsOf(items, open, 'b98').length).toBe(200)
  })

  it('is read from an address: leaves, and items whose children come later', () => {
    const items = readItems({
      items: [
        { value: 'A', alias: 'a', isLeaf: false },
        { value: 'B' },
        { value: 'B' },
        7,
        { value: 'C', children: [{ value: 'D' }] },
      ],
    })
    expect(items.map(({ path, isLeaf, children }) => [path, isLeaf, children?.length ?? null])).toEqual([
      [['a'], false, null],
      [['B'], true, 0],
      [['C'], false, 1],
    ])
    const loaded = withChildren(items, ['a'], readItems([{ value: 'x' }], ['a']))
    expect((loaded[0] as Item).children?.map((item) => item.path)).toEqual([['a', 'x']])
    expect(loaded.slice(1)).toEqual(items.slice(1))
    expect([readItems('no'), readItems({ items: null })]).toEqual([[], []])
  })

  it('asks for what is below a path, with credentials in a header', () =>
    expect(requestFor('https://ann:s%40crt@tax.example/items?v=1', ['A', 'b c'], 'https://here.example/')).toEqual({
      address: 'https://tax.example/items?v=1&path=A&path=b+c',
      headers: { Authorization: `Basic ${btoa('ann:s@crt')}` },
    }))
})

describe('picking', () => {
  it('stores whole paths, and takes them back', () => {
    const { editor, toggle } = open()
    toggle('Eu', 'FR', 'Paris')
    toggle('As')
    expect(editor.session.results()).toMatchObject([
      { type: 'taxonomy', to_name: 't', value: { taxonomy: [['Eu', 'FR', 'Paris'], ['As']] } },
    ])
    toggle('Eu', 'FR', 'Paris')
    toggle('As')
    expect(editor.session.results()).toEqual([])
  })

  it('is even: twice the same leaves what was', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(['Eu'], ['Eu', 'FR'], ['As']), { maxLength: 8 }), (paths) => {
        const { editor, control, toggle } = open()
        for (const path of paths) toggle(...path)
        const expected = new Set(
          ['Eu', 'Eu FR', 'As'].filter((key) => paths.filter((path) => path.join(' ') === key).length % 2 === 1),
        )
        expect(new Set(pickedPaths(editor, control).map((path) => path.join(' ')))).toEqual(expected)
      }),
    ))

  it('stops at maxUsages and says so; more in stored data is refused at submission', () => {
    const { editor, control, toggle } = open('maxUsages="1"')
    toggle('As')
    toggle('Eu')
    expect([pickedPaths(editor, control), editor.notice.get()?.key]).toEqual([[['As']], 'taxonomy.full'])
    const many = openEditor({
      config: `<Text name="t" value="$t"/><Taxonomy name="x" toName="t" maxUsages="1">${TREE}</Taxonomy>`,
      data: { t: 'a' },
      result: [{ id: 'a', from_name: 'x', to_name: 't', type: 'taxonomy', value: { taxonomy: [['As'], ['Eu']] } }],
    })
    expect(findSubmitProblem(many)).toMatchObject({ key: 'taxonomy.tooMany' })
  })

  it('with labeling it labels the next region, and relabels the selected one', () => {
    const { editor, control, toggle } = open('labeling="true"')
    const node = editor.config.objects.get('t')?.node
    if (!node) throw new Error('There is no text.')
    toggle('Eu', 'FR')
    expect(labelSelection(editor, textSource(node, 'Alice met Bob'), { start: 0, end: 5 })).toBe(true)
    expect(editor.session.results()).toMatchObject([
      {
        from_name: 'x',
        to_name: 't',
        type: 'taxonomy',
        value: { start: 0, end: 5, text: 'Alice', taxonomy: [['Eu', 'FR']] },
      },
    ])
    const [region] = editor.store.regions()
    editor.selection.select([region?.id ?? ''])
    toggle('As')
    toggle('Eu', 'FR')
    expect(editor.session.results()[0]?.value?.taxonomy).toEqual([['As']])
    toggle('As')
    expect(pickedPaths(editor, control)).toEqual([['As']])
    expect(region && regionColor(editor, region)).toMatch(/^#[0-9a-f]{6}$/)
  })
})

describe('items that people added', () => {
  const own = (...path: string[]) => ({ control: 'x', path, mayRemove: true })
  const shown = (items: readonly Item[]) =>
    rowsOf(items, new Set(['Eu', 'As', keyOf(['As', 'India'])]), '').map(({ item }) => item.path.join('/'))

  it('stand behind the others of their place, whatever the order they came in', () => {
    const items = withOwnItems(open().items, [own('As', 'India', 'Goa'), own('As', 'India'), own('Eu', 'Spain')])
    expect(shown(items)).toEqual(['Eu', 'Eu/FR', 'Eu/Spain', 'As', 'As/India', 'As/India/Goa'])
    expect(items.map((item) => item.isLeaf)).toEqual([false, false])
  })

  it('are left out where there is one of that name, or no place', () => {
    const { items } = open()
    expect(withOwnItems(items, [own('Eu'), own('Africa', 'Kenya')])).toEqual(items)
  })
})
