import type { ReactNode } from 'react'
import type { TagNode } from '../core/taskConfig'
import { useEditorScope } from '../tags/EditorContext'
import { TAGS } from '../tags/registry'
import type { WebTag } from '../tags/tag'

/** Puts around an object what the controls that name it want there, as the sides of a comparison. */
export function ObjectFrames({ node, children }: { node: TagNode; children: ReactNode }) {
  const { editor } = useEditorScope()
  const object = node.attrs.name ?? ''
  return editor.controlsOf(object).reduce<ReactNode>((content, control) => {
    const Frame = (TAGS.get(control.tag) as WebTag | undefined)?.frame
    if (!Frame || object === '') return content
    return (
      <Frame key={control.name} control={control} object={object}>
        {content}
      </Frame>
    )
  }, children)
}
