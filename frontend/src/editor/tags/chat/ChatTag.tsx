import { useState } from 'react'
import type { RegionRecord } from '../../core/document'
import { asText } from '../../core/references'
import { clickRegion, deleteRegions, isEditable } from '../../core/regionActions'
import type { Control } from '../../core/taskConfig'
import { sameList, useEditor, useEditorScope } from '../EditorContext'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'
import { ChatInput } from './ChatInput'
import type { Message } from './codec'
import { addedMessages, changeMessage, contentOf, mayEdit, taskMessages } from './messages'

/** A conversation to read and to continue; added messages are regions. */
export function ChatTag({ node }: TagViewProps) {
  const t = useText()
  const { editor, setScope } = useEditorScope()
  const control = editor.config.controls.get(node.attrs.name ?? '')
  const added = useEditor((e) => (control ? addedMessages(e, control) : []), sameList)
  const hidden = useEditor((e) => e.session.hidden.get())
  return (
    <section
      className="pe-object lsf-object pe-chat htx-chat"
      aria-label={t('objects.dialogue', { name: node.attrs.name })}
      onPointerDown={() => setScope(node.attrs.name ?? '')}
    >
      <ol className="pe-chat__messages">
        {taskMessages(node).map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages of the task have no identity but their place
          <li key={index} className={`pe-message pe-message_${sideOf(message.role)}`}>
            <span className="pe-message__role">{asText(message.role)}</span>
            <div className="pe-message__text" dir="auto">
              {contentOf(message)}
            </div>
          </li>
        ))}
        {added.map((region) =>
          control && !hidden.has(region.id) ? <AddedMessage key={region.id} control={control} region={region} /> : null,
        )}
      </ol>
      {control ? <ChatInput control={control} /> : null}
    </section>
  )
}

const sideOf = (role: unknown): string => (role === 'user' ? 'right' : 'left')

function AddedMessage({ control, region }: { control: Control; region: RegionRecord }) {
  const t = useText()
  const { editor } = useEditorScope()
  const [draft, setDraft] = useState<string | null>(null)
  const isSelected = useEditor((e) => e.selection.has(region.id))
  const isFree = useEditor((e) => isEditable(e, region))
  const message = (region.shape as Message).chatmessage
  const save = () => {
    if (draft !== null) changeMessage(editor, region, draft)
    setDraft(null)
  }
  return (
    <li
      className={`pe-message pe-message_${sideOf(message.role)} pe-message_added${isSelected ? ' pe-message_on' : ''}`}
      data-region={region.id}
    >
      <button
        type="button"
        className="pe-message__role"
        aria-pressed={isSelected}
        onClick={(event) => clickRegion(editor, region.id, event.ctrlKey || event.metaKey ? 'toggle' : 'only')}
      >
        {asText(message.role)}
      </button>
      {draft === null ? (
        <div className="pe-message__text" dir="auto">
          {contentOf(message)}
        </div>
      ) : (
        <textarea
          className="pe-input"
          rows={3}
          // biome-ignore lint/a11y/noAutofocus: the button that was pressed asked for it
          autoFocus
          aria-label={t('textarea.edit')}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setDraft(null)
            else if (event.key === 'Enter' && !event.shiftKey) save()
          }}
        />
      )}
      <span className="pe-message__tools">
        {draft === null && mayEdit(editor, control.node, region) ? (
          <button type="button" className="pe-button" onClick={() => setDraft(contentOf(message))}>
            {t('textarea.edit')}
          </button>
        ) : null}
        {isFree ? (
          <button type="button" className="pe-button" onClick={() => deleteRegions(editor, [region.id])}>
            {t('chat.delete')}
          </button>
        ) : null}
      </span>
    </li>
  )
}
