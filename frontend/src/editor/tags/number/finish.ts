import { canAnswer, currentAnswer, setAnswer, setRegionAnswer } from '../../core/answers'
import type { Editor } from '../../core/editor'
import { numberOf } from '../../core/json'
import { flag } from '../../core/labelConfig'
import { answerOf } from '../../core/region'
import type { Control } from '../../core/taskConfig'
import { appliesToRegion, isShown } from '../../core/visibility'

/** Writes the default where nothing was entered: for regions only if an answer is required. */
export function finishNumber(editor: Editor, control: Control): void {
  const value = numberOf(control.node.attrs.defaultValue)
  if (value === null) return
  if (!control.isPerRegion) {
    if (isShown(editor, control.node) && canAnswer(editor, control) && currentAnswer(editor, control) === undefined)
      setAnswer(editor, control, value)
    return
  }
  if (!flag(control.node, 'required')) return
  for (const region of editor.store.regions()) {
    const isAsked = control.toName.includes(region.to) && appliesToRegion(editor, control, region)
    if (isAsked && answerOf(region, control) === undefined) setRegionAnswer(editor, control, region, value)
  }
}
