import { useEffect, useRef } from 'react'
import { flag } from '../../core/labelConfig'
import type { TagNode } from '../../core/taskConfig'
import { useEditorScope } from '../EditorContext'
import { useSpanOptions } from '../useSpanOptions'
import { useText } from '../useText'
import type { HtmlDocument } from './htmlDocument'
import { showHtml, tameLinks } from './showHtml'

/** Clean HTML in the page itself; its own style sheets are left out. */
export function HtmlInline({ node, read }: { node: TagNode; read: () => HtmlDocument }) {
  const t = useText()
  const { editor, setScope } = useEditorScope()
  const root = useRef<HTMLDivElement>(null)
  const options = useSpanOptions(node)
  useEffect(() => {
    const element = root.current
    const frame = element?.parentElement
    if (!element || !frame) return
    const html = read()
    element.replaceChildren(...html.body.childNodes)
    tameLinks(element, flag(node, 'clickableLinks'))
    const shown = showHtml({ editor, node, html, root: element, frame, options })
    const resized = new ResizeObserver(() => shown.redraw())
    resized.observe(element)
    return () => {
      resized.disconnect()
      shown.destroy()
    }
  }, [editor, node, read, options])
  return (
    <section
      className="pe-object lsf-object pe-html pe-html_inline"
      aria-label={t('objects.text', { name: node.attrs.name ?? '' })}
      onPointerDown={() => setScope(node.attrs.name ?? '')}
    >
      <div ref={root} className="htx-richtext lsf-htx-richtext pe-html__body" data-testid={`html-${node.attrs.name}`} />
    </section>
  )
}
