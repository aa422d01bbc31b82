import type { ReactNode } from 'react'
import type { TagDefinition } from '../core/defineTag'
import type { Control, TagNode } from '../core/taskConfig'
import type { CanvasTool } from '../engines/canvas/canvasTool'
import type { ShapeType, ShapeTypes } from '../engines/canvas/shape'

export interface TagViewProps {
  readonly node: TagNode
}

export type TagView = (props: TagViewProps) => ReactNode

/** How regions of a family are drawn on a canvas, and the tools that draw them. */
export interface CanvasPart {
  readonly shape: ShapeType
  readonly tools: readonly CanvasTool[]
}

/** What a canvas can draw. */
export interface CanvasParts {
  readonly shapes: ShapeTypes
  readonly tools: readonly CanvasTool[]
}

/** A tag family as the web editor knows it: what the core asks for, with components and shapes. */
export interface WebTag extends TagDefinition<TagView> {
  /** Loads the code of the view, where that comes only with a config that names the tag. */
  readonly load?: () => Promise<unknown>
  /** Loads how regions of this family are drawn on a canvas, when a picture needs it. */
  readonly canvas?: () => Promise<CanvasPart>
  /** What a control of this family puts around the objects it names. */
  readonly frame?: (props: ObjectFrameProps) => ReactNode
}

export interface ObjectFrameProps {
  readonly control: Control
  /** Name of the object. */
  readonly object: string
  readonly children: ReactNode
}

/** Declares a tag family of the web editor. */
export const defineWebTag = (definition: WebTag): WebTag => definition

/** Declares how a family is drawn. The canvas hands a shape only to the part of its own family. */
export const defineCanvas = <S>(part: {
  readonly shape: ShapeType<S>
  readonly tools: readonly CanvasTool[]
}): CanvasPart => part as unknown as CanvasPart
