import { useState } from 'react'
import type { Control, Word } from '../../core/taskConfig'
import { isFound } from '../../core/wordFilter'
import { useEditor, useEditorScope } from '../EditorContext'
import { Hotkey } from '../Hotkey'
import { inlineStyle } from '../inlineStyle'
import { SafeHtml } from '../SafeHtml'
import { useText } from '../useText'
import { choose, mayChoose, treeState } from './choosing'

/** Nested choices: parents have a box of three states and can be folded. */
export function ChoiceTree({ control }: { control: Control }) {
  return (
    <ul className="pe-tree">
      {childrenOf(control, []).map((word) => (
        <Branch key={word.path.join('/')} control={control} word={word} />
      ))}
    </ul>
  )
}

const childrenOf = (control: Control, path: readonly string[]): Word[] =>
  control.words.filter(
    (word) => word.path.length === path.length + 1 && path.every((part, at) => word.path[at] === part),
  )

const isInside = (other: Word, word: Word): boolean => word.path.every((part, at) => other.path[at] === part)

function Branch({ control, word }: { control: Control; word: Word }) {
  const t = useText()
  const { editor, labelKeys } = useEditorScope()
  const [isOpen, setOpen] = useState(true)
  const state = useEditor((e) => treeState(e, control, word))
  const isFree = useEditor((e) => mayChoose(e, control, word))
  const inside = childrenOf(control, word.path)
  const isHere = useEditor((e) => control.words.some((other) => isInside(other, word) && isFound(e, control, other)))
  if (!isHere) return null
  return (
    <li>
      <div className="pe-tree__row">
        {inside.length > 0 ? (
          <button
            type="button"
            className="pe-fold"
            aria-expanded={isOpen}
            aria-label={t('choices.fold', { name: word.shown })}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? '▾' : '▸'}
          </button>
        ) : (
          <span className="pe-fold" />
        )}
        <label
          className={`pe-choice lsf-choice__item ant-checkbox-wrapper${state === 'on' ? ' pe-choice_on' : ''}`}
          style={inlineStyle(word.node.attrs.style)}
          title={word.node.attrs.hint}
        >
          <input
            type="checkbox"
            name={control.name}
            checked={state === 'on'}
            disabled={!isFree}
            ref={(box) => {
              if (box) box.indeterminate = state === 'some'
            }}
            onChange={() => choose(editor, control, word)}
          />
          {word.node.attrs.html ? <SafeHtml html={word.node.attrs.html} /> : <span>{word.shown}</span>}
          <Hotkey keys={labelKeys.get(word.node.key)} />
        </label>
      </div>
      {inside.length > 0 && isOpen ? (
        <ul className="pe-tree">
          {inside.map((child) => (
            <Branch key={child.path.join('/')} control={control} word={child} />
          ))}
        </ul>
      ) : null}
    </li>
  )
}
