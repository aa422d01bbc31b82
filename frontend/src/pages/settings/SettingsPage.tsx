import { Skeleton, Text } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useProject } from '@/api/queries/projects'
import type { Project } from '@/api/types'
import { SideTabs } from '@/ui/SideTabs'
import { useProjectId } from '../useProjectId'
import { AnnotationSettings } from './AnnotationSettings'
import { DangerSettings } from './DangerSettings'
import { GeneralSettings } from './GeneralSettings'
import { MemberSettings } from './MemberSettings'

const LabelingSettings = lazy(async () => ({ default: (await import('./LabelingSettings')).LabelingSettings }))

const ModelSettings = lazy(async () => ({ default: (await import('./models/ModelSettings')).ModelSettings }))
const StorageSettings = lazy(async () => ({ default: (await import('./storages/StorageSettings')).StorageSettings }))
const WebhookSettings = lazy(async () => ({ default: (await import('./webhooks/WebhookSettings')).WebhookSettings }))

const sections: Record<string, ComponentType<{ project: Project }>> = {
  general: GeneralSettings,
  labeling: LabelingSettings,
  annotation: AnnotationSettings,
  members: MemberSettings,
  models: ModelSettings,
  storages: StorageSettings,
  webhooks: WebhookSettings,
  danger: DangerSettings,
}

/** A project's settings, one part at a time. */
export const SettingsPage = () => {
  const { t } = useTranslation()
  const project = useProject(useProjectId())
  const { section = 'general' } = useParams({ strict: false })
  const Part = sections[section]
  const links = Object.keys(sections).map((name) => (
    <Link
      key={name}
      to="/projects/$projectId/settings/$section/"
      params={{ projectId: String(project.data?.id), section: name }}
    >
      {t(`settings.${name}.title`)}
    </Link>
  ))
  return (
    <SideTabs label={t('settings.parts')} links={links}>
      {!Part && <Text>{t('common.notFoundHint')}</Text>}
      {Part && project.data && (
        <Suspense fallback={<Skeleton height={300} />}>
          <Part key={project.data.id} project={project.data} />
        </Suspense>
      )}
    </SideTabs>
  )
}
