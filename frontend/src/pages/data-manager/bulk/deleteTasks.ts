import type { TFunction } from 'i18next'
import type { BulkAction } from '@/api/queries/actions'

/** Returns the action that deletes tasks, for the menu of one task. */
export const deleteTasks = (t: TFunction): BulkAction => ({
  id: 'delete_tasks',
  title: t('data.row.delete'),
  order: 0,
  permission: 'tasks.delete',
  dialog: { title: t('data.row.delete'), text: t('data.deleteHint'), type: 'confirm' },
  counts: 'tasks',
  is_destructive: true,
  is_undoable: true,
})
