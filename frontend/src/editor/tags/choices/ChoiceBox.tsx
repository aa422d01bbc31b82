import type { Control, Word } from '../../core/taskConfig'
import { isFound } from '../../core/wordFilter'
import { useEditor, useEditorScope } from '../EditorContext'
import { Hotkey } from '../Hotkey'
import { inlineStyle } from '../inlineStyle'
import { SafeHtml } from '../SafeHtml'
import { choose, isChosen, mayChoose } from './choosing'

/** A check box or radio button for one choice. */
export function ChoiceBox({ control, word }: { control: Control; word: Word }) {
  const { editor, labelKeys } = useEditorScope()
  const isOn = useEditor((e) => isChosen(e, control, word))
  const isHere = useEditor((e) => isFound(e, control, word))
  const isFree = useEditor((e) => mayChoose(e, control, word))
  const isRadio = control.node.attrs.choice === 'single-radio'
  const kind = isRadio ? 'radio' : 'checkbox'
  const { attrs } = word.node
  if (!isHere) return null
  return (
    <label
      className={`pe-choice lsf-choice__item ant-${kind}-wrapper${isOn ? ' pe-choice_on' : ''}`}
      style={inlineStyle(attrs.style)}
      title={attrs.hint}
    >
      <span className={`pe-choice__box ant-${kind}${isOn ? ` ant-${kind}-checked` : ''}`}>
        <input
          type={kind}
          name={isRadio ? `${control.name}-choice` : control.name}
          checked={isOn}
          disabled={!isFree}
          onChange={() => choose(editor, control, word)}
        />
      </span>
      {attrs.html ? <SafeHtml html={attrs.html} /> : <span>{word.shown}</span>}
      <Hotkey keys={labelKeys.get(word.node.key)} />
    </label>
  )
}
