import { useEffect, useRef } from 'react'
import type { RegionRecord } from '../../core/document'
import type { Editor } from '../../core/editor'
import { flag } from '../../core/labelConfig'
import { labelNames, regionColor } from '../../core/labeling'
import type { TagNode } from '../../core/taskConfig'
import { provideView } from '../../core/views'
import { CodePoints } from '../../engines/text/codePoints'
import type { Span } from '../../engines/text/segments'
import { TextSurface } from '../../engines/text/surface'
import { useEditor, useEditorScope } from '../EditorContext'
import { useText } from '../useText'
import type { TextSpan } from './codec'
import { listenToText } from './textPointer'

/** Returns the spans of the shown regions of a text, in UTF-16 units. */
export function spansOf(editor: Editor, node: TagNode, points: CodePoints): Span[] {
  const object = node.attrs.name ?? ''
  const hidden = editor.session.hidden.get()
  const one = node.attrs.highlightColor
  return editor.store.regions().flatMap((region: RegionRecord) => {
    if (region.to !== object || region.family !== 'text' || hidden.has(region.id)) return []
    const shape = region.shape as TextSpan
    return {
      id: region.id,
      start: points.toUnits(shape.start),
      end: points.toUnits(shape.end),
      color: one || regionColor(editor, region),
      label: labelNames(editor, region).join(', '),
      isSelected: editor.selection.has(region.id) || editor.hovered.get() === region.id,
    }
  })
}

/** The text with its highlights. React only makes the frame; lines and spans are the surface's. */
export function TextRegions({ node, text }: { node: TagNode; text: string }) {
  const t = useText()
  const { editor, setScope } = useEditorScope()
  const root = useRef<HTMLDivElement>(null)
  const showsLabels = useEditor((e) =>
    node.attrs.showLabels === undefined ? e.settings.get().showRegionLabels : flag(node, 'showLabels'),
  )
  const showsLineNumbers = useEditor((e) => e.settings.get().showLineNumbers)
  useEffect(() => {
    const element = root.current
    if (!element) return
    const points = new CodePoints(text)
    const surface = new TextSurface(element, text)
    let frame = 0
    const draw = () => {
      frame = 0
      surface.update(spansOf(editor, node, points), { showsLabels, showsLineNumbers })
      handles.place()
    }
    const request = () => {
      frame ||= requestAnimationFrame(draw)
    }
    const handles = listenToText({ root: element, editor, surface, source: { node, text, points } })
    let revealed: string | null = null
    const follow = () => {
      const only = editor.selection.only()
      if (only !== revealed && only !== null && editor.store.region(only)?.to === node.attrs.name) surface.reveal(only)
      revealed = only
      request()
    }
    draw()
    const end = editor.subscribe(follow)
    const endView = provideView(editor, node.attrs.name ?? '', {
      boundsOf: (region) => surface.boxesOf(region.id),
      frame: () => element.getBoundingClientRect(),
      subscribe: () => () => {},
    })
    return () => {
      end()
      endView()
      handles.destroy()
      cancelAnimationFrame(frame)
    }
  }, [editor, node, text, showsLabels, showsLineNumbers])
  return (
    <section
      className="pe-object lsf-object pe-text-frame"
      aria-label={t('objects.text', { name: node.attrs.name })}
      onPointerDown={() => setScope(node.attrs.name ?? '')}
    >
      <div
        ref={root}
        className="pe-text htx-richtext lsf-htx-richtext htx-text"
        data-testid={`text-${node.attrs.name}`}
      />
    </section>
  )
}
