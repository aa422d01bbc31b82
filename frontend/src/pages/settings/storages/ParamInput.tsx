import { Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ParamField } from '@/api/queries/storages'
import type { Json } from '@/api/types'
import { SecretInput } from '@/ui/SecretInput'

interface Props {
  field: ParamField
  value: Json
  error?: string
  /** A secret is stored already; leaving the field empty keeps it. */
  isSecretSet: boolean
  onChange: (value: Json) => void
}

/** One field of a form that the server describes. */
export const ParamInput = ({ field, value, error, isSecretSet, onChange }: Props) => {
  const { t } = useTranslation()
  const shared = {
    label: field.title,
    description: field.help || undefined,
    placeholder: field.placeholder || undefined,
    required: field.required && !isSecretSet,
    error,
  }
  switch (field.type) {
    case 'boolean':
      return (
        <Checkbox
          size="xs"
          label={field.title}
          description={field.help || undefined}
          error={error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(next === '' ? null : Number(next))}
        />
      )
    case 'select':
      return (
        <Select
          {...shared}
          data={(field.options ?? []).map((option) => ({ value: option.value, label: option.title }))}
          value={value === null ? null : String(value)}
          onChange={onChange}
        />
      )
    case 'multiline':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={3}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'secret':
      return (
        <SecretInput
          {...shared}
          placeholder={isSecretSet ? t('storages.secretSet') : shared.placeholder}
          autoComplete="off"
          value={String(value ?? '')}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    default:
      return (
        <TextInput {...shared} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
      )
  }
}
