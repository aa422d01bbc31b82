import { Box, Button, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { importJson } from '@/api/queries/imports'
import { useCreateProject } from '@/api/queries/projects'
import type { Json, Template } from '@/api/types'
import { useApiForm } from '@/api/useApiForm'
import { Failure } from '@/ui/Failure'
import { Section } from '@/ui/Section'
import classes from './NewProjectPage.module.css'
import { SampleChoice } from './SampleChoice'
import { sampleData, sampleTasks } from './sampleTasks'
import { TemplateGallery } from './TemplateGallery'

const ConfigEditor = lazy(async () => ({ default: (await import('../config/ConfigEditor')).ConfigEditor }))
const BLANK = '<View>\n  \n</View>\n'

/** Makes a project: name, what to label, and data to begin with. */
export const NewProjectPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const create = useCreateProject()
  const [template, setTemplate] = useState<Template | null>(null)
  const [config, setConfig] = useState<string | null>(null)
  const [withSample, setWithSample] = useState(true)
  const adapt = useRef<HTMLDivElement>(null)
  const samples: Json[] = template ? sampleTasks(template.sample_data) : []

  const form = useApiForm({ title: '', description: '', label_config: '' }, async ({ title, description }) => {
    const project = await create.mutateAsync({
      title: title.trim() || template?.title || t('newProject.untitled'),
      description,
      label_config: config ?? '<View></View>',
    })
    const params = { projectId: String(project.id) }
    if (samples.length > 0 && withSample) {
      await importJson(project.id, samples)
      await navigate({ to: '/projects/$projectId/data/', params })
    } else await navigate({ to: '/projects/$projectId/import/', params })
  })
  const choose = (next: Template | null) => {
    setTemplate(next)
    setConfig(next ? next.config : BLANK)
    // The preview stands below the gallery: it comes into view when there is something new in it.
    requestAnimationFrame(() => adapt.current?.scrollIntoView({ block: 'start', behavior: 'smooth' }))
  }

  return (
    <form className={classes.page} onSubmit={(event) => void form.submit(event)} noValidate>
      <Box w="100%" maw={1180} mx="auto" px="md" py="lg" flex={1}>
        <Title order={1} mb="md">
          {t('projects.new')}
        </Title>
        <Stack gap="md">
          {form.message && <Failure message={form.message} />}
          <Section title={t('newProject.about')}>
            <Group align="flex-start" grow preventGrowOverflow={false} wrap="wrap">
              <TextInput
                label={t('newProject.name')}
                placeholder={template?.title ?? t('newProject.namePlaceholder')}
                autoFocus
                miw={240}
                maxLength={50}
                value={form.values.title}
                error={form.errors.title}
                onChange={(event) => form.set('title', event.currentTarget.value)}
              />
              <Textarea
                label={t('newProject.description')}
                miw={240}
                autosize
                minRows={1}
                maxRows={4}
                value={form.values.description}
                error={form.errors.description}
                onChange={(event) => form.set('description', event.currentTarget.value)}
              />
            </Group>
          </Section>
          <Section title={t('newProject.what')} hint={t('newProject.whatHint')}>
            <TemplateGallery chosen={template?.id ?? (config === null ? null : 'blank')} onChoose={choose} />
          </Section>
          <Box ref={adapt} className={classes.adapt}>
            {config !== null && (
              <Section
                title={template ? t('newProject.adapt', { title: template.title }) : t('newProject.own')}
                hint={t('newProject.adaptHint')}
              >
                {form.errors.label_config && <Failure message={form.errors.label_config} />}
                <Suspense fallback={<Box h={440} />}>
                  <ConfigEditor value={config} onChange={setConfig} sample={sampleData(samples[0])} />
                </Suspense>
              </Section>
            )}
          </Box>
        </Stack>
      </Box>
      <Box className={classes.footer}>
        <Group maw={1180} mx="auto" px="md" py={10} justify="space-between">
          {samples.length > 0 ? (
            <SampleChoice count={samples.length} checked={withSample} onChange={setWithSample} />
          ) : (
            <Text size="sm" c="dimmed">
              {t(config === null ? 'newProject.chooseFirst' : 'newProject.importNext')}
            </Text>
          )}
          <Button type="submit" size="sm" loading={form.isSending} disabled={config === null}>
            {t('newProject.create')}
          </Button>
        </Group>
      </Box>
    </form>
  )
}
