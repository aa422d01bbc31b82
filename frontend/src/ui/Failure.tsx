import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  message: string
  title?: string
  onRetry?: () => void
  /** Another way on, such as a link. */
  children?: ReactNode
}

/** Says what went wrong, and offers another try where one may help. */
export const Failure = ({ message, title, onRetry, children }: Props) => {
  const { t } = useTranslation()
  return (
    <Alert color="rubric" icon={<IconAlertTriangle size={18} />} title={title} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {message}
        </Text>
        {onRetry && (
          <Button variant="default" size="compact-xs" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        )}
        {children}
      </Stack>
    </Alert>
  )
}
