import { describe, expect, it } from 'vitest'
import { clickRegion } from '../../core/regionActions'
import { CANVAS_FAMILIES, loadCanvas } from '../../tags/registry'
import { TestEditor } from '../../testing/TestEditor'
import { PenEnd } from './penEnd'

const { tools } = await loadCanvas(CANVAS_FAMILIES)
const CONFIG =
  '<BrushLabels name="mask" toName="image"><Label value="Sky"/></BrushLabels><RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels><Image name="image" value="$image"/>'

/** A mask around (30, 30), with the label put away. */
function painted() {
  const test = new TestEditor({ config: CONFIG, data: { image: '/a.png' } })
  test.label('mask', 'Sky').drag([20, 30], [40, 30])
  const [region] = test.editor.store.regions()
  const pen = new PenEnd(test.editor, test.content, tools)
  return { test, pen, id: region?.id as string }
}
const tool = (test: TestEditor) => test.editor.tools.get().get('image')

describe('the other end of a pen', () => {
  it('erases from the selected mask, then the tool from before works again', () => {
    const { test, pen, id } = painted()
    test.tool('tool:brush').editor.selection.select([id])
    const before = JSON.stringify(test.values())
    expect(pen.begin({ x: 30, y: 30 })).toBe(true)
    expect(test.working).toBe('tool:eraser')
    test.drag([25, 30], [45, 30])
    pen.end()
    expect([tool(test), test.working]).toEqual(['tool:brush', 'tool:brush'])
    expect(JSON.stringify(test.values())).not.toBe(before)
    expect(JSON.stringify(test.undo().values())).toBe(before)
  })

  it('takes the mask under it if none is selected', () => {
    const { test, pen, id } = painted()
    test.tool('tool:move').editor.selection.clear()
    expect(pen.begin({ x: 30, y: 30 })).toBe(true)
    expect(test.editor.selection.only()).toBe(id)
    pen.end()
    expect(tool(test)).toBe('tool:move')
  })

  it('does nothing over other regions or none, and leaves the tool as it was', () => {
    const { test, pen } = painted()
    test.editor.selection.clear()
    test.tool('tool:rect').label('box', 'Car').drag([100, 40], [140, 80])
    test.editor.selection.clear()
    expect([pen.begin({ x: 120, y: 60 }), pen.begin({ x: 190, y: 90 }), tool(test)]).toEqual([
      false,
      false,
      'tool:rect',
    ])
    pen.end()
    expect(tool(test)).toBe('tool:rect')
  })

  it('erases nothing that is locked or read-only', () => {
    const { test, pen, id } = painted()
    clickRegion(test.editor, id, 'only')
    test.editor.session.locked.set(new Set([id]))
    test.editor.selection.select([id])
    expect(pen.begin({ x: 30, y: 30 })).toBe(false)
  })
})
