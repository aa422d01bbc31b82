import { useState } from 'react'
import { useText } from '../useText'

interface EntryProps {
  readonly text: string
  readonly isMultiline: boolean
  readonly isEditable: boolean
  readonly isFree: boolean
  readonly onChange: (text: string) => void
}

/** One entry of a text area, with its edit and delete buttons. */
export function Entry({ text, isMultiline, isEditable, isFree, onChange }: EntryProps) {
  const t = useText()
  const [draft, setDraft] = useState<string | null>(null)
  const save = () => {
    if (draft !== null) onChange(draft)
    setDraft(null)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      setDraft(null)
    } else if (event.key === 'Enter' && (event.shiftKey || !isMultiline)) {
      event.preventDefault()
      save()
    }
  }
  if (draft !== null) {
    const shared = {
      value: draft,
      className: 'pe-input',
      'aria-label': t('textarea.edit'),
      autoFocus: true,
      onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => setDraft(event.target.value),
      onBlur: save,
      onKeyDown,
    }
    return <li>{isMultiline ? <textarea {...shared} rows={3} /> : <input {...shared} type="text" />}</li>
  }
  return (
    <li className="pe-entry">
      {isEditable ? (
        <button
          type="button"
          className="pe-entry__text"
          onClick={() => setDraft(text)}
          aria-label={`${t('textarea.edit')}: ${text}`}
        >
          {text}
        </button>
      ) : (
        <span className="pe-entry__text">{text}</span>
      )}
      {isFree ? (
        <button type="button" className="pe-icon-button" aria-label={t('textarea.delete')} onClick={() => onChange('')}>
          ✕
        </button>
      ) : null}
    </li>
  )
}
