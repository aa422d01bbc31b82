import { Fragment } from 'react'
import type { TagNode } from '../core/taskConfig'
import { useEditorScope } from './EditorContext'

/** Shows the tags inside a tag. */
export function TagChildren({ node }: { node: TagNode }) {
  const { renderTag } = useEditorScope()
  return node.children.map((child) => <Fragment key={child.key}>{renderTag(child)}</Fragment>)
}
