// @vitest-environment jsdom
import { forEachDiagnostic } from '@codemirror/lint'
import { EditorView } from '@codemirror/view'
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { type Mark, XmlEditor } from './XmlEditor'

afterEach(cleanup)

const show = (fields: Partial<Parameters<typeof XmlEditor>[0]> = {}) => {
  const onChange = vi.fn()
  const editor = (props: typeof fields) => (
    <XmlEditor label="Config" value={'<View>\n</View>'} onChange={onChange} marks={[]} {...props} />
  )
  const { container, rerender } = render(editor(fields))
  const view = EditorView.findFromDOM(container) as EditorView
  return { view, onChange, container, update: (next: typeof fields) => rerender(editor(next)) }
}
const marksIn = (view: EditorView) => {
  const found: [from: number, to: number, text: string][] = []
  forEachDiagnostic(view.state, (one, from, to) => found.push([from, to, one.message]))
  return found
}

it('has a name, and shows the text', () => {
  const { view, container } = show()
  expect(container.querySelector('[aria-label="Config"]')).toBeTruthy()
  expect(view.state.doc.toString()).toBe('<View>\n</View>')
})

it('tells what was typed', () => {
  const { view, onChange } = show()
  view.dispatch({ changes: { from: 6, insert: ' ' } })
  expect(onChange).toHaveBeenCalledWith('<View> \n</View>')
})

it('takes text from outside without telling it back', () => {
  const { view, onChange, update } = show()
  update({ value: '<View/>' })
  expect(view.state.doc.toString()).toBe('<View/>')
  expect(onChange).not.toHaveBeenCalled()
})

it('marks problems at their place, also beyond the end', () => {
  const mark = (line: number, column: number, message: string): Mark => ({ line, column, severity: 'error', message })
  const { view, update } = show()
  update({ marks: [mark(1, 2, 'here'), mark(99, 1, 'far'), mark(0, 99, 'before')] })
  expect(marksIn(view).sort((one, other) => one[2].localeCompare(other[2]))).toEqual([
    [6, 6, 'before'],
    [7, 14, 'far'],
    [1, 6, 'here'],
  ])
  update({ marks: [] })
  expect(marksIn(view)).toEqual([])
})

it('may be for reading only, and is gone with its page', () => {
  const { view } = show({ readOnly: true })
  expect(view.contentDOM.getAttribute('contenteditable')).toBe('false')
  const gone = vi.spyOn(view, 'destroy')
  cleanup()
  expect(gone).toHaveBeenCalledTimes(1)
})
