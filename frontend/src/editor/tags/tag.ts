import type { ReactNode } from 'react'
import type { TagDefinition } from '../core/defineTag'
import type { TagNode } from '../core/taskConfig'
import type { CanvasTool } from '../engines/canvas/canvasTool'
import type { ShapeType } from '../engines/canvas/shape'

export interface TagViewProps {
  readonly node: TagNode
}

export type TagView = (props: TagViewProps) => ReactNode

/** A tag family as the web editor knows it: what the core asks for, with components and shapes. */
export interface WebTag extends TagDefinition<TagView> {
  /** How regions of this family are drawn on a canvas. */
  readonly shape?: ShapeType
  /** Tools that draw them. */
  readonly canvasTools?: readonly CanvasTool[]
}

/** Declares a tag family of the web editor. */
export const defineWebTag = (definition: WebTag): WebTag => definition
