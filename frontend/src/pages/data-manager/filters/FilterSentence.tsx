import { Box, Button } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { noFilters } from '@/api/queries/filters'
import classes from '../DataPage.module.css'
import type { People } from '../usePeople'
import type { TableControl } from '../useTableState'
import { sentenceOf } from './sentence'

/** What the table shows, in a sentence; nothing while it shows all tasks. */
export const FilterSentence = memo(({ table, people }: { table: TableControl; people: People }) => {
  const { t } = useTranslation()
  if (table.state.filters.items.length === 0) return null
  const sentence = sentenceOf(table.state, { t, columns: table.columnsById, personName: people.nameOf })
  return (
    <Box className={classes.sentence}>
      <Box component="p" className="clamp-2" title={sentence} aria-live="polite">
        {sentence}
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
