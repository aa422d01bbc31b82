import { flag } from '../../core/labelConfig'
import type { TagNode } from '../../core/taskConfig'
import { inlineStyle } from '../inlineStyle'
import { TagChildren } from '../TagChildren'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'

/** Panels that fold; with `accordion` opening one closes the others. */
export function CollapseTag({ node }: TagViewProps) {
  return (
    <div
      className={`pe-collapse${flag(node, 'bordered') ? ' pe-collapse_bordered' : ''}`}
      style={inlineStyle(node.attrs.style)}
    >
      <TagChildren node={node} />
    </div>
  )
}

/** One panel. What is inside stays there while it is folded. */
export function PanelTag({ node }: TagViewProps) {
  const t = useText()
  const around = node.parent
  const isAccordion = around !== null && flag(around, 'accordion')
  const isOpen = node.attrs.open === undefined ? around !== null && flag(around, 'open') : flag(node, 'open')
  return (
    <details
      className="pe-collapse__panel"
      open={isOpen || undefined}
      name={isAccordion ? `panel ${around.key}` : undefined}
    >
      <summary className="pe-collapse__title">
        {node.attrs.value || t('collapse.panel', { number: placeOf(node) })}
      </summary>
      <div className="pe-collapse__body">
        <TagChildren node={node} />
      </div>
    </details>
  )
}

const placeOf = (node: TagNode): number =>
  (node.parent?.children ?? []).filter(({ tag }) => tag === 'Panel').indexOf(node) + 1
