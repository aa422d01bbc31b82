import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useUpdateProject } from '@/api/queries/projects'
import type { Project } from '@/api/types'
import { useApiForm } from '@/api/useApiForm'
import { Failure } from '@/ui/Failure'
import { Section } from '@/ui/Section'
import { say } from '@/ui/toast'

const samplings = ['Sequential sampling', 'Uniform sampling', 'Uncertainty sampling'] as const
const samplingKeys = { [samplings[0]]: 'sequential', [samplings[1]]: 'uniform', [samplings[2]]: 'uncertainty' } as const

/** Name, description and the order of tasks. */
export const GeneralSettings = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const update = useUpdateProject(project.id)
  const { title, description, sampling } = project
  const form = useApiForm({ title, description, sampling }, async (values) => {
    await update.mutateAsync(values)
    say(t('settings.saved'))
  })
  return (
    <form onSubmit={(event) => void form.submit(event)} noValidate>
      <Section title={t('settings.general.title')}>
        <Stack gap="sm" maw={560}>
          {form.message && <Failure message={form.message} />}
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
          <Group>
            <Button type="submit" loading={form.isSending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </Section>
    </form>
  )
}
