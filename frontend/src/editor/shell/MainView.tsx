import { type ReactNode, useMemo } from 'react'
import { isControlSpec, isObjectSpec, isRegionSpec } from '../core/spec'
import type { TagNode } from '../core/taskConfig'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { TAGS } from '../tags/registry'
import { useText } from '../tags/useText'
import { ControlFrame } from './ControlFrame'
import { ObjectFrames } from './ObjectFrames'
import { RelationLines } from './RelationLines'

/** Shows one tag; a tag that is not implemented shows a notice in its place. */
export function renderTag(node: TagNode): ReactNode {
  const View = TAGS.get(node.tag)?.view
  if (!View) return <TagNotice node={node} />
  const name = isControlSpec(node.spec) && !isRegionSpec(node.spec) ? node.attrs.name : undefined
  if (name === undefined) return isObjectSpec(node.spec) ? framed(node, <View node={node} />) : <View node={node} />
  return (
    <ControlFrame name={name}>
      <View node={node} />
    </ControlFrame>
  )
}

/** Objects stand in what controls put around them. */
const framed = (node: TagNode, content: ReactNode): ReactNode => <ObjectFrames node={node}>{content}</ObjectFrames>

/** The labeling area. */
export function MainView() {
  const t = useText()
  const { editor } = useEditorScope()
  const isLinking = useEditor((e) => e.linkingFrom.get() !== null)
  const isAsking = useEditor((e) => e.suggestions.state.get().kind === 'asking')
  const content = useMemo(() => renderTag(editor.config.root), [editor])
  return (
    <div className="pe-stage">
      <section
        className={`pe-main lsf-main-content${isAsking ? ' requesting' : ''}${isLinking ? ' pe-main_linking' : ''}`}
        aria-label={t('editor.area')}
      >
        <div className="pe-main__view lsf-main-view">{content}</div>
      </section>
      <RelationLines />
    </div>
  )
}

function TagNotice({ node }: { node: TagNode }) {
  const t = useText()
  const isPart = node.spec?.kind === 'part' || node.spec?.kind === 'label' || node.tag === 'Relations'
  if (isPart) return null
  const isContainer = node.spec === null || node.spec.kind === 'visual' || node.spec.kind === 'structure'
  return (
    <>
      <p className="pe-notice">{t(node.spec ? 'notices.notYet' : 'notices.unknown', { tag: node.tag })}</p>
      {isContainer ? node.children.map((child) => <div key={child.key}>{renderTag(child)}</div>) : null}
    </>
  )
}
