import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** A password field whose text can be shown. */
export const SecretInput = (props: PasswordInputProps) => {
  const { t } = useTranslation()
  return (
    <PasswordInput {...props} visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword'), tabIndex: 0 }} />
  )
}
