import { Box, Stack, Tabs, Title } from '@mantine/core'
import { IconClipboardText, IconLink, IconUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Failure } from '@/ui/Failure'
import { FileDrop } from '@/ui/FileDrop'
import { ProgressJob } from '@/ui/ProgressJob'
import { useProjectId } from '../useProjectId'
import { FormatHelp } from './FormatHelp'
import { ImportJob } from './ImportJob'
import { PasteForm } from './PasteForm'
import { UrlForm } from './UrlForm'
import { useImport } from './useImport'

/** Brings data in: files, an address, or pasted text. */
export const ImportPage = () => {
  const { t } = useTranslation()
  const project = useProjectId()
  const running = useImport(project)
  const isBusy = running.upload !== null
  return (
    <Box w="100%" maw={860} mx="auto" px="md" py="lg">
      <Title order={1} mb="md">
        {t('import.title')}
      </Title>
      <Stack gap="md">
        {running.error && <Failure title={t('import.failed')} message={running.error} />}
        {running.upload && (
          <Box className="card" p="md">
            <ProgressJob
              label={t('import.uploading', { count: running.upload.files })}
              done={Math.round(running.upload.sent / 1024)}
              total={Math.max(1, Math.round(running.upload.total / 1024))}
              unit="kB"
              onCancel={running.cancelUpload}
            />
          </Box>
        )}
        {running.job !== null && <ImportJob key={running.job} id={running.job} project={project} />}
        <Tabs defaultValue="files" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="files" leftSection={<IconUpload size={15} />}>
              {t('import.files')}
            </Tabs.Tab>
            <Tabs.Tab value="paste" leftSection={<IconClipboardText size={15} />}>
              {t('import.paste')}
            </Tabs.Tab>
            <Tabs.Tab value="url" leftSection={<IconLink size={15} />}>
              {t('import.url')}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="files" pt="md">
            <FileDrop
              label={t('import.drop')}
              hint={t('import.dropHint')}
              disabled={isBusy}
              onFiles={(files) => void running.sendFiles(files)}
            />
          </Tabs.Panel>
          <Tabs.Panel value="paste" pt="md">
            <PasteForm disabled={isBusy} onSend={running.sendFiles} />
          </Tabs.Panel>
          <Tabs.Panel value="url" pt="md">
            <UrlForm onSend={running.sendUrl} />
          </Tabs.Panel>
        </Tabs>
        <FormatHelp />
      </Stack>
    </Box>
  )
}
