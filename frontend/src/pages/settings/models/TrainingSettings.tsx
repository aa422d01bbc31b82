import { Button, Group, NumberInput, Stack, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useUpdateProject } from '@/api/queries/projects'
import type { Project } from '@/api/types'
import { useApiForm } from '@/api/useApiForm'
import { Failure } from '@/ui/Failure'
import { Section } from '@/ui/Section'
import { say } from '@/ui/toast'

/** What model servers are asked for by themselves: training after some annotations, predictions of shown tasks. */
export const TrainingSettings = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const update = useUpdateProject(project.id)
  const start = {
    min_annotations_to_start_training: project.min_annotations_to_start_training,
    evaluate_predictions_automatically: project.evaluate_predictions_automatically,
  }
  const form = useApiForm(start, async (values) => {
    await update.mutateAsync(values)
    say(t('settings.saved'))
  })
  return (
    <Section title={t('models.byItself')}>
      <form onSubmit={(event) => void form.submit(event)} noValidate>
        <Stack gap="md" maw={520}>
          {form.message && <Failure message={form.message} />}
          <NumberInput
            label={t('models.trainEvery')}
            description={t('models.trainEveryHint')}
            min={0}
            value={form.values.min_annotations_to_start_training}
            error={form.errors.min_annotations_to_start_training}
            onChange={(value) => form.set('min_annotations_to_start_training', Number(value) || 0)}
          />
          <Switch
            size="xs"
            label={t('models.evaluate')}
            description={t('models.evaluateHint')}
            checked={form.values.evaluate_predictions_automatically}
            onChange={(event) => form.set('evaluate_predictions_automatically', event.currentTarget.checked)}
          />
          <Group>
            <Button type="submit" loading={form.isSending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
