import type { RecordId } from '../core/document'
import type { Editor } from '../core/editor'

const TYPE = 'application/x-postil-regions'

type Drag = Pick<React.DragEvent, 'dataTransfer'>

/** Begins to drag a region; if it is selected, all selected ones go with it. */
export function dragRegions(editor: Editor, id: RecordId, { dataTransfer }: Drag): void {
  const ids = editor.selection.has(id) ? [...editor.selection.get()] : [id]
  dataTransfer.setData(TYPE, JSON.stringify(ids))
  dataTransfer.effectAllowed = 'move'
}

/** Tells whether regions are being dragged. */
export const dragsRegions = ({ dataTransfer }: Drag): boolean => dataTransfer.types.includes(TYPE)

/** Returns the regions that were dropped. */
export function draggedRegions({ dataTransfer }: Drag): RecordId[] {
  const text = dataTransfer.getData(TYPE)
  return text === '' ? [] : (JSON.parse(text) as RecordId[])
}
