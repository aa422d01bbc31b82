import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChosenTasks } from '@/api/queries/filters'
import { useColumns } from '@/api/queries/tasks'
import { useViews, type ViewData } from '@/api/queries/views'
import type { View } from '@/api/types'
import { useSameObject } from '@/ui/useSameObject'
import { type ColumnInfo, firstColumns, readColumns } from './columns'
import { chosenText, fitsAddress } from './views/chosenText'
import { changesOf, dataOf, readChanges, stateOf, type TableState, withChanges } from './views/tableState'

/** The part of the address that the data page reads. */
export type DataSearch = {
  view?: number
  /** What differs from the view, as `Changes`. */
  q?: object
  region?: string
  task?: number
  annotation?: number
  labeling?: number
  view_page?: number
}

/** What belongs to an open task. */
const NOTHING_OPEN: DataSearch = {
  task: undefined,
  annotation: undefined,
  labeling: undefined,
  region: undefined,
  view_page: undefined,
}

export interface TableControl {
  projectId: number
  columns: readonly ColumnInfo[]
  columnsById: ReadonlyMap<string, ColumnInfo>
  views: readonly View[]
  /** The view that the address names; none: all tasks. */
  view: View | undefined
  /** The address names a view that is gone. */
  isViewGone: boolean
  state: TableState
  /** Columns that are shown, in their order. */
  shown: readonly ColumnInfo[]
  isChanged: boolean
  isPending: boolean
  change: (part: Partial<TableState>) => void
  discard: () => void
  openView: (id: number | undefined) => void
  openTask: (id: number | undefined, annotation?: number) => void
  label: (scope: number) => void
  /** Goes to the export of what the table shows, or of the tasks that are chosen in it. */
  exportThis: (chosen: ChosenTasks) => void
  /** Returns the view's data as the table is now. */
  data: (old?: ViewData) => ViewData
}

const none: readonly View[] = []

/** Holds what the table shows: the view in the address, and how the address departs from it. */
export const useTableState = (projectId: number): TableControl => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search: DataSearch = useSearch({ strict: false })
  const raw = useColumns(projectId)
  const stored = useViews(projectId)
  const columns = useMemo(
    () =>
      readColumns(raw.data ?? [], t('data.status')).map((column) =>
        column.group === 'data' || column.id === 'status'
          ? column
          : { ...column, title: t(`data.columnTitle.${column.id}`, { defaultValue: column.title }) },
      ),
    [raw.data, t],
  )
  const columnsById = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns])
  const showable = useMemo(() => columns.filter((column) => column.isShowable).map((column) => column.id), [columns])
  const views = stored.data ?? none
  const view = views.find((known) => known.id === search.view)
  const base = useMemo(() => stateOf(view?.data, showable), [view, showable])
  const query = JSON.stringify(search.q ?? null)
  const state = useMemo(() => withChanges(base, readChanges(JSON.parse(query))), [base, query])
  const shown = useMemo(() => {
    const ids = state.columns ?? firstColumns(columns)
    return ids.flatMap((id) => columnsById.get(id) ?? []).filter((column) => column.isShowable)
  }, [state.columns, columns, columnsById])

  const go = useCallback(
    (next: (old: DataSearch) => DataSearch, replace = false) =>
      void navigate({
        to: '/projects/$projectId/data/',
        params: { projectId: String(projectId) },
        search: (old) => next(old as DataSearch),
        replace,
      }),
    [navigate, projectId],
  )
  const change = useCallback(
    (part: Partial<TableState>) => go((old) => ({ ...old, q: changesOf({ ...state, ...part }, base) }), true),
    [go, state, base],
  )
  const discard = useCallback(() => go((old) => ({ ...old, q: undefined })), [go])
  const openView = useCallback((id?: number) => go(() => ({ view: id })), [go])
  const openTask = useCallback(
    (task?: number, annotation?: number) => go((old) => ({ ...old, ...NOTHING_OPEN, task, annotation })),
    [go],
  )
  const label = useCallback((labeling: number) => go((old) => ({ ...old, ...NOTHING_OPEN, labeling })), [go])
  const q = useMemo(() => (JSON.parse(query) ?? undefined) as object | undefined, [query])
  const exportThis = useCallback(
    (chosen: ChosenTasks) => {
      const text = chosenText(chosen) ?? undefined
      const isShort = text !== undefined && fitsAddress(text)
      void navigate({
        to: '/projects/$projectId/export/',
        params: { projectId: String(projectId) },
        search: { view: search.view, q, chosen: isShort ? text : undefined },
        state: isShort ? undefined : { chosen: text },
      })
    },
    [navigate, projectId, search.view, q],
  )
  const data = useCallback((old?: ViewData) => dataOf(state, showable, old), [state, showable])
  const isViewGone = search.view !== undefined && stored.isSuccess && view === undefined
  const isPending = raw.isPending || stored.isPending
  const isChanged = changesOf(state, base) !== undefined
  return useSameObject({
    projectId,
    columns,
    columnsById,
    views,
    view,
    isViewGone,
    state,
    shown,
    isChanged,
    isPending,
    change,
    discard,
    openView,
    openTask,
    label,
    exportThis,
    data,
  })
}
