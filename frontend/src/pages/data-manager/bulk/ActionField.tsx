import { Checkbox, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { FormField } from '@/api/queries/actions'
import type { Json } from '@/api/types'

interface Props {
  field: FormField
  value: Json
  onChange: (value: Json) => void
}

const optionOf = (option: string | { value: string; label: string }) =>
  typeof option === 'string' ? { value: option, label: option } : { value: String(option.value), label: option.label }

/** Returns what a field holds before anybody touches it. */
export const initialOf = (field: FormField): Json => {
  if (field.value !== undefined) return field.value
  if (field.type === 'checkbox' || field.type === 'toggle') return false
  if (field.type === 'tags') return []
  return field.type === 'input' || field.type === 'textarea' ? '' : null
}

/** One field of an action's form, by the type that the server gives it. */
export const ActionField = ({ field, value, onChange }: Props) => {
  const { type, label, options = [] } = field
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
        label={label}
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(next === '' ? null : Number(next))}
      />
    )
  }
  if (type === 'tags') {
    const known = options.map(optionOf).map((option) => option.value)
    return <TagsInput label={label} data={known} value={[value].flat().map(String)} onChange={onChange} />
  }
  if (options.length > 0 || type === 'select') {
    return (
      <Select
        label={label}
        searchable
        clearable
        data={options.map(optionOf)}
        value={value === null ? null : String(value)}
        onChange={onChange}
      />
    )
  }
  const Input = type === 'textarea' ? Textarea : TextInput
  return <Input label={label} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
}
