import { inlineStyle } from '../inlineStyle'
import { TagChildren } from '../TagChildren'
import type { TagViewProps } from '../tag'
import { useShown } from '../useShown'

/** A block that arranges other tags. While its condition does not hold, its content stays, but is not displayed. */
export function ViewTag({ node }: TagViewProps) {
  const { style, display, className, idAttr } = node.attrs
  const own = inlineStyle(style) ?? (display === 'inline' ? { display: 'inline-block', marginRight: 15 } : undefined)
  const isVisible = useShown(node)
  return (
    <div
      id={idAttr || undefined}
      className={className || undefined}
      style={isVisible ? own : { ...own, display: 'none' }}
    >
      <TagChildren node={node} />
    </div>
  )
}
