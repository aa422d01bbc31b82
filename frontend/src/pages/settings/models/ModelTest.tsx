import { Alert, Badge, Button, Code, Group, List, Modal, NumberInput, Skeleton, Stack, Tabs, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { type ModelServer, type ModelTrial, type TrialProblem, useTryModel } from '@/api/queries/models'
import { Failure } from '@/ui/Failure'
import { JsonBlock } from '@/ui/JsonBlock'

const Problems = ({ problems }: { problems: readonly TrialProblem[] }) => {
  const { t } = useTranslation()
  return (
    <Alert color="rubric" title={t('models.unfit', { count: problems.length })}>
      <List size="sm" spacing={4}>
        {problems.map((problem) => (
          <List.Item key={`${problem.where}:${problem.message}`}>
            <Code>{problem.where}</Code> {problem.message}
            {problem.options.length > 0 && (
              <Text size="xs" c="dimmed">
                {t('models.allowed', { words: problem.options.join(', ') })}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

const Outcome = ({ trial }: { trial: ModelTrial }) => {
  const { t } = useTranslation()
  const parts = { response: trial.response, request: trial.request, task: trial.task }
  const problems = trial.problems ?? []
  const isFit = trial.error_message === null && problems.length === 0
  return (
    <Stack gap="sm" role="status" aria-label={t('models.trial')}>
      <Group gap={8}>
        <Badge variant="light" color={trial.status === 200 ? 'verdigris' : 'rubric'} tt="none">
          {t('models.answered', { status: trial.status })}
        </Badge>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {trial.url}
          {trial.duration_ms !== undefined && ` · ${trial.duration_ms.toLocaleString()} ms`}
        </Text>
      </Group>
      {trial.error_message && <Failure message={trial.error_message} />}
      {problems.length > 0 && <Problems problems={problems} />}
      {isFit && <Text size="sm">{t('models.fits')}</Text>}
      {trial.task !== undefined && (
        <Tabs defaultValue="response" keepMounted={false}>
          <Tabs.List>
            {Object.keys(parts).map((part) => (
              <Tabs.Tab key={part} value={part}>
                {t(`models.part.${part}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {Object.entries(parts).map(([part, value]) => (
            <Tabs.Panel key={part} value={part} pt="xs">
              <JsonBlock label={t(`models.part.${part}`)} value={value ?? null} />
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
    </Stack>
  )
}

/** Asks a model server about one task, and shows what was said and what of it does not fit the project. */
export const ModelTest = ({ model, onClose }: { model: ModelServer; onClose: () => void }) => {
  const { t } = useTranslation()
  const [task, setTask] = useState<number | null>(null)
  const { mutate, data, error, isPending } = useTryModel(model.id)
  useEffect(() => mutate(null), [mutate])
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('models.tryTitle', { name: model.title || model.url })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            mutate(task)
          }}
        >
          <Group align="flex-end" gap="xs">
            <NumberInput
              label={t('models.task')}
              description={t('models.taskHint')}
              min={1}
              hideControls
              value={task ?? ''}
              onChange={(value) => setTask(value === '' ? null : Number(value))}
            />
            <Button type="submit" loading={isPending}>
              {t('models.ask')}
            </Button>
          </Group>
        </form>
        {isPending && !data && <Skeleton height={160} />}
        {error && <Failure message={messageOf(error)} />}
        {data && !error && <Outcome trial={data} />}
      </Stack>
    </Modal>
  )
}
