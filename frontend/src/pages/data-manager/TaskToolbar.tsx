import { ActionIcon, Box, Button, Text, Tooltip } from '@mantine/core'
import { IconDownload, IconRefresh, IconTrash, IconUpload } from '@tabler/icons-react'
import { useIsFetching, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { restoreTrash } from '@/api/queries/organization'
import { useIsAtLeast } from '@/api/queries/session'
import { refreshProject, tasksKey, useDeleteTasks } from '@/api/queries/tasks'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { countSelected, type Selection } from '@/ui/selection'
import { say, sayFailed, sayWithAction } from '@/ui/toast'
import { UndoMessage } from '@/ui/UndoMessage'
import classes from './DataPage.module.css'

interface Props {
  projectId: number
  total: number
  selection: Selection
  isNarrow: boolean
  onCleared: () => void
}

/** What can be done with the tasks, and with those chosen. */
export const TaskToolbar = ({ projectId, total, selection, isNarrow, onCleared }: Props) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const manages = useIsAtLeast('manager')
  const isFetching = useIsFetching({ queryKey: tasksKey(projectId) }) > 0
  const deleteTasks = useDeleteTasks(projectId)
  const [isAsking, setAsking] = useState(false)
  const count = countSelected(selection, total)

  const undo = async (entry: number) => {
    try {
      await restoreTrash(entry)
      say(t('data.restored'))
    } catch (error) {
      sayFailed(messageOf(error), t('data.restoreFailed'))
    }
    await refreshProject(client, projectId)
  }
  const confirmDelete = async () => {
    try {
      const { count: deleted, entry } = await deleteTasks.mutateAsync(selection)
      onCleared()
      const text = t('data.deleted', { count: deleted })
      if (entry === null) say(text)
      else {
        const hide = sayWithAction(
          `undo-${entry}`,
          <UndoMessage
            text={text}
            onUndo={() => {
              hide()
              void undo(entry)
            }}
          />,
        )
      }
    } catch (error) {
      sayFailed(messageOf(error), t('data.deleteFailed'))
    }
  }

  return (
    <Box className={classes.toolbar} role="toolbar" aria-label={t('data.toolbar')}>
      <Text size="sm" className="tabular" aria-live="polite">
        {count > 0
          ? t('data.selected', { count, shown: count.toLocaleString() })
          : t('data.total', { count: total, shown: total.toLocaleString() })}
      </Text>
      {count > 0 && manages && (
        <Button
          variant="light"
          color="rubric"
          size="compact-sm"
          leftSection={<IconTrash size={15} />}
          onClick={() => setAsking(true)}
        >
          {t('data.delete')}
        </Button>
      )}
      <Box flex={1} />
      <Tooltip label={t('data.refresh')}>
        <ActionIcon
          aria-label={t('data.refresh')}
          loading={isFetching}
          onClick={() => void refreshProject(client, projectId)}
        >
          <IconRefresh size={17} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      {manages && !isNarrow && (
        <>
          <Button
            variant="default"
            component={Link}
            to={`/projects/${projectId}/import/`}
            leftSection={<IconUpload size={15} />}
          >
            {t('project.import')}
          </Button>
          <Button
            variant="default"
            component={Link}
            to={`/projects/${projectId}/export/`}
            leftSection={<IconDownload size={15} />}
          >
            {t('project.export')}
          </Button>
        </>
      )}
      <ConfirmDialog
        opened={isAsking}
        title={t('data.deleteTitle', { count })}
        confirmLabel={t('data.delete')}
        onConfirm={confirmDelete}
        onClose={() => setAsking(false)}
      >
        {t('data.deleteHint')}
      </ConfirmDialog>
    </Box>
  )
}
