import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { flag } from '../../core/labelConfig'
import type { Control } from '../../core/taskConfig'
import { useEditor, useEditorScope } from '../EditorContext'
import type { TagViewProps } from '../tag'
import { useShown } from '../useShown'
import { useText } from '../useText'
import { AddItem } from './AddItem'
import { mayPick, type Paths, pickedPaths, togglePath } from './picking'
import { TreeRows } from './TreeRows'
import { colorAt, keyOf, type Row, rowsOf, shownPath } from './tree'
import { useTree, useTreeChanges } from './useTree'

/** Asks for items of a tree: chips for what is picked, a searchable tree to pick from. */
export function TaxonomyTag({ node }: TagViewProps) {
  const { editor } = useEditorScope()
  const control = editor.config.controls.get(node.attrs.name ?? '')
  return control ? <Picker control={control} /> : null
}

const samePaths = (a: Paths, b: Paths): boolean =>
  a.length === b.length && a.every((path, at) => keyOf(path) === keyOf(b[at] as readonly string[]))

function Picker({ control }: { control: Control }) {
  const t = useText()
  const { editor } = useEditorScope()
  const { attrs } = control.node
  const listId = useId()
  const box = useRef<HTMLDivElement>(null)
  const tree = useTree(control.node)
  const [isListOpen, setListOpen] = useState(false)
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [at, setAt] = useState(0)
  const [isUnder, setUnder] = useState(false)
  const newItem = useRef<HTMLInputElement>(null)
  const changes = useTreeChanges(control.node, isListOpen)
  const picked = useEditor((e) => pickedPaths(e, control), samePaths)
  const isFree = useEditor((e) => mayPick(e, control))
  const isVisible = useShown(control.node)
  const rows = useMemo(() => (isListOpen ? rowsOf(tree.items, open, query) : []), [isListOpen, tree.items, open, query])
  useCloseOutside(box, () => {
    setListOpen(false)
    setQuery('')
  })
  const canPick = (row: Row) => row.item.isLeaf || !flag(control.node, 'leafsOnly')
  const fold = (row: Row, isOpen = !row.isOpen) => {
    if (row.item.isLeaf) return
    if (isOpen && row.item.children === null) tree.load(row.item.path)
    const next = new Set(open)
    if (isOpen) next.add(keyOf(row.item.path))
    else next.delete(keyOf(row.item.path))
    setOpen(next)
  }
  const pick = (row: Row | undefined) => {
    if (!row) return
    if (canPick(row)) togglePath(editor, control, row.item.path)
    else fold(row)
  }
  const addItem = (path: readonly string[]) => {
    changes?.add(path)
    setQuery('')
    setOpen(new Set([...open, keyOf(path.slice(0, -1))]))
  }
  const askUnder = (row: Row) => {
    setAt(rows.indexOf(row))
    setUnder(true)
    newItem.current?.focus()
  }
  const removeItem = (row: Row) => row.item.own && changes?.remove(row.item.own)
  const onKeyDown = (event: React.KeyboardEvent) => {
    const isArrowInText = query !== '' && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')
    if (isArrowInText || event.ctrlKey || event.metaKey || event.altKey || !actOnKey(event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const actOnKey = (key: string): boolean => {
    const row = rows[at]
    if (key === 'ArrowDown' && isListOpen) setAt(Math.min(at + 1, rows.length - 1))
    else if (key === 'ArrowDown') setListOpen(true)
    else if (!isListOpen) return false
    else if (key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (key === 'ArrowRight' && row && !row.isOpen) fold(row, true)
    else if (key === 'ArrowLeft' && row?.isOpen) fold(row, false)
    else if (key === 'Enter') pick(row)
    else if (key === 'Delete' && query === '' && row?.item.own?.mayRemove) removeItem(row)
    else if (key === 'Escape') setListOpen(false)
    else return false
    return true
  }
  const shownOf = (path: readonly string[]) => {
    const names = shownPath(tree.items, path)
    return flag(control.node, 'showFullPath') ? names.join(attrs.pathSeparator ?? ' / ') : (names.at(-1) ?? '')
  }
  return (
    <div
      ref={box}
      className="pe-select pe-taxonomy htx-taxonomy"
      style={isVisible ? { minWidth: attrs.minWidth, maxWidth: attrs.maxWidth } : { display: 'none' }}
    >
      <div className="pe-select__box">
        {picked.map((path) => (
          <button
            key={keyOf(path)}
            type="button"
            className="pe-chip"
            disabled={!isFree}
            title={path.join(attrs.pathSeparator ?? ' / ')}
            style={{ '--pe-color': colorAt(tree.items, path) || undefined } as React.CSSProperties}
            aria-label={t('choices.remove', { name: shownOf(path) })}
            onClick={() => togglePath(editor, control, path)}
          >
            {shownOf(path)} ✕
          </button>
        ))}
        <input
          type="text"
          name={control.name}
          role="combobox"
          aria-label={control.name}
          aria-expanded={isListOpen}
          aria-haspopup="tree"
          aria-controls={listId}
          aria-activedescendant={isListOpen && rows[at] ? `${listId}-${at}` : undefined}
          disabled={!isFree}
          placeholder={attrs.placeholder || t('taxonomy.prompt')}
          value={query}
          onFocus={() => setListOpen(true)}
          onChange={(event) => {
            setQuery(event.target.value)
            setListOpen(true)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {isListOpen && isFree ? (
        <div className="pe-select__list pe-taxonomy__list" style={{ width: attrs.dropdownWidth }}>
          <TreeRows
            id={listId}
            name={control.name}
            rows={rows}
            at={at}
            picked={new Set(picked.map(keyOf))}
            canPick={canPick}
            onPick={pick}
            onFold={fold}
            {...(changes ? { onAdd: askUnder, onRemove: removeItem } : {})}
          />
          {tree.state === 'loading' ? <p className="pe-quiet">{t('objects.loading')}</p> : null}
          {tree.state === 'failed' ? (
            <p className="pe-missing">{t('objects.failed', { attribute: 'apiUrl' })}</p>
          ) : null}
          {tree.state === 'ready' && rows.length === 0 ? <p className="pe-quiet">{t('choices.none')}</p> : null}
          {changes ? (
            <AddItem input={newItem} row={rows[at]} isUnder={isUnder} setUnder={setUnder} onAdd={addItem} />
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

function useCloseOutside(box: React.RefObject<HTMLElement | null>, close: () => void): void {
  const act = useRef(close)
  act.current = close
  useEffect(() => {
    const leave = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) act.current()
    }
    document.addEventListener('pointerdown', leave)
    document.addEventListener('focusin', leave)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
    }
  }, [box])
}
