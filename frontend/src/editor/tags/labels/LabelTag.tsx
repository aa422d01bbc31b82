import { findWord, upward } from '../../core/taskConfig'
import { useEditorScope } from '../EditorContext'
import { LabelButton } from '../LabelButton'
import type { TagViewProps } from '../tag'

/** A label inside any labels control. */
export function LabelTag({ node }: TagViewProps) {
  const { editor } = useEditorScope()
  for (const around of upward(node)) {
    const control = editor.config.controls.get(around.attrs.name ?? '')
    if (!control?.isLabels || control.node !== around) continue
    const word = findWord(control, node.attrs.alias || node.attrs.value || '')
    return word ? <LabelButton control={control} word={word} /> : null
  }
  return null
}
