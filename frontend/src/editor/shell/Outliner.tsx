import { IconEye, IconEyeOff, IconSortAscending, IconSortDescending } from '@tabler/icons-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { nest, toggleHidden } from '../core/regionActions'
import type { EditorSettings } from '../core/settings'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { OutlinerGroup } from './OutlinerGroup'
import { OutlinerRow } from './OutlinerRow'
import { useRegionRows } from './useRegionRows'

const ROW_HEIGHT = 32
const OVERSCAN = 12

/** The list of regions: a tree, or groups by label or type. Only the lines in view are in the page. */
export function Outliner() {
  const t = useText()
  const { editor } = useEditorScope()
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const rows = useRegionRows(folded)
  const only = useEditor((e) => e.selection.only())
  const list = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 600 })
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
      <OutlinerHead />
      {rows.length === 0 ? <p className="pe-quiet pe-outliner__empty">{t('regions.none')}</p> : null}
      <div
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
          const id = event.dataTransfer.getData('text/x-postil-region')
          if (id && event.target === event.currentTarget) nest(editor, id, null)
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

/** Arrow keys go from line to line. */
function walkTree(event: React.KeyboardEvent, list: HTMLElement | null): void {
  if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || !list) return
  const items = [...list.querySelectorAll<HTMLElement>('[role=treeitem]')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  const next = items[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (at < 0 || !next) return
  event.preventDefault()
  event.stopPropagation()
  next.focus()
}

function OutlinerHead() {
  const t = useText()
  const { editor } = useEditorScope()
  const count = useEditor((e) => e.store.regions().length)
  const settings = useEditor((e) => e.settings.get())
  const isAllHidden = useEditor((e) => count > 0 && e.session.hidden.get().size >= count)
  const change = (part: Partial<EditorSettings>) => editor.settings.update((now) => ({ ...now, ...part }))
  const Sort = settings.isDescending ? IconSortDescending : IconSortAscending
  return (
    <div className="pe-outliner__head">
      <span className="pe-outliner__count">{t('regions.count', { count })}</span>
      <select
        aria-label={t('regions.group')}
        className="pe-mini"
        value={settings.groupBy}
        onChange={(event) => change({ groupBy: event.target.value as EditorSettings['groupBy'] })}
      >
        {(['manual', 'label', 'type'] as const).map((way) => (
          <option key={way} value={way}>
            {t(`regions.${way}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t('regions.order')}
        className="pe-mini"
        value={settings.orderBy}
        onChange={(event) => change({ orderBy: event.target.value as EditorSettings['orderBy'] })}
      >
        {(['created', 'score'] as const).map((way) => (
          <option key={way} value={way}>
            {t(`regions.${way}`)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="pe-icon-button"
        aria-label={t('regions.descending')}
        title={t('regions.descending')}
        aria-pressed={settings.isDescending}
        onClick={() => change({ isDescending: !settings.isDescending })}
      >
        <Sort size={16} stroke={1.7} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="pe-icon-button"
        aria-label={t('regions.hideAll')}
        title={t('regions.hideAll')}
        aria-pressed={isAllHidden}
        onClick={() =>
          toggleHidden(
            editor,
            editor.store.regions().map((region) => region.id),
          )
        }
      >
        {isAllHidden ? (
          <IconEyeOff size={16} stroke={1.7} aria-hidden="true" />
        ) : (
          <IconEye size={16} stroke={1.7} aria-hidden="true" />
        )}
      </button>
    </div>
  )
}
