import { useMemo } from 'react'
import { flag } from '../core/labelConfig'
import type { TagNode } from '../core/taskConfig'
import type { SurfaceOptions } from '../engines/text/spanSurface'
import { useEditor } from './EditorContext'

/** Returns how spans of a text are shown: as its tag says, else as the person likes it. */
export function useSpanOptions(node: TagNode): SurfaceOptions {
  const showsLabels = useEditor((editor) =>
    node.attrs.showLabels === undefined ? editor.settings.get().showRegionLabels : flag(node, 'showLabels'),
  )
  const showsLineNumbers = useEditor((editor) => editor.settings.get().showLineNumbers)
  return useMemo(() => ({ showsLabels, showsLineNumbers }), [showsLabels, showsLineNumbers])
}
