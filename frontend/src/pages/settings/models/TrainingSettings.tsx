import { NumberInput, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Project } from '@/api/types'
import { SettingsForm, useSettingsForm } from '../SettingsForm'

/** What model servers are asked for by themselves: training after some annotations, predictions of shown tasks. */
export const TrainingSettings = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const form = useSettingsForm(project, {
    min_annotations_to_start_training: project.min_annotations_to_start_training,
    evaluate_predictions_automatically: project.evaluate_predictions_automatically,
  })
  return (
    <SettingsForm title={t('models.byItself')} form={form}>
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
    </SettingsForm>
  )
}
