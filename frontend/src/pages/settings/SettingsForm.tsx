import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useUpdateProject } from '@/api/queries/projects'
import type { Project, ProjectFields } from '@/api/types'
import { type ApiForm, useApiForm } from '@/api/useApiForm'
import { Failure } from '@/ui/Failure'
import { Section } from '@/ui/Section'
import { say } from '@/ui/toast'

/** Holds some settings of a project as they are being edited, and stores them. */
export const useSettingsForm = <Values extends ProjectFields>(project: Project, start: Values): ApiForm<Values> => {
  const { t } = useTranslation()
  const update = useUpdateProject(project.id)
  return useApiForm(start, async (values) => {
    await update.mutateAsync(values)
    say(t('settings.saved'))
  })
}

interface Props {
  title: string
  form: Pick<ApiForm<object>, 'message' | 'isSending' | 'submit'>
  children: ReactNode
}

/** The frame of a part of the settings: its fields, what was refused, and the button that saves. */
export const SettingsForm = ({ title, form, children }: Props) => {
  const { t } = useTranslation()
  return (
    <form onSubmit={(event) => void form.submit(event)} noValidate>
      <Section title={title}>
        <Stack gap="md" maw={620}>
          {form.message && <Failure message={form.message} />}
          {children}
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
