import { marked } from 'marked'
import { useMemo } from 'react'
import { inlineStyle } from '../inlineStyle'
import { SafeHtml } from '../SafeHtml'
import type { TagViewProps } from '../tag'
import { useShown } from '../useShown'

/** Formatted text; HTML in it is cleaned. */
export function MarkdownTag({ node }: TagViewProps) {
  const text = node.attrs.value ?? ''
  const html = useMemo(() => marked.parse(text, { async: false, gfm: true }), [text])
  const isVisible = useShown(node)
  const { style, className, idAttr } = node.attrs
  return (
    <div
      id={idAttr || undefined}
      className={`pe-markdown ${className ?? ''}`}
      style={isVisible ? inlineStyle(style) : { display: 'none' }}
    >
      <SafeHtml html={html} />
    </div>
  )
}
