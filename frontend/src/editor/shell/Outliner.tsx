import { useEffect, useLayoutEffect, useRef, useState } from 'react'
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
/** Lines beyond those in view, until the task is painted. */
const FIRST_OVERSCAN = 4
const LEAST_HEIGHT = 600
/** Lines out of sight wait until the person has seen the task. */
const FIRST_LOOK_MS = 100

/** How high the list was last: the next one most often is as high. */
let lastHeight = LEAST_HEIGHT

/** The list of regions: a tree, or groups by label or type. Only the lines in view are in the page. */
export function Outliner() {
  const { taskKey } = useShell()
  const [filter, setFilter] = useTaskState('')
  return (
    <div className="pe-outliner">
      <OutlinerHead filter={filter} setFilter={setFilter} />
      <RegionList key={taskKey} filter={filter} />
    </div>
  )
}

function RegionList({ filter }: { filter: string }) {
  const t = useText()
  const { editor } = useEditorScope()
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const rows = useRegionRows(folded, filter)
  const only = useEditor((e) => e.selection.only())
  const list = useRef<HTMLDivElement>(null)
  const [view, setView] = useState(() => ({ top: 0, height: lastHeight, more: FIRST_OVERSCAN }))
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
  useEffect(() => {
    const timer = setTimeout(() => {
      const { scrollTop: top = 0, clientHeight = 0 } = list.current ?? {}
      lastHeight = clientHeight || LEAST_HEIGHT
      setView({ top, height: Math.max(clientHeight, LEAST_HEIGHT), more: OVERSCAN })
    }, FIRST_LOOK_MS)
    return () => clearTimeout(timer)
  }, [])
  const from = hasAnswers ? 0 : Math.max(0, Math.floor(view.top / ROW_HEIGHT) - view.more)
  const last = Math.ceil((view.top + view.height) / ROW_HEIGHT) + view.more
  const to = hasAnswers ? rows.length : Math.min(rows.length, last)
  const fold = (key: string) =>
    setFolded((now) => {
      const next = new Set(now)
      if (!next.delete(key)) next.add(key)
      return next
    })
  return (
    <>
      {rows.length === 0 ? (
        <p className="pe-quiet pe-outliner__empty">{t(filter === '' ? 'regions.none' : 'regions.noMatch')}</p>
      ) : null}
      <div
        ref={list}
        className="pe-outliner__list"
        role="tree"
        tabIndex={-1}
        aria-label={t('regions.title')}
        aria-multiselectable="true"
        onScroll={({ currentTarget }) =>
          setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight, more: OVERSCAN })
        }
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
    </>
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
