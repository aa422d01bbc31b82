import { ActionIcon, Box, Button, Group, SegmentedControl, Select, Switch, Text, Tooltip } from '@mantine/core'
import { IconFolderPlus, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type FilterGroup, type FilterItem, isGroup } from '@/api/queries/filters'
import { inPlace } from '@/ui/inPlace'
import { type ColumnInfo, columnIn } from '../columns'
import type { People } from '../usePeople'
import { FilterValue } from './FilterValue'
import classes from './filters.module.css'
import { addNode, MAX_DEPTH, type Path, withNode } from './filterTree'
import { columnOf, conditionOn, operatorOf, operatorsOf } from './operators'

export interface FilterEditing {
  projectId: number
  root: FilterGroup
  columns: readonly ColumnInfo[]
  columnsById: ReadonlyMap<string, ColumnInfo>
  people: People
  onChange: (root: FilterGroup) => void
}

const GROUPS = ['task', 'data', 'annotations', 'predictions', 'quality'] as const

const Condition = ({ editing, item, path }: { editing: FilterEditing; item: FilterItem; path: Path }) => {
  const { t } = useTranslation()
  const { columns, columnsById, root, onChange } = editing
  const column = columnIn(columnsById, columnOf(item))
  const operator = column && operatorOf(item, column)
  const put = (next: FilterItem | null) => onChange(withNode(root, path, next))
  const choices = GROUPS.map((group) => ({
    group: t(`data.columnGroup.${group}`),
    items: columns
      .filter((known) => known.group === group && known.id !== 'status')
      .map((known) => ({ value: known.id, label: known.title })),
  }))
  if (column && !columnsById.has(column.id)) {
    const data = choices.find(({ items }) => items.some(({ value }) => value.startsWith('data.')))
    data?.items.push({ value: column.id, label: column.title })
  }
  return (
    <Group className={classes.condition} gap={6} role="group" aria-label={t('data.filter.condition')}>
      <Select
        size="xs"
        comboboxProps={inPlace}
        w={170}
        className={classes.pick}
        searchable
        aria-label={t('data.filter.column')}
        data={choices}
        value={column?.id ?? null}
        placeholder={columnOf(item)}
        error={column === undefined}
        maxDropdownHeight={320}
        onChange={(id) => {
          const next = id === null ? undefined : columnIn(columnsById, id)
          if (next) put(conditionOn(next))
        }}
      />
      {column && operator && (
        <>
          <Select
            size="xs"
            comboboxProps={inPlace}
            w={150}
            className={classes.pick}
            aria-label={t('data.filter.comparison')}
            data={operatorsOf(column).map(({ id }) => ({ value: id, label: t(`data.filter.operator.${id}`) }))}
            value={operator.id}
            maxDropdownHeight={320}
            onChange={(id) =>
              put(
                conditionOn(
                  column,
                  operatorsOf(column).find((known) => known.id === id),
                  item,
                ),
              )
            }
          />
          {operator.entry !== 'none' && (
            <Box className={classes.value}>
              <FilterValue
                projectId={editing.projectId}
                column={column}
                entry={operator.entry}
                item={item}
                people={editing.people}
                onChange={(value) => put({ ...item, value })}
              />
            </Box>
          )}
        </>
      )}
      {!column && (
        <Text size="xs" c="var(--postil-rubric)" flex={1}>
          {t('data.filter.gone')}
        </Text>
      )}
      <Tooltip label={t('data.filter.remove')}>
        <ActionIcon aria-label={t('data.filter.remove')} onClick={() => put(null)} ml="auto">
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}

/** A group of conditions; groups may hold groups. */
export const FilterRows = ({ editing, group, path }: { editing: FilterEditing; group: FilterGroup; path: Path }) => {
  const { t } = useTranslation()
  const { root, columnsById, columns, onChange } = editing
  const isRoot = path.length === 0
  const put = (next: FilterGroup | null) =>
    onChange(isRoot ? (next ?? { ...group, items: [] }) : withNode(root, path, next))
  const first = columnsById.get('search') ?? columns.find((column) => column.group === 'data') ?? columns[0]
  const fresh = first && conditionOn(first)
  return (
    <Box className={isRoot ? undefined : classes.group} role="group" aria-label={t('data.filter.group')}>
      {(group.items.length > 1 || !isRoot) && (
        <Group gap="sm" mb={6}>
          <SegmentedControl
            size="xs"
            aria-label={t('data.filter.conjunction')}
            data={[
              { value: 'and', label: t('data.filter.allOf') },
              { value: 'or', label: t('data.filter.anyOf') },
            ]}
            value={group.conjunction}
            onChange={(value) => put({ ...group, conjunction: value === 'or' ? 'or' : 'and' })}
          />
          {!isRoot && (
            <Switch
              size="xs"
              label={t('data.filter.negate')}
              checked={group.not ?? false}
              onChange={(event) => {
                const { not: _old, ...rest } = group
                put(event.currentTarget.checked ? { ...rest, not: true } : rest)
              }}
            />
          )}
          {!isRoot && (
            <Tooltip label={t('data.filter.removeGroup')}>
              <ActionIcon aria-label={t('data.filter.removeGroup')} onClick={() => put(null)} ml="auto">
                <IconTrash size={16} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      )}
      {group.items.map((node, index) => {
        const inner = [...path, index]
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is known by its place
        if (isGroup(node)) return <FilterRows key={index} editing={editing} group={node} path={inner} />
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        return <Condition key={index} editing={editing} item={node} path={inner} />
      })}
      <Group gap={6} mt={6}>
        {fresh && (
          <Button
            variant="subtle"
            size="compact-xs"
            data-autofocus={isRoot || undefined}
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange(addNode(root, path, fresh))}
          >
            {t('data.filter.add')}
          </Button>
        )}
        {fresh && path.length < MAX_DEPTH - 1 && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<IconFolderPlus size={14} />}
            onClick={() => onChange(addNode(root, path, { conjunction: 'or', items: [fresh] }))}
          >
            {t('data.filter.addGroup')}
          </Button>
        )}
      </Group>
    </Box>
  )
}
