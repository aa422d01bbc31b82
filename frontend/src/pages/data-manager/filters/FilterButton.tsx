import { Badge, Box, Button, Group, Popover, Text } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type FilterGroup, noFilters } from '@/api/queries/filters'
import { useDebounced } from '@/ui/useDebounced'
import bar from '../DataPage.module.css'
import type { People } from '../usePeople'
import type { TableControl } from '../useTableState'
import { FilterRows } from './FilterRows'
import classes from './filters.module.css'
import { completeOf, conditionsOf, vanishedColumns } from './filterTree'
import { conditionOn } from './operators'
import { sentenceOf } from './sentence'

interface Props {
  table: TableControl
  people: People
  /** A column that somebody wants to filter by: the builder opens with a condition on it. */
  wanted: string | null
  onWantedTaken: () => void
}

const WAIT_MS = 350
/** More conditions than these scroll. */
const MANY = 6

/** Opens the builder of filters. What is complete is asked at once; what is still being entered waits. */
export const FilterButton = ({ table, people, wanted, onWantedTaken }: Props) => {
  const { t } = useTranslation()
  const { state, columns, columnsById, projectId, change } = table
  const [isOpen, setOpen] = useState(false)
  const [draft, setDraft] = useState<FilterGroup | null>(null)
  const shown = draft ?? state.filters
  const settled = useDebounced(draft, WAIT_MS)
  // What stood still before the last key, or before the builder was closed, is no longer wanted.
  const isCurrent = settled === draft
  const asked = useMemo(
    () => (isCurrent && settled ? completeOf(settled, columnsById) : null),
    [isCurrent, settled, columnsById],
  )
  const current = JSON.stringify(state.filters)
  useEffect(() => {
    if (asked !== null && JSON.stringify(asked) !== current) change({ filters: asked })
  }, [asked, current, change])
  useEffect(() => {
    if (wanted === null) return
    const column = columnsById.get(wanted)
    if (column)
      setDraft((old) => ({ ...(old ?? state.filters), items: [...(old ?? state.filters).items, conditionOn(column)] }))
    setOpen(true)
    onWantedTaken()
  }, [wanted, columnsById, state.filters, onWantedTaken])

  const count = conditionsOf(state.filters).length
  const vanished = vanishedColumns(shown, columnsById)
  const words = { t, columns: columnsById, personName: people.nameOf }
  return (
    <Popover
      opened={isOpen}
      onChange={(open) => {
        setOpen(open)
        if (open) return
        if (draft) change({ filters: completeOf(draft, columnsById) })
        setDraft(null)
      }}
      position="bottom-start"
      width="min(680px, calc(100vw - 24px))"
      shadow="md"
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <Button
          classNames={{ root: bar.tool, label: bar.word }}
          variant={count > 0 ? 'light' : 'default'}
          leftSection={<IconFilter size={15} />}
          rightSection={count > 0 ? <Badge size="xs">{count}</Badge> : undefined}
          onClick={() => {
            setDraft(state.filters)
            setOpen(true)
          }}
        >
          {t('data.filter.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        className={classes.panel}
        data-long={conditionsOf(shown).length > MANY || undefined}
        aria-label={t('data.filter.title')}
      >
        <FilterRows
          editing={{ projectId, root: shown, columns, columnsById, people, onChange: setDraft }}
          group={shown}
          path={[]}
        />
        <Box className={classes.sentence} aria-live="polite">
          {sentenceOf({ filters: completeOf(shown, columnsById), ordering: state.ordering }, words)}
          {vanished.length > 0 && (
            <Text size="xs" c="var(--postil-rubric)" mt={4}>
              {t('data.filter.vanished', { columns: vanished.join(', ') })}
            </Text>
          )}
        </Box>
        {count > 0 && (
          <Group justify="flex-end" mt="xs">
            <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setDraft(noFilters)}>
              {t('data.filter.clear')}
            </Button>
          </Group>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
