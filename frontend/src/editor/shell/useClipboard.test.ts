import { describe, expect, it } from 'vitest'
import { openEditor } from '../testing/openEditor'
import { pasteInto } from './useClipboard'

const CONFIG =
  '<Text name="t" value="$t"/><Labels name="lab" toName="t"><Label value="A"/></Labels>' +
  '<Image name="i" value="$i"/><RectangleLabels name="box" toName="i"><Label value="B"/></RectangleLabels>'
const open = (info = {}) => openEditor({ config: CONFIG, data: { t: 'Some text', i: '/i.png' }, info })
const span = (from_name: string, more = {}) => ({
  id: `${from_name}1`,
  from_name,
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: 4, text: 'Some', labels: ['A'] },
  ...more,
})

describe('pasting', () => {
  it('adds what fits and says nothing', () => {
    const editor = open()
    pasteInto(editor, [span('lab')])
    expect(editor.session.results().map(({ value }) => value)).toEqual([span('lab').value])
    expect(editor.notice.get()).toBeNull()
  })

  it('names the controls that the config lacks', () => {
    const editor = open()
    pasteInto(editor, [span('lab'), span('other', { to_name: 'gone' }), span('third', { to_name: 'gone' })])
    expect(editor.session.results()).toHaveLength(1)
    expect(editor.notice.get()).toEqual({
      key: 'clipboard.noControl',
      tone: 'warning',
      values: { count: 2, names: 'other, third' },
    })
  })

  it('says when no object can show a region of that kind', () => {
    const editor = open()
    pasteInto(editor, [span('lab', { type: 'rectanglelabels', value: { rectanglelabels: ['A'] } })])
    expect(editor.session.results()).toEqual([])
    expect(editor.notice.get()).toMatchObject({ key: 'clipboard.noPlace', values: { count: 1 } })
  })

  it('tells that an annotation can only be looked at', () => {
    const editor = open({ kind: 'prediction' })
    pasteInto(editor, [span('lab')])
    expect(editor.notice.get()).toMatchObject({ key: 'clipboard.readonly' })
  })
})
