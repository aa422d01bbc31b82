import { Select, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Project } from '@/api/types'
import { SettingsForm, useSettingsForm } from './SettingsForm'

const samplings = ['Sequential sampling', 'Uniform sampling', 'Uncertainty sampling'] as const
const samplingKeys = { [samplings[0]]: 'sequential', [samplings[1]]: 'uniform', [samplings[2]]: 'uncertainty' } as const

/** Name, description and the order of tasks. */
export const GeneralSettings = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const { title, description, sampling } = project
  const form = useSettingsForm(project, { title, description, sampling })
  return (
    <SettingsForm title={t('settings.general.title')} form={form}>
      <TextInput
        label={t('newProject.name')}
        maxLength={50}
        value={form.values.title}
        error={form.errors.title}
        onChange={(event) => form.set('title', event.currentTarget.value)}
      />
      <Textarea
        label={t('newProject.description')}
        autosize
        minRows={3}
        value={form.values.description}
        error={form.errors.description}
        onChange={(event) => form.set('description', event.currentTarget.value)}
      />
      <Select
        label={t('settings.sampling')}
        description={t('settings.samplingHint')}
        data={samplings.map((value) => ({ value, label: t(`settings.samplings.${samplingKeys[value]}`) }))}
        value={form.values.sampling}
        error={form.errors.sampling}
        onChange={(value) => form.set('sampling', value ?? samplings[0])}
      />
    </SettingsForm>
  )
}
