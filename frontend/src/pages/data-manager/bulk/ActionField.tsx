import { Autocomplete, Checkbox, MultiSelect, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { FormField } from '@/api/queries/actions'
import type { Json } from '@/api/types'
import { optionsOf, type Values } from './fieldValues'

interface Props {
  field: FormField
  values: Values
  onChange: (value: Json) => void
}

/** One field of an action's form, by the type that the server gives it. */
export const ActionField = ({ field, values, onChange }: Props) => {
  const { type, label, placeholder } = field
  const value = values[field.name] ?? null
  const options = optionsOf(field, values)
  const shared = { label, placeholder }
  if (type === 'checkbox' || type === 'toggle') {
    return (
      <Checkbox
        size="xs"
        label={label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    )
  }
  if (type === 'number' || type === 'range') {
    return (
      <NumberInput
        {...shared}
        size="sm"
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(next === '' ? null : Number(next))}
      />
    )
  }
  if (type === 'tags') {
    const known = options.map((option) => option.value)
    return <TagsInput {...shared} data={known} value={[value].flat().map(String)} onChange={onChange} />
  }
  if (type === 'select' && field.multiple) {
    const chosen = Array.isArray(value) ? value.map(String) : []
    return <MultiSelect {...shared} searchable clearable data={options} value={chosen} onChange={onChange} />
  }
  if (type === 'select') {
    return (
      <Select
        {...shared}
        searchable={options.length > 7}
        clearable={placeholder !== undefined}
        data={options}
        value={value === null ? null : String(value)}
        onChange={onChange}
      />
    )
  }
  const text = String(value ?? '')
  if (options.length > 0) {
    return <Autocomplete {...shared} data={options.map((option) => option.value)} value={text} onChange={onChange} />
  }
  const Input = type === 'textarea' ? Textarea : TextInput
  return <Input {...shared} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
}
