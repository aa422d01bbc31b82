import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useConfigChanges, useMigrateConfig } from '@/api/queries/configChanges'
import { configVersionsKey, useUpdateProject } from '@/api/queries/projects'
import type { Job, Project } from '@/api/types'
import { Failure } from '@/ui/Failure'
import { Section } from '@/ui/Section'
import { say } from '@/ui/toast'
import { useDebounced } from '@/ui/useDebounced'
import { ConfigEditor } from '../config/ConfigEditor'
import { RunningAction } from '../data-manager/bulk/RunningAction'
import { ConfigVersions } from './ConfigVersions'
import { stepsOf } from './migrationSteps'
import { SchemaChanges } from './SchemaChanges'

/** The label config; what a change would leave without a place, and what becomes of it; earlier versions. */
export const LabelingSettings = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const update = useUpdateProject(project.id)
  const migrate = useMigrateConfig(project.id)
  const [draft, setDraft] = useState<string | null>(null)
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const [running, setRunning] = useState<Job['id'] | null>(null)
  const [error, setError] = useState<string | null>(null)
  const config = draft ?? project.label_config
  const isChanged = config !== project.label_config
  const settled = useDebounced(config)
  const found = useConfigChanges(project.id, settled, isChanged && settled === config)
  const isKnown = settled === config && !found.isPlaceholderData && (found.isSuccess || found.isError)
  const changes = isChanged ? (found.data?.changes ?? []) : []
  const steps = stepsOf(changes, chosen)

  const drop = () => {
    setDraft(null)
    setChosen({})
  }
  const save = async () => {
    setError(null)
    try {
      if (steps.length > 0) setRunning((await migrate.mutateAsync({ label_config: config, steps })).id)
      else {
        await update.mutateAsync({ label_config: config })
        say(t('settings.saved'))
      }
      drop()
      await client.invalidateQueries({ queryKey: configVersionsKey(project.id) })
    } catch (failure) {
      setError(messageOf(failure))
    }
  }
  return (
    <>
      <Section title={t('settings.labeling.title')} hint={t('settings.labeling.hint')}>
        {error && <Failure message={error} />}
        <ConfigEditor value={config} onChange={setDraft} project={project.id} />
        {changes.length > 0 && (
          <SchemaChanges
            changes={changes}
            chosen={chosen}
            onChoose={(key, choice) => setChosen({ ...chosen, [key]: choice })}
          />
        )}
        {running !== null && (
          <RunningAction
            projectId={project.id}
            id={running}
            title={t('settings.migration.running')}
            onOver={() => setRunning(null)}
          />
        )}
        <Group mt="md" gap="xs">
          <Button
            disabled={!isChanged || !isKnown || running !== null}
            loading={update.isPending || migrate.isPending}
            onClick={() => void save()}
          >
            {t(steps.length > 0 ? 'settings.migration.save' : 'common.save')}
          </Button>
          <Button variant="default" disabled={!isChanged} onClick={drop}>
            {t('common.discard')}
          </Button>
        </Group>
      </Section>
      <ConfigVersions project={project.id} onUse={setDraft} />
    </>
  )
}
