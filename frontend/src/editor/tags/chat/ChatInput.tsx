import { useState } from 'react'
import type { Control } from '../../core/taskConfig'
import { useEditor, useEditorScope } from '../EditorContext'
import { useText } from '../useText'
import { addedMessages, addMessage, mostMessages, rolesOf, taskMessages } from './messages'

/** Where messages are written, in one of the offered roles. */
export function ChatInput({ control }: { control: Control }) {
  const t = useText()
  const { editor } = useEditorScope()
  const roles = rolesOf(control.node)
  const [role, setRole] = useState(roles[0] ?? '')
  const [text, setText] = useState('')
  const isFree = useEditor((e) => !e.isReadonly)
  const isFull = useEditor(
    (e) => taskMessages(control.node).length + addedMessages(e, control).length >= mostMessages(control.node),
  )
  if (!isFree) return null
  if (isFull) return <p className="pe-quiet">{t('chat.full', { count: mostMessages(control.node) })}</p>
  const send = () => {
    if (addMessage(editor, control, role, text)) setText('')
  }
  return (
    <div className="pe-chat__input">
      <select
        className="pe-input"
        aria-label={t('chat.role')}
        value={role}
        onChange={(event) => setRole(event.target.value)}
      >
        {roles.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
      <textarea
        className="pe-input"
        name={control.name}
        rows={2}
        aria-label={t('chat.write')}
        placeholder={t('chat.write')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey) return
          event.preventDefault()
          send()
        }}
      />
      <button type="button" className="pe-button" disabled={text.trim() === ''} onClick={send}>
        {t('chat.send')}
      </button>
    </div>
  )
}
