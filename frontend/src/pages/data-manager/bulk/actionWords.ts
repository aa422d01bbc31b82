import type { TFunction } from 'i18next'
import type { BulkAction, FormField } from '@/api/queries/actions'

type Named = Pick<BulkAction, 'id' | 'title'>

/** Returns an action's title: as translated, else the API's, which capitalizes every word, as a sentence begins. */
export const actionTitle = ({ id, title }: Named, t: TFunction): string => {
  const asSentence =
    title.charAt(0) +
    title
      .slice(1)
      .replace(/ ([A-Z])([a-z])/g, (_found, first: string, second: string) => ` ${first.toLowerCase()}${second}`)
  return t(`data.action.${id}.title`, { defaultValue: asSentence })
}

/** Returns an action of the API with translated words. */
export const translatedAction = (action: BulkAction, t: TFunction): BulkAction => ({
  ...action,
  title: actionTitle(action, t),
  dialog: { ...action.dialog, text: t(`data.action.${action.id}.text`, { defaultValue: action.dialog.text }) },
})

/** Returns a field of an action's form with translated words; what has no translation keeps those of the API. */
export const translatedField = (id: string, field: FormField, t: TFunction): FormField => ({
  ...field,
  label: t(`data.action.${id}.field.${field.name}`, { defaultValue: field.label }),
  ...(field.placeholder !== undefined && {
    placeholder: t(`data.action.${id}.empty.${field.name}`, { defaultValue: field.placeholder }),
  }),
  ...(field.options && {
    options: field.options.map((option) =>
      typeof option === 'string'
        ? option
        : { ...option, label: t(`data.action.${id}.option.${String(option.value)}`, { defaultValue: option.label }) },
    ),
  }),
})
