import { Button, Group, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { checkConfig, useConfigVersions, useUpdateProject } from '@/api/queries/projects'
import type { ConfigCheck, Project } from '@/api/types'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Failure } from '@/ui/Failure'
import { nameOf } from '@/ui/nameOf'
import { RelativeTime } from '@/ui/RelativeTime'
import { Section } from '@/ui/Section'
import { say } from '@/ui/toast'
import { ConfigEditor } from '../config/ConfigEditor'

/** The label config, with what a change would break, and its earlier versions. */
export const LabelingSettings = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const update = useUpdateProject(project.id)
  const versions = useConfigVersions(project.id)
  const [config, setConfig] = useState(project.label_config)
  const [losses, setLosses] = useState<ConfigCheck['breaks']>([])
  const [error, setError] = useState<string | null>(null)

  const store = async () => {
    setError(null)
    try {
      await update.mutateAsync({ label_config: config })
      await versions.refetch()
      say(t('settings.saved'))
    } catch (failure) {
      setError(messageOf(failure))
    }
  }
  const save = async () => {
    setError(null)
    try {
      const { breaks } = await checkConfig(config, project.id)
      if (breaks?.length) setLosses(breaks)
      else await store()
    } catch (failure) {
      setError(messageOf(failure))
    }
  }
  const isChanged = config !== project.label_config
  return (
    <>
      <Section title={t('settings.labeling.title')} hint={t('settings.labeling.hint')}>
        {error && <Failure message={error} />}
        <ConfigEditor value={config} onChange={setConfig} project={project.id} />
        <Group mt="md" gap="xs">
          <Button disabled={!isChanged} loading={update.isPending} onClick={() => void save()}>
            {t('common.save')}
          </Button>
          <Button variant="default" disabled={!isChanged} onClick={() => setConfig(project.label_config)}>
            {t('common.discard')}
          </Button>
        </Group>
      </Section>
      <Section title={t('settings.versions')} hint={t('settings.versionsHint')}>
        <Table.ScrollContainer minWidth={440}>
          <Table className="dense-table" verticalSpacing={5}>
            <Table.Tbody>
              {versions.data?.map((version) => (
                <Table.Tr key={version.id}>
                  <Table.Td fw={600}>{t('settings.version', { number: version.number })}</Table.Td>
                  <Table.Td>{version.created_by ? nameOf(version.created_by) : '–'}</Table.Td>
                  <Table.Td>
                    <RelativeTime at={version.created_at} />
                  </Table.Td>
                  <Table.Td>
                    <Text size="xs" c="dimmed">
                      {t('settings.versionAnnotations', { count: version.annotation_count })}
                    </Text>
                  </Table.Td>
                  <Table.Td ta="right">
                    <Button variant="default" size="compact-xs" onClick={() => setConfig(version.label_config)}>
                      {t('settings.useVersion')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Section>
      <ConfirmDialog
        opened={losses.length > 0}
        title={t('settings.breaksTitle')}
        confirmLabel={t('settings.saveAnyway')}
        onConfirm={store}
        onClose={() => setLosses([])}
      >
        <ul>
          {losses.map((loss) => (
            <li key={loss.message}>
              {loss.message} ({t('projects.annotations', { count: loss.count })})
            </li>
          ))}
        </ul>
        {t('settings.breaksHint')}
      </ConfirmDialog>
    </>
  )
}
