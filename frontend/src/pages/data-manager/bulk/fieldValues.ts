import type { FormField, FormOption } from '@/api/queries/actions'
import type { Json } from '@/api/types'

export type Values = Readonly<Record<string, Json>>

/** Returns what a field holds before anybody touches it. */
export const initialOf = (field: FormField): Json => {
  if (field.value !== undefined) return field.value
  if (field.type === 'checkbox' || field.type === 'toggle') return false
  if (field.type === 'tags' || field.multiple) return []
  return field.type === 'input' || field.type === 'textarea' ? '' : null
}

const optionOf = (option: string | FormOption): FormOption =>
  typeof option === 'string' ? { value: option, label: option } : { ...option, value: String(option.value) }

/** Returns what a field offers beside the other values: each value once, those of other controls left out. */
export const optionsOf = (field: FormField, values: Values): FormOption[] => {
  const { control } = values
  const offered = (field.options ?? [])
    .map(optionOf)
    .filter((option) => !control || option.control === undefined || option.control === control)
  return [...new Map(offered.map((option) => [option.value, option])).values()]
}

const isBlank = (value: Json | undefined): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Tells whether everything is filled in that has to be. */
export const isFilled = (fields: readonly FormField[], values: Values): boolean =>
  fields.every((field) => field.placeholder !== undefined || !isBlank(values[field.name]))

/** Returns the values without those that the fields, as they are now, do not offer any longer. */
export const offeredOnly = (fields: readonly FormField[], values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, Json] => {
      const field = fields.find((known) => known.name === name)
      if (!field?.options || field.type !== 'select') return [name, value]
      const offered = new Set(optionsOf(field, values).map((option) => option.value))
      if (Array.isArray(value)) return [name, value.filter((one) => offered.has(String(one)))]
      return [name, value === null || offered.has(String(value)) ? value : null]
    }),
  )
