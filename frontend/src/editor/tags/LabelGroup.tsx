import { flag } from '../core/labelConfig'
import { useEditorScope } from './EditorContext'
import { inlineStyle } from './inlineStyle'
import { LabelButton } from './LabelButton'
import { TagChildren } from './TagChildren'
import type { TagViewProps } from './tag'
import { useText } from './useText'

/** A group of labels: Labels, and every tool with labels of its own. */
export function LabelGroup({ node }: TagViewProps) {
  const t = useText()
  const { editor } = useEditorScope()
  const control = editor.config.controls.get(node.attrs.name ?? '')
  if (!control) return null
  const isInline = flag(node, 'showInline')
  return (
    <fieldset
      className={`pe-labels lsf-labels${isInline ? '' : ' pe-labels_rows'}`}
      style={inlineStyle(node.attrs.style)}
      aria-label={t('labels.group', { name: control.name })}
    >
      {flag(node, 'allowEmpty') ? <LabelButton control={control} word={null} /> : null}
      <TagChildren node={node} />
    </fieldset>
  )
}
