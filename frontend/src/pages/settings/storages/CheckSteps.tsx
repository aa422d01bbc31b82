import { Code, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CheckStep } from '@/api/queries/storages'

const icons = {
  ok: <IconCircleCheck size={17} color="var(--postil-accent)" aria-hidden />,
  failed: <IconCircleX size={17} color="var(--postil-rubric)" aria-hidden />,
  warning: <IconAlertTriangle size={17} color="var(--postil-amber)" aria-hidden />,
  skipped: <IconCircleMinus size={17} color="var(--postil-ink-soft)" aria-hidden />,
}

/** What was tried with a storage, how it went, and what to change. */
export const CheckSteps = ({ steps }: { steps: readonly CheckStep[] }) => {
  const { t } = useTranslation()
  return (
    <Stack gap={8} role="status" aria-label={t('storages.checked')}>
      {steps.map((step) => (
        <Group key={step.name} gap={8} align="flex-start" wrap="nowrap">
          {icons[step.state]}
          <div>
            <Text size="sm">
              {step.title}
              <Text span size="sm" c="dimmed">
                {' '}
                · {t(`storages.state.${step.state}`)}
              </Text>
            </Text>
            {step.detail && (
              <Text size="xs" c="dimmed">
                {step.detail}
              </Text>
            )}
            {step.fix && (
              <Code block mt={4}>
                {step.fix}
              </Code>
            )}
          </div>
        </Group>
      ))}
    </Stack>
  )
}
