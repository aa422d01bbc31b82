import { ActionIcon, Button, Group, Popover, SegmentedControl, Select, Stack, Text, Tooltip } from '@mantine/core'
import { IconArrowsSort, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inPlace } from '@/ui/inPlace'
import bar from '../DataPage.module.css'
import type { TableControl } from '../useTableState'

const PREFIX = 'tasks:'
const columnIn = (order: string): string => order.replace(/^-?(tasks:)?-?/, '')
const isDown = (order: string): boolean => order.includes('-') && /^-|^tasks:-/.test(order)

/** Chooses the columns that tasks are sorted by, the first one first. */
export const OrderButton = ({ table }: { table: TableControl }) => {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { ordering } = table.state
  const used = new Set(ordering.map(columnIn))
  const sortable = table.columns.filter((column) => column.isSortable)
  const put = (next: readonly string[]) => table.change({ ordering: next })
  const replace = (at: number, order: string) => put(ordering.map((old, index) => (index === at ? order : old)))
  const free = sortable.find((column) => !used.has(column.id))
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Button
          classNames={{ root: bar.tool, label: bar.word }}
          variant={ordering.length > 0 ? 'light' : 'default'}
          leftSection={<IconArrowsSort size={15} />}
          onClick={() => setOpen(!isOpen)}
        >
          {ordering.length > 0
            ? t('data.order.by', {
                column: table.columnsById.get(columnIn(ordering[0] ?? ''))?.title ?? columnIn(ordering[0] ?? ''),
              })
            : t('data.order.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('data.order.title')}>
        <Stack gap={6}>
          {ordering.length === 0 && (
            <Text size="xs" c="dimmed">
              {t('data.order.none')}
            </Text>
          )}
          {ordering.map((order, at) => (
            <Group key={order} gap={6} wrap="nowrap">
              <Select
                size="xs"
                comboboxProps={inPlace}
                w={190}
                searchable
                aria-label={t('data.order.column')}
                data={sortable
                  .filter((column) => column.id === columnIn(order) || !used.has(column.id))
                  .map((column) => ({ value: column.id, label: column.title }))}
                value={columnIn(order)}
                onChange={(id) => id && replace(at, `${isDown(order) ? '-' : ''}${PREFIX}${id}`)}
              />
              <SegmentedControl
                size="xs"
                aria-label={t('data.order.direction')}
                data={[
                  { value: 'up', label: t('data.order.up') },
                  { value: 'down', label: t('data.order.down') },
                ]}
                value={isDown(order) ? 'down' : 'up'}
                onChange={(way) => replace(at, `${way === 'down' ? '-' : ''}${PREFIX}${columnIn(order)}`)}
              />
              <Tooltip label={t('data.order.remove')}>
                <ActionIcon
                  aria-label={t('data.order.remove')}
                  onClick={() => put(ordering.filter((_, index) => index !== at))}
                >
                  <IconTrash size={16} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
            </Group>
          ))}
          {free && (
            <Button
              variant="subtle"
              data-autofocus
              size="compact-xs"
              leftSection={<IconPlus size={14} />}
              onClick={() => put([...ordering, `${PREFIX}${free.id}`])}
            >
              {t('data.order.add')}
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
