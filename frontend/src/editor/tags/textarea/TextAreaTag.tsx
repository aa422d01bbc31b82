import { useEditorScope } from '../EditorContext'
import { inlineStyle } from '../inlineStyle'
import type { TagViewProps } from '../tag'
import { useShown } from '../useShown'
import { TextEntries } from './TextEntries'

/** Asks for text. With `displayMode="region-list"` it stands under the regions instead of here. */
export function TextAreaTag({ node }: TagViewProps) {
  const { editor } = useEditorScope()
  const isVisible = useShown(node)
  const control = editor.config.controls.get(node.attrs.name ?? '')
  if (!control || (node.attrs.displayMode === 'region-list' && control.isPerRegion)) return null
  return (
    <div className="pe-textarea lsf-textarea" style={isVisible ? inlineStyle(node.attrs.style) : { display: 'none' }}>
      {node.attrs.label ? <div className="pe-caption">{node.attrs.label}</div> : null}
      <TextEntries control={control} />
    </div>
  )
}
