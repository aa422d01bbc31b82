import { Box, Button, Text } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { noFilters } from '@/api/queries/filters'
import { useFilterProblems } from '@/api/queries/values'
import { columnIn } from '../columns'
import classes from '../DataPage.module.css'
import type { People } from '../usePeople'
import type { TableControl } from '../useTableState'
import { sentenceOf } from './sentence'

/** What the table shows, in a sentence; nothing while it shows all tasks. */
export const FilterSentence = memo(({ table, people }: { table: TableControl; people: People }) => {
  const { t } = useTranslation()
  const problems = useFilterProblems(table.projectId, table.state.filters).data ?? []
  if (table.state.filters.items.length === 0) return null
  const sentence = sentenceOf(table.state, { t, columns: table.columnsById, personName: people.nameOf })
  return (
    <Box className={classes.sentence}>
      <Box flex={1} miw={0} aria-live="polite">
        <p className="clamp-2" title={sentence}>
          {sentence}
        </p>
        {problems.map(({ filter, reason }) => (
          <Text key={`${filter} ${reason}`} size="xs" c="var(--postil-rubric)">
            {columnIn(table.columnsById, filter)?.title ?? filter}: {reason}
          </Text>
        ))}
      </Box>
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<IconFilterOff size={14} />}
        onClick={() => table.change({ filters: noFilters })}
      >
        {t('data.filter.showAll')}
      </Button>
    </Box>
  )
})
