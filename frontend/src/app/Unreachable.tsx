import { Button, Center, Stack, Text, Title } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

interface Props {
  message: string
  onRetry: () => void
}

/** Shown while the server gives no answer; work kept in the browser is safe. */
export const Unreachable = ({ message, onRetry }: Props) => {
  const { t } = useTranslation()
  return (
    <Center mih="80vh" p="lg" role="alert">
      <Stack align="center" maw={460} gap="sm">
        <IconPlugConnectedX size={44} stroke={1.4} color="var(--postil-rubric)" aria-hidden />
        <Title order={1}>{t('common.unreachableTitle')}</Title>
        <Text c="dimmed" ta="center">
          {t('common.unreachableHint')}
        </Text>
        <Text size="xs" c="dimmed">
          {message}
        </Text>
        <Button onClick={onRetry}>{t('common.retry')}</Button>
      </Stack>
    </Center>
  )
}
