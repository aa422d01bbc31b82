import { ActionIcon, Box, Button, Checkbox, Group, Popover, ScrollArea, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns3, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ColumnInfo, firstColumns } from '../columns'
import bar from '../DataPage.module.css'
import type { TableControl } from '../useTableState'
import { moved } from './moved'

/** Shows, hides and orders columns. */
export const ColumnsButton = ({ table }: { table: TableControl }) => {
  const { t } = useTranslation()
  const [sought, setSought] = useState('')
  const ids = table.shown.map((column) => column.id)
  const put = (columns: string[]) => table.change({ columns })
  const rest = table.columns.filter((column) => column.isShowable && !ids.includes(column.id))
  const matches = (column: ColumnInfo) => column.title.toLowerCase().includes(sought.trim().toLowerCase())
  const line = (column: ColumnInfo, isShown: boolean) => (
    <Group key={column.id} gap={2} wrap="nowrap" justify="space-between">
      <Checkbox
        size="xs"
        py={4}
        label={column.title}
        checked={isShown}
        disabled={isShown && ids.length === 1}
        onChange={() => put(isShown ? ids.filter((id) => id !== column.id) : [...ids, column.id])}
      />
      {isShown && (
        <Group gap={0} wrap="nowrap">
          <ActionIcon
            size="sm"
            aria-label={t('data.column.earlier', { title: column.title })}
            disabled={ids[0] === column.id}
            onClick={() => put(moved(ids, column.id, -1))}
          >
            <IconArrowUp size={14} />
          </ActionIcon>
          <ActionIcon
            size="sm"
            aria-label={t('data.column.later', { title: column.title })}
            disabled={ids[ids.length - 1] === column.id}
            onClick={() => put(moved(ids, column.id, 1))}
          >
            <IconArrowDown size={14} />
          </ActionIcon>
        </Group>
      )}
    </Group>
  )
  return (
    <Popover position="bottom-start" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Button
          classNames={{ root: bar.tool, label: bar.word }}
          variant="default"
          leftSection={<IconColumns3 size={15} />}
        >
          {t('data.column.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('data.column.title')} w={300}>
        <TextInput
          size="xs"
          mb={6}
          aria-label={t('data.column.find')}
          placeholder={t('data.column.find')}
          leftSection={<IconSearch size={14} />}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
        <ScrollArea.Autosize mah={380} type="auto" offsetScrollbars>
          <Box>{table.shown.filter(matches).map((column) => line(column, true))}</Box>
          {rest.some(matches) && (
            <Text size="xs" c="dimmed" fw={600} mt={8} mb={2}>
              {t('data.column.hidden')}
            </Text>
          )}
          <Box>{rest.filter(matches).map((column) => line(column, false))}</Box>
        </ScrollArea.Autosize>
        <Button mt={6} variant="subtle" color="gray" size="compact-xs" onClick={() => put(firstColumns(table.columns))}>
          {t('data.column.reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
