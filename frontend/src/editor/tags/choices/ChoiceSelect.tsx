import { useId, useState } from 'react'
import { canAnswer } from '../../core/answers'
import type { Control, Word } from '../../core/taskConfig'
import { sameList, useEditor, useEditorScope } from '../EditorContext'
import { useText } from '../useText'
import { choose, chooseWords, isChosen } from './choosing'

/** A drop-down with search; several can be chosen where the config allows it. */
export function ChoiceSelect({ control }: { control: Control }) {
  const t = useText()
  const { editor } = useEditorScope()
  const listId = useId()
  const [query, setQuery] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const chosen = useEditor((e) => control.words.filter((word) => isChosen(e, control, word)), sameList)
  const isFree = useEditor((e) => canAnswer(e, control))
  const isMultiple = control.node.attrs.choice === 'multiple'
  const found = control.words.filter((word) =>
    word.path
      .join(' / ')
      .toLowerCase()
      .includes((query ?? '').toLowerCase()),
  )
  const pick = (word: Word | undefined) => {
    if (!word) return
    choose(editor, control, word)
    if (!isMultiple) setQuery(null)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (query === null) setQuery('')
      else setAt(Math.min(Math.max(at + step, 0), found.length - 1))
    } else if (event.key === 'Enter' && query !== null) {
      event.preventDefault()
      pick(found[at])
    } else if (event.key === 'Escape' && query !== null) {
      event.stopPropagation()
      setQuery(null)
    } else if (event.key === 'Backspace' && !query && isMultiple) chooseWords(editor, control, chosen.slice(0, -1))
  }
  return (
    <div className="pe-select">
      <div className="pe-select__box">
        {isMultiple
          ? chosen.map((word) => (
              <button
                key={word.path.join('/')}
                type="button"
                className="pe-chip"
                disabled={!isFree}
                aria-label={t('choices.remove', { name: word.shown })}
                onClick={() => choose(editor, control, word)}
              >
                {word.shown} ✕
              </button>
            ))
          : null}
        <input
          type="text"
          name={control.name}
          role="combobox"
          aria-label={control.name}
          aria-expanded={query !== null}
          aria-controls={listId}
          aria-activedescendant={query !== null && found[at] ? `${listId}-${at}` : undefined}
          disabled={!isFree}
          placeholder={t('choices.select')}
          value={query ?? (isMultiple ? '' : (chosen[0]?.shown ?? ''))}
          onFocus={() => setQuery('')}
          onBlur={() => setQuery(null)}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {query !== null && isFree ? (
        <div id={listId} role="listbox" aria-label={control.name} className="pe-select__list" tabIndex={-1}>
          {found.map((word, index) => (
            <div
              key={word.path.join('/')}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={chosen.includes(word)}
              className={`pe-select__option${index === at ? ' pe-select__option_at' : ''}`}
              onPointerDown={(event) => {
                event.preventDefault()
                pick(word)
              }}
            >
              {word.path.length > 1 ? `${word.path.slice(0, -1).join(' / ')} / ` : ''}
              {word.shown}
            </div>
          ))}
          {found.length === 0 ? <div className="pe-quiet">{t('choices.none')}</div> : null}
        </div>
      ) : null}
    </div>
  )
}
