import { useMemo } from 'react'
import { scopedCss } from '../scopedCss'
import type { TagViewProps } from '../tag'

/** CSS of the config; it reaches nothing outside of the labeling area. */
export function StyleTag({ node }: TagViewProps) {
  const css = useMemo(() => scopedCss(node.attrs.value ?? node.text, '.lsf-main-view'), [node])
  return <style>{css}</style>
}
