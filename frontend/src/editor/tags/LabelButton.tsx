import { BLANK, clickLabel, colorOf, shownLabels } from '../core/labeling'
import type { Control, Word } from '../core/taskConfig'
import { isFound } from '../core/wordFilter'
import { useEditor, useEditorScope } from './EditorContext'
import { Hotkey } from './Hotkey'
import { inlineStyle } from './inlineStyle'
import { SafeHtml } from './SafeHtml'
import { useText } from './useText'

const SIZES: Readonly<Record<string, string | undefined>> = { small: '11px', large: '17px' }

/** One label: a click makes it ready, or gives it to the selected regions. */
export function LabelButton({ control, word }: { control: Control; word: Word | null }) {
  const t = useText()
  const { editor, labelKeys } = useEditorScope()
  const name = word?.word ?? BLANK
  const isOn = useEditor((e) => {
    const shown = shownLabels(e, control)
    return shown.includes(name)
  })
  const isHere = useEditor((e) => word === null || isFound(e, control, word))
  const isDisabled = useEditor((e) => e.isReadonly)
  if (!isHere) return null
  const attrs = word?.node.attrs ?? {}
  const color = word ? colorOf(word, word.shown) : '#8b93a1'
  const keys = word ? labelKeys.get(word.node.key) : undefined
  return (
    <button
      type="button"
      className={`pe-label lsf-label${isOn ? ' pe-label_on lsf-label_selected' : ''}`}
      style={
        {
          '--pe-color': color,
          fontSize: SIZES[attrs.size ?? ''],
          ...(isOn && attrs.selectedColor ? { color: attrs.selectedColor } : {}),
        } as React.CSSProperties
      }
      title={attrs.hint}
      aria-pressed={isOn}
      aria-disabled={isDisabled}
      onClick={() => clickLabel(editor, control, name)}
    >
      {attrs.html ? (
        <SafeHtml html={attrs.html} />
      ) : (
        <span className="pe-label__text">{word ? word.shown : t('labels.blank')}</span>
      )}
      {attrs.showAlias === 'true' && attrs.alias ? (
        <span style={inlineStyle(attrs.aliasStyle ?? 'opacity: 0.6')}>{attrs.alias}</span>
      ) : null}
      <Hotkey keys={keys} />
    </button>
  )
}
