import { ActionIcon, Badge, Box, Button, Group, Select, Skeleton, Stack, Text, Tooltip } from '@mantine/core'
import { IconPencil, IconPlus, IconSchool, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { type ModelServer, useChangeModels, useModels, useModelVersions } from '@/api/queries/models'
import { useUpdateProject } from '@/api/queries/projects'
import type { Project } from '@/api/types'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Failure } from '@/ui/Failure'
import { Section } from '@/ui/Section'
import { say, sayFailed } from '@/ui/toast'
import { ModelForm } from './ModelForm'

/** Which version of predictions annotators see and scores count. */
const PredictionChoice = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const versions = useModelVersions(project.id)
  const update = useUpdateProject(project.id)
  return (
    <Section title={t('models.predictions')} hint={t('models.predictionsHint')}>
      <Select
        label={t('models.version')}
        maw={360}
        data={[{ value: '', label: t('models.anyVersion') }, ...(versions.data ?? []).filter((name) => name !== '')]}
        value={project.model_version ?? ''}
        onChange={(model_version) =>
          update.mutate(
            { model_version: model_version ?? '' },
            { onSuccess: () => say(t('settings.saved')), onError: (error) => sayFailed(messageOf(error)) },
          )
        }
      />
    </Section>
  )
}

/** Model servers that predict for the project, and learn from it. */
export const ModelSettings = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const models = useModels(project.id)
  const change = useChangeModels(project.id)
  const [edited, setEdited] = useState<ModelServer | 'new' | null>(null)
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
            <Box key={model.id} className="card" p="sm">
              <Group justify="space-between" wrap="nowrap" align="flex-start">
                <div>
                  <Text size="sm" fw={600}>
                    {model.title || model.url}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {model.url}
                    {model.is_interactive && ` · ${t('models.interactive')}`}
                  </Text>
                  {model.error_message && (
                    <Text size="xs" c="var(--postil-rubric)">
                      {model.error_message}
                    </Text>
                  )}
                </div>
                <Group gap={4} wrap="nowrap">
                  <Badge variant="light" color={model.state === 'ER' ? 'rubric' : undefined} tt="none">
                    {model.readable_state}
                  </Badge>
                  <Button
                    variant="default"
                    size="compact-sm"
                    leftSection={<IconSchool size={14} />}
                    onClick={() =>
                      change.train.mutate(model.id, { onSuccess: () => say(t('models.training')), onError: fail })
                    }
                  >
                    {t('models.train')}
                  </Button>
                  <Tooltip label={t('models.change')}>
                    <ActionIcon aria-label={t('models.change')} onClick={() => setEdited(model)}>
                      <IconPencil size={16} stroke={1.6} />
                    </ActionIcon>
                  </Tooltip>
                  <Tooltip label={t('models.delete')}>
                    <ActionIcon aria-label={t('models.delete')} onClick={() => setDropped(model)}>
                      <IconTrash size={16} stroke={1.6} />
                    </ActionIcon>
                  </Tooltip>
                </Group>
              </Group>
            </Box>
          ))}
        </Stack>
      </Section>
      <PredictionChoice project={project} />
      {edited !== null && (
        <ModelForm project={project.id} model={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />
      )}
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
