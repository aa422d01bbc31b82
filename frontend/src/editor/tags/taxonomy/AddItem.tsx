import { type RefObject, useState } from 'react'
import { useText } from '../useText'
import type { Row } from './tree'

interface AddItemProps {
  readonly input: RefObject<HTMLInputElement | null>
  /** The row under which an item may be added. */
  readonly row: Row | undefined
  readonly isUnder: boolean
  readonly setUnder: (isUnder: boolean) => void
  readonly onAdd: (path: readonly string[]) => void
}

/** Asks for a new item of a tree: its name, and whether it goes to the top or under the row last walked to. */
export function AddItem({ input, row, isUnder, setUnder, onAdd }: AddItemProps) {
  const t = useText()
  const [name, setName] = useState('')
  const add = () => {
    if (name.trim() === '') return
    onAdd([...(isUnder && row ? row.item.path : []), name.trim()])
    setName('')
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    add()
  }
  return (
    <div className="pe-taxonomy__add">
      <input
        ref={input}
        type="text"
        className="pe-input pe-input_small pe-taxonomy__new"
        aria-label={t('taxonomy.newItem')}
        placeholder={t('taxonomy.newItem')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {row ? (
        <select
          className="pe-input pe-input_small pe-taxonomy__place"
          aria-label={t('taxonomy.place')}
          value={isUnder ? 'under' : 'top'}
          onChange={(event) => setUnder(event.target.value === 'under')}
        >
          <option value="top">{t('taxonomy.atTop')}</option>
          <option value="under">{t('taxonomy.under', { name: row.item.shown })}</option>
        </select>
      ) : null}
      <button type="button" className="pe-button" disabled={name.trim() === ''} onClick={add}>
        {t('taxonomy.add')}
      </button>
    </div>
  )
}
