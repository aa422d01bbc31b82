import { canAnswer, currentAnswer, setAnswer } from '../../core/answers'
import type { Editor } from '../../core/editor'
import type { Control } from '../../core/taskConfig'
import { useEditor, useEditorScope } from '../EditorContext'
import { inlineStyle } from '../inlineStyle'
import type { ObjectFrameProps } from '../tag'
import { useText } from '../useText'

type Side = 'left' | 'right'

/** Prefers one side; a second time takes that back. */
export function prefer(editor: Editor, control: Control, side: Side): void {
  setAnswer(editor, control, currentAnswer(editor, control) === side ? undefined : side)
}

/** One of two objects that are compared: a click prefers it. */
export function PairSide({ control, object, children }: ObjectFrameProps) {
  const t = useText()
  const { editor } = useEditorScope()
  const side: Side = control.toName[0] === object ? 'left' : 'right'
  const isOn = useEditor((e) => currentAnswer(e, control) === side)
  const isFree = useEditor((e) => canAnswer(e, control))
  const onClick = (event: React.MouseEvent) => {
    const isOther =
      event.target instanceof Element && event.target.closest('button, a, input, select, textarea, summary')
    if (isOther || !window.getSelection()?.isCollapsed) return
    prefer(editor, control, side)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the button below does the same for keys
    <div
      className={`pe-pair${isOn ? ' pe-pair_on' : ''}${isFree ? ' pe-pair_free' : ''}`}
      style={isOn ? inlineStyle(control.node.attrs.selectionStyle) : undefined}
      onClick={onClick}
    >
      <button
        type="button"
        className="pe-button pe-pair__button"
        aria-pressed={isOn}
        disabled={!isFree}
        onClick={() => prefer(editor, control, side)}
      >
        {t(side === 'left' ? 'pairwise.left' : 'pairwise.right')}
      </button>
      {children}
    </div>
  )
}
