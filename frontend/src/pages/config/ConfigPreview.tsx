import { Text } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConfigCheck, Json } from '@/api/types'
import { EditorShell } from '@/editor'
import { RefusedError } from '@/editor/host'

interface Props {
  config: string
  check: ConfigCheck
  /** Task data to show; null: the made-up task. */
  data: Record<string, Json> | null
}

const refuse = () => Promise.reject(new RefusedError('A preview saves nothing.'))
const host = { saveDraft: refuse, submit: refuse, update: refuse }
const person = { id: 0, displayName: '' }
const none: never[] = []
const interfaces = ['basic', 'side-column']

/** The editor over a sample task; what is drawn in it goes nowhere. */
export const ConfigPreview = ({ config, check, data }: Props) => {
  const { t } = useTranslation()
  const hasErrors = check.problems.some((problem) => problem.severity === 'error')
  const shown = data ?? check.sample_task
  const task = useMemo(() => ({ id: 0, data: shown ?? {} }), [shown])
  if (hasErrors || !shown) {
    return (
      <Text p="md" size="sm" c="dimmed">
        {t('config.noPreview')}
      </Text>
    )
  }
  return (
    <EditorShell
      key={`${config} ${JSON.stringify(shown)}`}
      config={config}
      task={task}
      annotations={none}
      predictions={none}
      user={person}
      interfaces={interfaces}
      host={host}
    />
  )
}
