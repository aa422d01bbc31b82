import { Box, Code, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconCircleX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CheckStep } from '@/api/queries/storages'
import { tryFromBrowser } from './tryFromBrowser'

const icons = {
  ok: <IconCircleCheck size={17} color="var(--postil-accent)" aria-hidden />,
  failed: <IconCircleX size={17} color="var(--postil-rubric)" aria-hidden />,
  warning: <IconAlertTriangle size={17} color="var(--postil-amber)" aria-hidden />,
  skipped: <IconCircleMinus size={17} color="var(--postil-ink-soft)" aria-hidden />,
}

const said = { ok: 'storages.browser.ok', failed: 'storages.browser.failed', unknown: 'storages.browser.unknown' }

interface Props {
  steps: readonly CheckStep[]
  /** A presigned object that this page tries to read by itself. */
  browserUrl: string | null
}

/** What was tried with a storage, how it went, and what to change. */
export const CheckSteps = ({ steps: found, browserUrl }: Props) => {
  const { t } = useTranslation()
  const { data: tried } = useQuery({
    queryKey: ['storage-browser-try', browserUrl],
    queryFn: () => tryFromBrowser(browserUrl ?? ''),
    enabled: browserUrl !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const steps = found.map((step): CheckStep => {
    if (step.name !== 'cors' || !tried) return step
    const state = tried === 'failed' ? 'failed' : step.state
    return { ...step, state, detail: `${step.detail} ${t(said[tried])}` }
  })
  return (
    <Stack gap={8} role="status" aria-label={t('storages.checked')}>
      {steps.map((step) => (
        <Group key={step.name} gap={8} align="flex-start" wrap="nowrap">
          <Box style={{ flexShrink: 0 }}>{icons[step.state]}</Box>
          <Box style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
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
              <Code block mt={4} style={{ whiteSpace: 'pre-wrap' }}>
                {step.fix}
              </Code>
            )}
          </Box>
        </Group>
      ))}
    </Stack>
  )
}
