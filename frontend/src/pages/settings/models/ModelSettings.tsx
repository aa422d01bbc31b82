import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { type ModelServer, useChangeModels, useModels } from '@/api/queries/models'
import type { Project } from '@/api/types'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Failure } from '@/ui/Failure'
import { Section } from '@/ui/Section'
import { say, sayFailed } from '@/ui/toast'
import { BatchPredictions } from './BatchPredictions'
import { ModelCard } from './ModelCard'
import { ModelForm } from './ModelForm'
import { ModelTest } from './ModelTest'
import { TrainingSettings } from './TrainingSettings'

/** Model servers that predict for the project, and learn from it. */
export const ModelSettings = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const models = useModels(project.id)
  const change = useChangeModels(project.id)
  const [edited, setEdited] = useState<ModelServer | 'new' | null>(null)
  const [tried, setTried] = useState<ModelServer | null>(null)
  const [dropped, setDropped] = useState<ModelServer | null>(null)
  const rows = models.data ?? []
  const fail = (error: unknown) => sayFailed(messageOf(error))
  return (
    <>
      <Section
        title={t('settings.models.title')}
        hint={t('models.hint')}
        action={
          <Button leftSection={<IconPlus size={15} />} onClick={() => setEdited('new')}>
            {t('common.add')}
          </Button>
        }
      >
        <Stack gap="sm">
          {models.error && <Failure message={messageOf(models.error)} onRetry={() => void models.refetch()} />}
          {models.isPending && <Skeleton height={60} />}
          {models.isSuccess && rows.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('models.none')}
            </Text>
          )}
          {rows.map((model) => (
            <ModelCard
              key={model.id}
              model={model}
              isTraining={change.train.isPending && change.train.variables === model.id}
              onTry={() => setTried(model)}
              onTrain={() =>
                change.train.mutate(model.id, { onSuccess: () => say(t('models.training')), onError: fail })
              }
              onEdit={() => setEdited(model)}
              onDrop={() => setDropped(model)}
            />
          ))}
        </Stack>
      </Section>
      <BatchPredictions project={project} models={rows} />
      <TrainingSettings project={project} />
      {edited !== null && (
        <ModelForm project={project.id} model={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />
      )}
      {tried !== null && <ModelTest model={tried} onClose={() => setTried(null)} />}
      <ConfirmDialog
        opened={dropped !== null}
        title={t('models.deleteTitle')}
        confirmLabel={t('models.delete')}
        onConfirm={async () => {
          if (dropped) await change.drop.mutateAsync(dropped.id).catch(fail)
        }}
        onClose={() => setDropped(null)}
      >
        {t('models.deleteHint')}
      </ConfirmDialog>
    </>
  )
}
