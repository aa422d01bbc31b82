import { ActionIcon, Box, Button, SegmentedControl, Text, Tooltip } from '@mantine/core'
import { IconDownload, IconLayoutGrid, IconRefresh, IconTable, IconUpload } from '@tabler/icons-react'
import { useIsFetching, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkAction } from '@/api/queries/actions'
import { useIsAtLeast } from '@/api/queries/session'
import { refreshProject, tasksKey } from '@/api/queries/tasks'
import { countSelected } from '@/ui/selection'
import { ActionsMenu } from '../bulk/ActionsMenu'
import classes from '../DataPage.module.css'
import { FilterButton } from '../filters/FilterButton'
import { SearchBox } from '../filters/SearchBox'
import type { Display } from '../useDisplay'
import type { People } from '../usePeople'
import type { SelectionControl } from '../useSelection'
import type { TableControl } from '../useTableState'
import { ColumnsButton } from './ColumnsButton'
import { DisplayButton } from './DisplayButton'
import { LabelMenu } from './LabelMenu'
import { OrderButton } from './OrderButton'

interface Props {
  table: TableControl
  total: number
  /** False while `total` is only a lower bound. */
  isExact: boolean
  chosen: SelectionControl
  people: People
  display: Display
  isNarrow: boolean
  wantedFilter: string | null
  onWantedTaken: () => void
  onDisplay: (part: Partial<Display>) => void
  onAction: (action: BulkAction) => void
}

/** Reads the list again; turns while anything of it is on its way. */
const RefreshButton = ({ projectId }: { projectId: number }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const isFetching = useIsFetching({ queryKey: tasksKey(projectId) }) > 0
  return (
    <Tooltip label={t('data.refresh')}>
      <ActionIcon
        aria-label={t('data.refresh')}
        loading={isFetching}
        onClick={() => void refreshProject(client, projectId)}
      >
        <IconRefresh size={17} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  )
}

/** What can be done with the table, and with the tasks that are chosen. */
export const Toolbar = memo((props: Props) => {
  const { table, total, isExact, chosen, people, display, isNarrow } = props
  const { wantedFilter, onWantedTaken, onDisplay, onAction } = props
  const { t } = useTranslation()
  const manages = useIsAtLeast('manager')
  const { projectId, state } = table
  const count = countSelected(chosen.selection, total)
  const shownCount = `${isExact ? '' : '≥ '}${(count > 0 ? count : total).toLocaleString()}`
  return (
    <Box className={classes.toolbar} role="toolbar" aria-label={t('data.toolbar')}>
      <SearchBox table={table} hasKey={!isNarrow} />
      <FilterButton table={table} people={people} wanted={wantedFilter} onWantedTaken={onWantedTaken} />
      {!isNarrow && (
        <>
          <OrderButton table={table} />
          <ColumnsButton table={table} />
          <SegmentedControl
            size="xs"
            aria-label={t('data.layout.title')}
            data={[
              { value: 'table', label: <IconTable size={16} aria-label={t('data.layout.table')} role="img" /> },
              { value: 'grid', label: <IconLayoutGrid size={16} aria-label={t('data.layout.grid')} role="img" /> },
            ]}
            value={state.layout}
            onChange={(layout) => table.change({ layout: layout === 'grid' ? 'grid' : 'table' })}
          />
          <DisplayButton display={display} isGrid={state.layout === 'grid'} onChange={onDisplay} />
        </>
      )}
      <Text size="sm" className="tabular" aria-live="polite" px={4}>
        {count > 0
          ? t('data.selected', { count, shown: shownCount })
          : t('data.total', { count: total, shown: shownCount })}
      </Text>
      {count > 0 && (
        <>
          <ActionsMenu projectId={projectId} onChoose={onAction} />
          <Button variant="subtle" color="gray" size="compact-sm" onClick={chosen.clear}>
            {t('data.bulk.clear')}
          </Button>
        </>
      )}
      <Box flex={1} />
      <RefreshButton projectId={projectId} />
      {manages && !isNarrow && (
        <>
          <Tooltip label={t('project.import')}>
            <ActionIcon
              component={Link}
              to={`/projects/${projectId}/import/`}
              className={classes.wide}
              variant="default"
              size={30}
              aria-label={t('project.import')}
            >
              <IconUpload size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('project.export')}>
            <ActionIcon
              variant="default"
              size={30}
              aria-label={t('data.exportThis')}
              onClick={() => table.exportThis(chosen.selection)}
            >
              <IconDownload size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </>
      )}
      {total > 0 && !isNarrow && <LabelMenu table={table} selected={count} />}
    </Box>
  )
})
