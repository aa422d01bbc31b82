import { upward } from '../../core/taskConfig'
import { useEditorScope } from '../EditorContext'
import type { TagViewProps } from '../tag'
import { ChoiceBox } from './ChoiceBox'

/** A choice inside Choices. */
export function ChoiceTag({ node }: TagViewProps) {
  const { editor } = useEditorScope()
  for (const around of upward(node)) {
    const control = editor.config.controls.get(around.attrs.name ?? '')
    if (!control || control.node !== around) continue
    const word = control.words.find((candidate) => candidate.node === node)
    return word ? <ChoiceBox control={control} word={word} /> : null
  }
  return null
}
