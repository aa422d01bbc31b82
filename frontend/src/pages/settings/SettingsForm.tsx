import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useUpdateProject } from '@/api/queries/projects'
import type { Project, ProjectFields } from '@/api/types'
import { type ApiForm, useApiForm } from '@/api/useApiForm'
import { FormFrame, type Sendable } from '@/ui/FormFrame'
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
  form: Sendable
  children: ReactNode
}

/** The frame of a part of the settings: its fields, what was refused, and the button that saves. */
export const SettingsForm = ({ title, form, children }: Props) => (
  <Section title={title}>
    <FormFrame form={form} maw={620} gap="md">
      {children}
    </FormFrame>
  </Section>
)
