import { useEffect, useRef, useState } from 'react'
import { flag } from '../../core/labelConfig'
import { clickLabel } from '../../core/labeling'
import { filterWords, isFound } from '../../core/wordFilter'
import { useEditorScope } from '../EditorContext'
import { inlineStyle } from '../inlineStyle'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'

/** A search box that hides labels or choices without the typed text. */
export function FilterTag({ node }: TagViewProps) {
  const t = useText()
  const { editor, addCommands } = useEditorScope()
  const control = editor.config.controls.get((node.attrs.toName ?? '').trim())
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const placeholder = node.attrs.placeholder || t('filter.prompt')
  useEffect(
    () =>
      addCommands([
        {
          id: `filter:${node.key}`,
          title: placeholder,
          isLiteral: true,
          group: 'label',
          hotkey: node.attrs.hotkey,
          isEnabled: () => true,
          run: () => input.current?.focus(),
        },
      ]),
    [addCommands, node, placeholder],
  )
  useEffect(() => () => control && filterWords(editor, control, null), [editor, control])
  if (!control) return null
  const search = (query: string) => {
    setText(query)
    const least = Number(node.attrs.minLength ?? 3) || 0
    const isOn = query !== '' && query.length >= least
    filterWords(editor, control, isOn ? { text: query, isCaseSensitive: flag(node, 'caseSensetive') } : null)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape' && text !== '') {
      event.stopPropagation()
      search('')
    }
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const first = control.words.find((word) => isFound(editor, control, word))
    if (!first) return
    if (control.isLabels) clickLabel(editor, control, first.word)
    else editor.definition(control.tag)?.pick?.(editor, control, first)
    if (flag(node, 'cleanup')) search('')
  }
  return (
    <input
      ref={input}
      type="search"
      name={node.attrs.name}
      className="pe-input pe-filter"
      style={inlineStyle(node.attrs.style)}
      placeholder={placeholder}
      aria-label={placeholder}
      value={text}
      onChange={(event) => search(event.target.value)}
      onKeyDown={onKeyDown}
    />
  )
}
