import { useLayoutEffect, useRef } from 'react'
import { nest } from '../core/nesting'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { OutlinerGroup } from './OutlinerGroup'
import { OutlinerHead } from './OutlinerHead'
import { OutlinerRow } from './OutlinerRow'
import { draggedRegions } from './regionDrag'
import { useShell, useTaskState } from './ShellContext'
import { useRegionRows } from './useRegionRows'

const ROW_HEIGHT = 32
const OVERSCAN = 12
const NONE: ReadonlySet<string> = new Set()
const AT_TOP = { top: 0, height: 600 }

/** The list of regions: a tree, or groups by label or type. Only the lines in view are in the page. */
export function Outliner() {
  const t = useText()
  const { editor } = useEditorScope()
  const { taskKey } = useShell()
  const [folded, setFolded] = useTaskState<ReadonlySet<string>>(NONE)
  const [filter, setFilter] = useTaskState('')
  const rows = useRegionRows(folded, filter)
  const only = useEditor((e) => e.selection.only())
  const list = useRef<HTMLDivElement>(null)
  const [view, setView] = useTaskState(AT_TOP)
  const hasAnswers = [...editor.config.controls.values()].some(
    (control) => control.node.attrs.displayMode === 'region-list',
  )
  const at = only === null ? -1 : rows.findIndex((row) => row.kind === 'region' && row.id === only)
  useLayoutEffect(() => {
    const element = list.current
    if (!element || at < 0) return
    const top = at * ROW_HEIGHT
    if (!hasAnswers && (top < element.scrollTop || top + ROW_HEIGHT > element.scrollTop + element.clientHeight)) {
      element.scrollTop = Math.max(0, top - element.clientHeight / 2)
    }
  }, [at, hasAnswers])
  const from = hasAnswers ? 0 : Math.max(0, Math.floor(view.top / ROW_HEIGHT) - OVERSCAN)
  const to = hasAnswers
    ? rows.length
    : Math.min(rows.length, Math.ceil((view.top + view.height) / ROW_HEIGHT) + OVERSCAN)
  const fold = (key: string) =>
    setFolded((now) => {
      const next = new Set(now)
      if (!next.delete(key)) next.add(key)
      return next
    })
  return (
    <div className="pe-outliner">
      <OutlinerHead filter={filter} setFilter={setFilter} />
      {rows.length === 0 ? (
        <p className="pe-quiet pe-outliner__empty">{t(filter === '' ? 'regions.none' : 'regions.noMatch')}</p>
      ) : null}
      <div
        key={taskKey}
        ref={list}
        className="pe-outliner__list"
        role="tree"
        tabIndex={-1}
        aria-label={t('regions.title')}
        aria-multiselectable="true"
        onScroll={({ currentTarget }) => setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })}
        onKeyDown={(event) => walkTree(event, list.current)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          if (event.target === event.currentTarget) nest(editor, draggedRegions(event), null)
        }}
      >
        <div style={{ height: from * ROW_HEIGHT }} />
        {rows
          .slice(from, to)
          .map((row) =>
            row.kind === 'group' ? (
              <OutlinerGroup
                key={`group ${row.key}`}
                row={row}
                isFolded={folded.has(`group:${row.key}`)}
                onFold={() => fold(`group:${row.key}`)}
              />
            ) : (
              <OutlinerRow
                key={`${row.id} ${row.depth}`}
                row={row}
                isFolded={folded.has(row.id)}
                onFold={() => fold(row.id)}
              />
            ),
          )}
        <div style={{ height: (rows.length - to) * ROW_HEIGHT }} />
      </div>
    </div>
  )
}

/** Arrow keys go from line to line; left and right fold and unfold. */
function walkTree(event: React.KeyboardEvent, list: HTMLElement | null): void {
  const here = document.activeElement
  if (!list || !(here instanceof HTMLElement) || here.getAttribute('role') !== 'treeitem') return
  if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
    if (event.altKey || here.getAttribute('aria-expanded') !== String(event.key === 'ArrowLeft')) return
    here.querySelector<HTMLElement>('.pe-fold')?.click()
  } else {
    const items = [...list.querySelectorAll<HTMLElement>('[role=treeitem]')]
    const next = { ArrowDown: items[items.indexOf(here) + 1], ArrowUp: items[items.indexOf(here) - 1] }[event.key]
    if (!next) return
    next.focus()
  }
  event.preventDefault()
  event.stopPropagation()
}
