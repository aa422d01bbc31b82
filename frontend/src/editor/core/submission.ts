import type { ResultItem } from './document'
import type { Editor } from './editor'
import { splitNames } from './labelConfig'
import { appliesToRegion, isLeftOut } from './visibility'

/** Returns the result list to submit: answers of controls that other answers hide are left out (they stay in the editor). */
export function resultsToSubmit(editor: Editor): ResultItem[] {
  const hidden = new Set(
    [...editor.config.controls.values()].filter((control) => isLeftOut(editor, control)).map((control) => control.name),
  )
  return editor.store.all().flatMap((record) => {
    if (record.kind === 'answer') return hidden.has(record.from) ? [] : [...record.items]
    if (record.kind !== 'region') return [...record.items]
    return record.items.filter((item) => {
      const control = editor.config.controls.get(item.from_name ?? '')
      if (!control || control.isRegion) return true
      const asks =
        splitNames(control.node.attrs.whenLabelValue).length === 0 || appliesToRegion(editor, control, record)
      return asks && !hidden.has(control.name)
    })
  })
}
