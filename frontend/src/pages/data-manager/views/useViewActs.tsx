import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useChangeViews, type ViewData } from '@/api/queries/views'
import type { View } from '@/api/types'
import { say, sayFailed, sayWithAction } from '@/ui/toast'
import { UndoMessage } from '@/ui/UndoMessage'
import type { TableControl } from '../useTableState'

export interface ViewActs {
  create: (title: string, isPrivate: boolean) => Promise<void>
  rename: (view: View, title: string) => Promise<void>
  duplicate: (view: View, title: string) => Promise<void>
  setPrivate: (view: View, isPrivate: boolean) => Promise<void>
  save: (view: View) => Promise<void>
  drop: (view: View, title: string) => Promise<void>
  order: (ids: readonly number[]) => void
}

/** What can be done with views, each with its word when it fails. */
export const useViewActs = (table: TableControl): ViewActs => {
  const { t } = useTranslation()
  const change = useChangeViews(table.projectId)
  const attempt = async (run: () => Promise<unknown>): Promise<void> => {
    try {
      await run()
    } catch (error) {
      sayFailed(messageOf(error), t('data.view.failed'))
    }
  }
  const add = async (data: ViewData, isPrivate: boolean) => {
    const view = await change.create.mutateAsync({ data, is_private: isPrivate })
    table.openView(view.id)
  }
  return {
    create: (title, isPrivate) => attempt(() => add({ ...table.data(table.view?.data), title }, isPrivate)),
    duplicate: (view, title) => attempt(() => add({ ...view.data, title }, view.is_private ?? false)),
    rename: (view, title) => attempt(() => change.update.mutateAsync({ id: view.id, data: { ...view.data, title } })),
    setPrivate: (view, isPrivate) => attempt(() => change.update.mutateAsync({ id: view.id, is_private: isPrivate })),
    save: (view) =>
      attempt(async () => {
        await change.save.mutateAsync({ view, data: table.data(view.data) })
        table.openView(view.id)
        say(t('data.view.saved'))
      }),
    drop: (view, title) =>
      attempt(async () => {
        await change.drop.mutateAsync(view.id)
        table.openView(undefined)
        const hide = sayWithAction(
          `view-${view.id}`,
          <UndoMessage
            text={t('data.view.deleted', { title })}
            onUndo={() => {
              hide()
              void attempt(() => change.restore.mutateAsync(view.id))
            }}
          />,
        )
      }),
    order: (ids) => void attempt(() => change.order.mutateAsync(ids)),
  }
}
