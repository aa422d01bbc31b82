import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface Props {
  count: number
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Whether the project begins with the template's sample tasks. */
export const SampleChoice = ({ count, checked, onChange }: Props) => {
  const { t } = useTranslation()
  return (
    <Checkbox
      size="sm"
      label={t('newProject.withSample', { count })}
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}
