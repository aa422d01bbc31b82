import { ActionIcon, Box, Group, Menu, Tooltip, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconLock, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsAtLeast } from '@/api/queries/session'
import type { View } from '@/api/types'
import { movedTo } from '../toolbar/moved'
import type { TableControl } from '../useTableState'
import { NameDialog } from './NameDialog'
import { SaveView } from './SaveView'
import { useViewActs } from './useViewActs'
import { ViewMenu } from './ViewMenu'
import classes from './views.module.css'

/** Returns what a view is called. */
export const titleOf = (view: View, fallback: string): string => String(view.data.title ?? '').trim() || fallback

/** The views of a project as tabs: all tasks first, then the stored ones; they move by dragging. */
export const ViewTabs = memo(({ table }: { table: TableControl }) => {
  const { t } = useTranslation()
  const acts = useViewActs(table)
  const manages = useIsAtLeast('reviewer')
  const [dragged, setDragged] = useState<number | null>(null)
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  const params = { projectId: String(table.projectId) }
  const ids = table.views.map((view) => view.id)
  return (
    <Group className={classes.bar} gap={0} wrap="nowrap">
      <Box component="nav" aria-label={t('data.view.views')} className={classes.tabs}>
        <Link
          to="/projects/$projectId/data/"
          params={params}
          search={{}}
          className={classes.tab}
          data-current={table.view === undefined || undefined}
          aria-current={table.view === undefined ? 'page' : undefined}
        >
          {t('data.view.all')}
        </Link>
        {table.views.map((view) => {
          const isCurrent = view.id === table.view?.id
          const title = titleOf(view, t('data.view.untitled', { id: view.id }))
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the menu moves tabs by keyboard
            <span
              key={view.id}
              className={classes.tab}
              data-current={isCurrent || undefined}
              data-over={(dragged !== null && dragged !== view.id) || undefined}
              draggable={manages}
              onDragStart={() => setDragged(view.id)}
              onDragEnd={() => setDragged(null)}
              onDragOver={(event) => dragged !== null && event.preventDefault()}
              onDrop={() => {
                if (dragged !== null && dragged !== view.id) acts.order(movedTo(ids, dragged, view.id))
                setDragged(null)
              }}
            >
              <Link
                to="/projects/$projectId/data/"
                params={params}
                search={{ view: view.id }}
                className={classes.link}
                draggable={false}
                aria-current={isCurrent ? 'page' : undefined}
              >
                {view.is_private && <IconLock size={13} aria-label={t('data.view.private')} role="img" />}
                <span className="ellipsis">{title}</span>
              </Link>
              {manages && isCurrent && (
                <Menu position="bottom-start" shadow="md" withinPortal keepMounted={false}>
                  <Menu.Target>
                    <UnstyledButton className={classes.more} aria-label={t('data.view.menu', { title })}>
                      <IconChevronDown size={14} />
                    </UnstyledButton>
                  </Menu.Target>
                  <ViewMenu view={view} title={title} ids={ids} acts={acts} onRename={() => setNaming('rename')} />
                </Menu>
              )}
            </span>
          )
        })}
        {manages && (
          <Tooltip label={t('data.view.new')}>
            <ActionIcon aria-label={t('data.view.new')} onClick={() => setNaming('new')} my="auto" mx={4}>
              <IconPlus size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Box>
      <SaveView table={table} acts={acts} maySave={manages} />
      {naming !== null && (
        <NameDialog
          opened
          title={t(naming === 'new' ? 'data.view.new' : 'data.view.rename')}
          initial={naming === 'rename' && table.view ? titleOf(table.view, '') : ''}
          offersPrivacy={naming === 'new'}
          onSave={(title, isPrivate) =>
            naming === 'rename' && table.view ? acts.rename(table.view, title) : acts.create(title, isPrivate)
          }
          onClose={() => setNaming(null)}
        />
      )}
    </Group>
  )
})
