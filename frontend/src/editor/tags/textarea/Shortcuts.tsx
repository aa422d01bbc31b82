import { type RefObject, useEffect } from 'react'
import type { Control } from '../../core/taskConfig'
import { useEditorScope } from '../EditorContext'
import { Hotkey } from '../Hotkey'

interface ShortcutsProps {
  readonly control: Control
  readonly input: RefObject<HTMLInputElement | HTMLTextAreaElement | null>
  readonly text: string
  readonly setText: (text: string) => void
}

/** Buttons that put a text in at the cursor; their keys work while typing. */
export function Shortcuts({ control, input, text, setText }: ShortcutsProps) {
  const { addCommands, editor } = useEditorScope()
  const shortcuts = control.node.children.filter((child) => child.tag === 'Shortcut')
  const insert = (value: string) => {
    const element = input.current
    const [from, to] = [element?.selectionStart ?? text.length, element?.selectionEnd ?? text.length]
    setText(text.slice(0, from) + value + text.slice(to))
    element?.focus()
    requestAnimationFrame(() => element?.setSelectionRange(from + value.length, from + value.length))
  }
  useEffect(() =>
    addCommands(
      shortcuts.map((node) => ({
        id: `shortcut:${node.key}`,
        title: node.attrs.alias || node.attrs.value || '',
        isLiteral: true,
        group: 'text' as const,
        hotkey: node.attrs.hotkey,
        worksInInputs: true,
        isEnabled: () => !editor.isReadonly && document.activeElement === input.current,
        run: () => insert(node.attrs.value ?? ''),
      })),
    ),
  )
  if (shortcuts.length === 0) return null
  return (
    <div className="pe-shortcuts">
      {shortcuts.map((node) => (
        <button
          key={node.key}
          type="button"
          className="pe-shortcut"
          style={{ '--pe-color': node.attrs.background || '#333333' } as React.CSSProperties}
          onClick={() => insert(node.attrs.value ?? '')}
        >
          {node.attrs.alias || node.attrs.value}
          <Hotkey keys={node.attrs.hotkey} />
        </button>
      ))}
    </div>
  )
}
