import { useMemo } from 'react'
import type { TagViewProps } from '../tag'
import { scopedCss } from './scopedCss'

/** CSS of the config; it reaches nothing outside of the labeling area. */
export function StyleTag({ node }: TagViewProps) {
  const css = useMemo(() => scopedCss(node.attrs.value ?? node.text, '.lsf-main-view'), [node])
  return <style>{css}</style>
}
