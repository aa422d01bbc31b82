import { useEffect, useMemo, useRef } from 'react'
import type { TagNode } from '../../core/taskConfig'
import { showSpans } from '../../engines/text/showSpans'
import { TextSurface } from '../../engines/text/surface'
import { useEditorScope } from '../EditorContext'
import { useSpanOptions } from '../useSpanOptions'
import { useText } from '../useText'
import { textSource } from './source'

/** The text with its highlights. React only makes the frame; lines and spans are the surface's. */
export function TextRegions({ node, text }: { node: TagNode; text: string }) {
  const t = useText()
  const { editor, setScope } = useEditorScope()
  const root = useRef<HTMLDivElement>(null)
  const options = useSpanOptions(node)
  const source = useMemo(() => textSource(node, text), [node, text])
  const surface = useRef<TextSurface | null>(null)
  useEffect(() => {
    const element = root.current
    const frame = element?.parentElement
    if (!element || !frame) return
    if (surface.current?.text !== text) surface.current = new TextSurface(element, text)
    const shown = showSpans({ editor, source, surface: surface.current, root: element, frame, options })
    return () => shown.destroy()
  }, [editor, source, text, options])
  return (
    <section
      className="pe-object lsf-object pe-text-frame"
      aria-label={t('objects.text', { name: node.attrs.name })}
      onPointerDown={() => setScope(node.attrs.name ?? '')}
    >
      <div
        ref={root}
        className="pe-text htx-richtext lsf-htx-richtext htx-text"
        dir="auto"
        role="document"
        aria-label={t('objects.textKeys')}
        data-testid={`text-${node.attrs.name}`}
      />
    </section>
  )
}
