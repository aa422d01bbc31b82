import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface Props {
  label: string
  done: number
  total: number | null
  unit?: string
  onCancel?: () => void
}

/** How far a long act has come; a bar without a known end moves. */
export const ProgressJob = ({ label, done, total, unit, onCancel }: Props) => {
  const { t } = useTranslation()
  const percent = total ? Math.min(100, (100 * done) / total) : 100
  const amount = total
    ? t('common.doneOfTotal', { done: done.toLocaleString(), total: total.toLocaleString(), unit: unit ?? '' })
    : t('common.doneSoFar', { done: done.toLocaleString(), unit: unit ?? '' })
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600} aria-live="polite">
          {label}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Text size="xs" c="dimmed" className="tabular">
            {amount}
          </Text>
          {onCancel && (
            <Button variant="default" size="compact-xs" onClick={onCancel}>
              {t('common.cancel')}
            </Button>
          )}
        </Group>
      </Group>
      <Progress value={percent} striped={!total} animated={!total} aria-label={label} />
    </Stack>
  )
}
