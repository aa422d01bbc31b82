import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useArchiveProject, useDeleteProject, useRestoreProject } from '@/api/queries/projects'
import type { Project } from '@/api/types'
import { sayFailed, sayWithAction } from '@/ui/toast'
import { UndoMessage } from '@/ui/UndoMessage'

export const isArchived = (project: Pick<Project, 'state'>): boolean => project.state === 'archived'

/** Putting a project aside and throwing it away; both can be taken back from the message that follows. */
export const useProjectActs = () => {
  const { t } = useTranslation()
  const shelve = useArchiveProject()
  const drop = useDeleteProject()
  const restore = useRestoreProject()
  const failed = (error: unknown) => sayFailed(messageOf(error))
  const offerUndo = (id: string, text: string, undo: () => Promise<unknown>) => {
    const hide = sayWithAction(
      id,
      <UndoMessage
        text={text}
        onUndo={() => {
          hide()
          void undo().catch(failed)
        }}
      />,
    )
  }
  const archive = async ({ id, title }: Project, wanted: boolean): Promise<void> => {
    try {
      await shelve.mutateAsync({ id, isArchived: wanted })
    } catch (error) {
      failed(error)
      return
    }
    offerUndo(`archive-project-${id}`, t(wanted ? 'projects.archived' : 'projects.unarchived', { title }), () =>
      shelve.mutateAsync({ id, isArchived: !wanted }),
    )
  }
  /** Tells whether the project is gone. */
  const remove = async ({ id, title }: Project): Promise<boolean> => {
    try {
      await drop.mutateAsync(id)
    } catch (error) {
      failed(error)
      return false
    }
    offerUndo(`restore-project-${id}`, t('settings.danger.projectDeleted', { title }), () => restore.mutateAsync(id))
    return true
  }
  return { archive, remove }
}
