import type { Control } from '../../core/taskConfig'
import { useEditorScope } from '../EditorContext'
import { inlineStyle } from '../inlineStyle'
import { TagChildren } from '../TagChildren'
import type { TagViewProps } from '../tag'
import { useShown } from '../useShown'
import { ChoiceSelect } from './ChoiceSelect'
import { ChoiceTree } from './ChoiceTree'

/** Asks for one or several choices. */
export function ChoicesTag({ node }: TagViewProps) {
  const { editor } = useEditorScope()
  const control = editor.config.controls.get(node.attrs.name ?? '')
  return control ? <Choices control={control} /> : null
}

function Choices({ control }: { control: Control }) {
  const { node } = control
  const isVisible = useShown(node)
  const layout = layoutOf(node.attrs)
  return (
    <fieldset
      aria-label={control.name}
      className={`pe-choices lsf-choices pe-choices_${layout} lsf-choices_layout_${layout}`}
      style={isVisible ? inlineStyle(node.attrs.style) : { display: 'none' }}
    >
      {layout === 'select' ? (
        <ChoiceSelect control={control} />
      ) : node.attrs.allowNested === 'true' ? (
        <ChoiceTree control={control} />
      ) : (
        <TagChildren node={node} />
      )}
    </fieldset>
  )
}

function layoutOf(attrs: Readonly<Record<string, string>>): 'select' | 'inline' | 'vertical' {
  if (attrs.layout === 'select' || attrs.layout === 'inline' || attrs.layout === 'vertical') return attrs.layout
  return attrs.showInline === 'true' ? 'inline' : 'vertical'
}
