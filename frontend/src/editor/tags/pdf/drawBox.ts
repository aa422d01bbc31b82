import type { Editor } from '../../core/editor'
import { finishRegion, labelersFor, makeRegion } from '../../core/labeling'
import { type PageBox, pageBoxCodec } from './codec'

/** A box is at least so large, as a share of the page: less is a click. */
const LEAST = 0.004

/** Tells whether a drag on a document would draw something. */
export const mayDraw = (editor: Editor, object: string): boolean =>
  !editor.isReadonly && labelersFor(editor, object, pageBoxCodec.family).length > 0

/** Makes a region of a box with the active labels; tells whether it did. */
export function drawBox(editor: Editor, object: string, box: PageBox, ocrtext: string): boolean {
  if (!mayDraw(editor, object) || box.width < LEAST || box.height < LEAST) return false
  const shape = { ...box, ocrtext }
  const region = makeRegion(editor, { id: editor.newId(), object, codec: pageBoxCodec, shape })
  if (!region) return false
  editor.change('draw box', [[region.id, null, region]])
  finishRegion(editor, region)
  return true
}
