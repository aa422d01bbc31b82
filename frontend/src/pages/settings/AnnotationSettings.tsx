import { Checkbox, NumberInput, Radio, Stack, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Project } from '@/api/types'
import { SettingsForm, useSettingsForm } from './SettingsForm'

const switches = [
  'show_instruction',
  'show_skip_button',
  'enable_empty_annotation',
  'show_collab_predictions',
  'reveal_preannotations_interactively',
] as const
const skipQueues = ['REQUEUE_FOR_ME', 'REQUEUE_FOR_OTHERS', 'IGNORE_SKIPPED'] as const

/** What annotators see and may do. */
export const AnnotationSettings = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const { expert_instruction, maximum_annotations, skip_queue } = project
  const start = {
    expert_instruction,
    maximum_annotations,
    skip_queue,
    show_instruction: project.show_instruction,
    show_skip_button: project.show_skip_button,
    enable_empty_annotation: project.enable_empty_annotation,
    show_collab_predictions: project.show_collab_predictions,
    reveal_preannotations_interactively: project.reveal_preannotations_interactively,
  }
  const form = useSettingsForm(project, start)
  return (
    <SettingsForm title={t('settings.annotation.title')} form={form}>
      <Textarea
        label={t('settings.instruction')}
        description={t('settings.instructionHint')}
        autosize
        minRows={4}
        value={form.values.expert_instruction}
        error={form.errors.expert_instruction}
        onChange={(event) => form.set('expert_instruction', event.currentTarget.value)}
      />
      <Stack gap={8}>
        {switches.map((name) => (
          <Checkbox
            key={name}
            size="xs"
            label={t(`settings.switch.${name}`)}
            checked={form.values[name]}
            onChange={(event) => form.set(name, event.currentTarget.checked)}
          />
        ))}
      </Stack>
      <NumberInput
        label={t('settings.overlap')}
        description={t('settings.overlapHint')}
        size="sm"
        maw={260}
        min={1}
        max={100}
        allowDecimal={false}
        value={form.values.maximum_annotations}
        error={form.errors.maximum_annotations}
        onChange={(value) => form.set('maximum_annotations', Math.max(1, Number(value) || 1))}
      />
      <Radio.Group
        label={t('settings.skip')}
        value={form.values.skip_queue}
        onChange={(value) => form.set('skip_queue', value)}
        error={form.errors.skip_queue}
      >
        <Stack gap={8} mt={6}>
          {skipQueues.map((value) => (
            <Radio key={value} size="xs" value={value} label={t(`settings.skipQueue.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </SettingsForm>
  )
}
