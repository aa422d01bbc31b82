import { Button, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useConfigVersions } from '@/api/queries/projects'
import { nameOf } from '@/ui/nameOf'
import { RelativeTime } from '@/ui/RelativeTime'
import { Section } from '@/ui/Section'

/** Earlier label configs of a project, to be looked at and used again. */
export const ConfigVersions = ({ project, onUse }: { project: number; onUse: (config: string) => void }) => {
  const { t } = useTranslation()
  const versions = useConfigVersions(project)
  return (
    <Section title={t('settings.versions')} hint={t('settings.versionsHint')}>
      <Table.ScrollContainer minWidth={520}>
        <Table className="dense-table" verticalSpacing={5}>
          <Table.Tbody>
            {versions.data?.map((version) => (
              <Table.Tr key={version.id}>
                <Table.Td fw={600} style={{ whiteSpace: 'nowrap' }}>
                  {t('settings.version', { number: version.number })}
                </Table.Td>
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
                  <Button variant="default" size="compact-xs" onClick={() => onUse(version.label_config)}>
                    {t('settings.useVersion')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  )
}
