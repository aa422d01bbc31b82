import { Autocomplete, Group, MultiSelect, NumberInput, Select, TagsInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilterItem } from '@/api/queries/filters'
import { useColumnValues } from '@/api/queries/values'
import type { Json } from '@/api/types'
import { inPlace } from '@/ui/inPlace'
import { useDebounced } from '@/ui/useDebounced'
import type { ColumnInfo } from '../columns'
import type { People } from '../usePeople'
import { type Entry, readAgo } from './operators'
import { labelText } from './sentence'

interface Props {
  projectId: number
  column: ColumnInfo
  entry: Entry
  item: FilterItem
  people: People
  onChange: (value: Json) => void
}

const units = ['m', 'h', 'd', 'w'] as const

/** A moment as the browser's own field writes it, in the person's time zone. */
const toLocal = (value: Json | undefined): string => {
  const date = new Date(String(value ?? ''))
  if (Number.isNaN(date.getTime())) return ''
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
const fromLocal = (text: string): string => (text === '' ? '' : new Date(text).toISOString())

/** Numbers and moments between two ends. */
const RangeValue = ({ item, entry, onChange }: Pick<Props, 'item' | 'entry' | 'onChange'>) => {
  const { t } = useTranslation()
  const { min, max } = (item.value ?? {}) as { min?: Json; max?: Json }
  const put = (part: { min?: Json; max?: Json }) => onChange({ min: min ?? null, max: max ?? null, ...part })
  const ends = [
    { key: 'min', label: t('data.filter.from'), value: min },
    { key: 'max', label: t('data.filter.to'), value: max },
  ]
  return (
    <Group gap={4} flex={1} miw={entry === 'times' ? 'min(360px, 100%)' : undefined}>
      {ends.map(({ key, label, value }) =>
        entry === 'times' ? (
          <TextInput
            key={key}
            flex={1}
            miw={170}
            size="xs"
            type="datetime-local"
            aria-label={label}
            value={toLocal(value)}
            onChange={(event) => put({ [key]: fromLocal(event.currentTarget.value) })}
          />
        ) : (
          <NumberInput
            key={key}
            flex={1}
            miw={70}
            size="xs"
            aria-label={label}
            placeholder={label}
            value={typeof value === 'number' ? value : ''}
            onChange={(next) => put({ [key]: next === '' ? null : Number(next) })}
          />
        ),
      )}
    </Group>
  )
}

const AgoValue = ({ item, onChange }: Pick<Props, 'item' | 'onChange'>) => {
  const { t } = useTranslation()
  const { amount, unit } = readAgo(item.value)
  return (
    <Group gap={4} wrap="nowrap" flex={1}>
      <NumberInput
        size="xs"
        w={70}
        min={1}
        max={9999}
        allowDecimal={false}
        aria-label={t('data.filter.amount')}
        value={amount}
        onChange={(next) => onChange(`now-${Math.max(1, Number(next) || 1)}${unit}`)}
      />
      <Select
        size="xs"
        comboboxProps={inPlace}
        flex={1}
        aria-label={t('data.filter.unit')}
        data={units.map((value) => ({ value, label: t(`data.filter.units.${value}`) }))}
        value={unit}
        onChange={(next) => onChange(`now-${amount}${next ?? 'd'}`)}
      />
    </Group>
  )
}

/** Text, with what the column holds offered while one types. */
const TextValue = ({ projectId, column, item, onChange }: Omit<Props, 'entry' | 'people'>) => {
  const { t } = useTranslation()
  const text = String(item.value ?? '')
  const offers = column.id.startsWith('data.') && item.operator !== 'regex'
  const values = useColumnValues(projectId, column.id, useDebounced(text, 200), offers)
  const shown = (values.data?.values ?? []).map((value) => ({ ...value, text: String(value.value ?? '') }))
  const counts = new Map(shown.map((value) => [value.text, value.count]))
  return (
    <Autocomplete
      size="xs"
      comboboxProps={inPlace}
      flex={1}
      aria-label={t('data.filter.value')}
      placeholder={t(item.operator === 'regex' ? 'data.filter.pattern' : 'data.filter.value')}
      value={text}
      onChange={onChange}
      data={[...counts.keys()].filter((value) => value !== '' && value.length <= 200)}
      limit={20}
      maxDropdownHeight={260}
      renderOption={({ option }) => (
        <Group justify="space-between" wrap="nowrap" gap="xs" w="100%">
          <span className="ellipsis">{option.value}</span>
          <Text size="xs" c="dimmed" className="tabular">
            {counts.get(option.value)?.toLocaleString()}
          </Text>
        </Group>
      )}
    />
  )
}

/** One or more of the values that the column has, each with its number of tasks. */
const ChoiceValue = ({ projectId, column, entry, item, people, onChange }: Props) => {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const values = useColumnValues(projectId, column.id, useDebounced(search, 200), true)
  const found = values.data?.values ?? column.items.map((value) => ({ value, title: String(value), count: null }))
  const options = found.map(({ value, title, count }) => {
    const name = column.kind === 'people' ? people.nameOf(Number(value)) : entry === 'label' ? labelText(value) : title
    return { value: JSON.stringify(value), label: count === null ? name : `${name} · ${count.toLocaleString()}` }
  })
  const chosen = (
    Array.isArray(item.value) ? item.value : item.value === null || item.value === '' ? [] : [item.value]
  ).map((value) => JSON.stringify(value))
  for (const value of chosen) {
    if (options.some((option) => option.value === value)) continue
    const known = JSON.parse(value) as Json
    options.push({ value, label: column.kind === 'people' ? people.nameOf(Number(known)) : labelText(known) })
  }
  const put = (next: string[]) => onChange(next.map((value) => JSON.parse(value) as Json))
  return (
    <MultiSelect
      size="xs"
      comboboxProps={inPlace}
      flex={1}
      searchable
      aria-label={t('data.filter.value')}
      placeholder={chosen.length === 0 ? t('data.filter.choose') : undefined}
      data={options}
      value={chosen}
      onChange={put}
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage={t('nav.nothingFound')}
      maxDropdownHeight={260}
      clearButtonProps={{ 'aria-label': t('data.filter.clear') }}
    />
  )
}

/** Where the value of a condition is entered, by what the comparison needs. */
export const FilterValue = (props: Props) => {
  const { t } = useTranslation()
  const { entry, item, onChange } = props
  switch (entry) {
    case 'none':
      return null
    case 'number':
      return (
        <NumberInput
          size="xs"
          flex={1}
          aria-label={t('data.filter.value')}
          value={typeof item.value === 'number' ? item.value : ''}
          onChange={(next) => onChange(next === '' ? null : Number(next))}
        />
      )
    case 'range':
    case 'times':
      return <RangeValue item={item} entry={entry} onChange={onChange} />
    case 'list':
      return (
        <TagsInput
          size="xs"
          comboboxProps={inPlace}
          flex={1}
          aria-label={t('data.filter.value')}
          placeholder={t('data.filter.listHint')}
          splitChars={[',', '\n']}
          value={[item.value]
            .flat()
            .map((value) => String(value ?? ''))
            .filter((value) => value !== '')}
          onChange={(next) => onChange(item.type === 'Number' ? next.map(Number).filter(Number.isFinite) : next)}
        />
      )
    case 'time':
      return (
        <TextInput
          size="xs"
          flex={1}
          type="datetime-local"
          aria-label={t('data.filter.value')}
          value={toLocal(item.value)}
          onChange={(event) => onChange(fromLocal(event.currentTarget.value))}
        />
      )
    case 'ago':
      return <AgoValue item={item} onChange={onChange} />
    case 'choice':
    case 'label':
      return <ChoiceValue {...props} />
    default:
      return <TextValue {...props} />
  }
}
