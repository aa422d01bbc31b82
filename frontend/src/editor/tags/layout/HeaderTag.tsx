import { inlineStyle } from '../inlineStyle'
import type { TagViewProps } from '../tag'

/** A heading. */
export function HeaderTag({ node }: TagViewProps) {
  const size = Math.min(Math.max(Math.round(Number(node.attrs.size ?? 4)) || 4, 1), 5)
  const Heading = (['h2', 'h3', 'h4', 'h5', 'h6'] as const)[size - 1] as 'h5'
  const underline = node.attrs.underline === 'true' ? { textDecoration: 'underline' } : undefined
  return (
    <Heading className={`pe-header pe-header_${size}`} style={{ ...underline, ...inlineStyle(node.attrs.style) }}>
      {node.attrs.value}
    </Heading>
  )
}
